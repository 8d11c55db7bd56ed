import { describe, expect, it } from "vitest";
import { describe as describeProgress, showProgress } from "../../src/encoder/progress.ts";

/** Shows a download of `total` bytes in `steps` pieces and returns what was written. */
function shown(stream: { isTTY?: boolean; columns?: number }, total: number | null, steps = 100): string[] {
  const written: string[] = [];
  let time = 0;
  const show = showProgress(
    "me/tiny",
    { ...stream, write: (text) => written.push(text) },
    () => (time += 10),
  );
  for (let i = 1; i <= steps; i++) show({ file: "model.onnx", received: i * 1e6, total });
  return written;
}

describe("showProgress", () => {
  it("writes a plain line every tenth of the way where there is no terminal", () => {
    const lines = shown({}, 100e6);
    expect(lines.length).toBe(11);
    expect(lines[0]).toBe("me/tiny  model.onnx  1 %  1.0 of 100.0 MB\n");
    expect(lines.at(-1)).toBe("me/tiny  model.onnx  100 %  100.0 of 100.0 MB\n");
  });

  it("writes a plain line every ten megabytes when the size isn't known", () => {
    expect(shown({}, null).length).toBe(11);
    expect(shown({}, null).at(-1)).toBe("me/tiny  model.onnx  100.0 MB\n");
  });

  it("rewrites one line on a terminal, not too often, and ends it", () => {
    const lines = shown({ isTTY: true }, 100e6);
    expect(lines.length).toBeLessThan(20);
    expect(lines.every((line) => line.startsWith("\r\u001b[K"))).toBe(true);
    expect(lines.filter((line) => line.endsWith("\n"))).toEqual([
      "\r\u001b[Kme/tiny  model.onnx  100 %  100.0 of 100.0 MB\n",
    ]);
  });

  it("doesn't let the line wrap", () => {
    for (const line of shown({ isTTY: true, columns: 20 }, 100e6))
      expect(line.trim().length).toBeLessThan(24);
  });

  it("starts anew with each file", () => {
    const written: string[] = [];
    const show = showProgress("me/tiny", { write: (text) => written.push(text) });
    for (const file of ["a.json", "b.json"]) show({ file, received: 500, total: 500 });
    expect(written.map((line) => line.split("  ")[1])).toEqual(["a.json", "b.json"]);
  });
});

describe("describe", () => {
  it("chooses the unit by the whole", () => {
    expect(describeProgress({ file: "f", received: 500, total: 1000 })).toBe("f  50 %  0.5 of 1.0 kB");
    expect(describeProgress({ file: "f", received: 0, total: 0 })).toBe("f  100 %  0.0 of 0.0 kB");
  });
});
