import { expect, test } from "vitest";
import { isProved } from "../../src/answer/verify.ts";
import { textDocument } from "../fakes/corpus.ts";

const document = textDocument("a", "One two. <u>Three</u> four.\n\nfive");

test("words that stand in the source are proved", () => {
  expect(isProved(document, "One two.", [{ start: 0, end: 8, join: "" }])).toBe(true);
});

test("pieces around markup are proved as they are shown", () => {
  const pieces = [
    { start: 12, end: 17, join: "" },
    { start: 21, end: 27, join: "" },
  ] as const;
  expect(isProved(document, "Three four.", pieces)).toBe(true);
});

test.each([
  ["another word", "One too.", [{ start: 0, end: 8, join: "" as const }]],
  ["another place", "One two.", [{ start: 1, end: 9, join: "" as const }]],
  ["no pieces", "", []],
  [
    "pieces out of order",
    "two.One",
    [
      { start: 4, end: 8, join: "" as const },
      { start: 0, end: 3, join: "" as const },
    ],
  ],
  ["a span beyond the end", "x", [{ start: 0, end: 999, join: "" as const }]],
])("%s is not proved", (_, text, pieces) => {
  expect(isProved(document, text, pieces)).toBe(false);
});
