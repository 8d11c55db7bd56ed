import { expect, test } from "vitest";
import { showWork } from "../../src/cli/progress.ts";

/** What is shown of work in steps of `ms`; each step is `[done, total, stage]`. */
function shown(isTTY: boolean, ms: number, steps: readonly (readonly [number, number, string?])[]): string {
  let out = "";
  let now = 0;
  const stream = { isTTY, columns: 60, write: (text: string) => ((out += text), true) };
  const show = showWork("Indexing", stream, () => now);
  for (const step of steps) {
    show(...step);
    now += ms;
  }
  return out;
}

const TENTHS = Array.from({ length: 11 }, (_, i) => [i * 10, 100] as const);

test("in a log, long work has a line every quarter", () => {
  expect(shown(false, 1000, TENTHS)).toMatchInlineSnapshot(`
    "Indexing  ██████░░░░░░░░░░░░░░  30 of 100  10 a second, 7 s left
    Indexing  ██████████░░░░░░░░░░  50 of 100  10 a second, 5 s left
    Indexing  ████████████████░░░░  80 of 100  10 a second, 2 s left
    Indexing  ████████████████████  100 of 100  10 a second
    "
  `);
});

test("in a log, short work has no lines", () => {
  expect(shown(false, 50, TENTHS)).toBe("");
});

test("on a terminal it is one line that is redrawn, no wider than the terminal", () => {
  const redrawn = shown(true, 50, TENTHS);
  expect(redrawn.startsWith("\r\u001b[K")).toBe(true);
  expect(redrawn.match(/\n/g)).toHaveLength(1);
  for (const line of redrawn.split("\r\u001b[K")) expect(line.trimEnd().length).toBeLessThan(60);
});

test("each stage is counted from its own begin, on a line of its own", () => {
  const stages = [
    [1, 2, "Reading"],
    [2, 2, "Reading"],
    [1, 4, "Encoding"],
    [3, 4, "Encoding"],
    [5, 5, "Linking"],
  ] as const;
  expect(shown(true, 30_000, stages).replaceAll("\r\u001b[K", "")).toMatchInlineSnapshot(`
    "Reading  ██████████░░░░░░░░░░  1 of 2Reading  ████████████████████  2 of 2  0.1 a second
    Encoding  █████░░░░░░░░░░░░░░░  1 of 4Encoding  ███████████████░░░░░  3 of 4  0.1 a second, 10 s 
    Linking  ████████████████████  5 of 5
    "
  `);
});

test("nothing to do is done", () => {
  expect(shown(true, 50, [[0, 0]])).toBe("\r\u001b[KIndexing  ████████████████████  0 of 0\n");
});
