import { env, pipeline } from "@xenova/transformers";
import { describe, expect, it } from "vitest";
import { gatherModel, type Storage } from "../../src/encoder/onnx.ts";
import { UserError } from "../../src/errors.ts";
import { makeTinyModel, TINY_DIMENSIONS, TINY_PIECES, tinyVectors } from "../fakes/tiny-model.ts";

env.allowRemoteModels = false;

/** Token vectors of two texts, as the model delivers them. */
async function tokenVectors(storage: Storage): Promise<{ dims: number[]; data: Float32Array }> {
  const { folder, remove } = await makeTinyModel({ storage });
  const extract = await pipeline("feature-extraction", folder, { dtype: "fp32" });
  const { dims, data } = await extract(["the council board", "care"], { pooling: "none" });
  await remove();
  return { dims, data: data as Float32Array };
}

const row = (piece: string) =>
  tinyVectors()
    .subarray(TINY_PIECES.get(piece)! * TINY_DIMENSIONS)
    .slice(0, TINY_DIMENSIONS);

describe("gatherModel", () => {
  it("delivers each token's row, exactly, when stored as float32", async () => {
    const { dims, data } = await tokenVectors("float32");
    expect(dims).toEqual([2, 3, TINY_DIMENSIONS]);
    const expected = ["the", "council", "board", "care", "[PAD]", "[PAD]"].flatMap((piece) => [
      ...row(piece),
    ]);
    expect([...data]).toEqual(expected);
  });

  it("delivers it nearly when stored as float16 or int8", async () => {
    for (const [storage, error] of [
      ["float16", 2 ** -11],
      ["int8", 1 / 250],
    ] as const) {
      const { data } = await tokenVectors(storage);
      for (const [i, value] of row("council").entries()) {
        expect(Math.abs(data[TINY_DIMENSIONS + i]! - value)).toBeLessThan(error);
      }
    }
  });

  it("takes a quarter of the space as int8 and half as float16", () => {
    const table = { vectors: new Float32Array(1000 * 256), rows: 1000, dimensions: 256 };
    const size = (storage: Storage) => gatherModel({ ...table, storage }).length;
    expect(size("float32")).toBeLessThan(1000 * 256 * 4 + 1000);
    expect(size("float16")).toBeLessThan(1000 * 256 * 2 + 1000);
    expect(size("int8")).toBeLessThan(1000 * 256 + 1000 * 4 + 1000);
  });

  it("refuses tables whose sizes disagree and numbers that are none", () => {
    expect(() => gatherModel({ vectors: new Float32Array(5), rows: 2, dimensions: 2 })).toThrow(UserError);
    const vectors = Float32Array.of(1, 2, Number.NaN, 4);
    expect(() => gatherModel({ vectors, rows: 2, dimensions: 2 })).toThrow("row 1 holds NaN");
  });
});
