import { describe, expect, it } from "vitest";
import { fakeEncoder } from "./encoder.ts";

describe("fakeEncoder", () => {
  it("finds texts that share words more similar than others", async () => {
    const vectors = await fakeEncoder().encode(
      ["foster care in the council", "the council's fostering", "grades of a teacher"],
      "query",
    );
    const [one, two, three] = vectors as [Float32Array, Float32Array, Float32Array];
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    expect(dot(one, one)).toBeCloseTo(1, 5);
    expect(dot(one, two)).toBeGreaterThan(0.4);
    expect(dot(one, two)).toBeGreaterThan(dot(one, three) + 0.2);
  });
});
