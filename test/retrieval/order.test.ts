import { expect, test } from "vitest";
import { namedPlaceFirst } from "../../src/retrieval/order.ts";
import { rank } from "../../src/retrieval/rank.ts";
import { textDocument } from "../fakes/corpus.ts";
import { smallIndex } from "../index/room.ts";

test("a passage that names the place asked about comes first where no document is about it", async () => {
  const many = await smallIndex([
    textDocument(
      "news",
      "The board was dropped after the report came out in the spring.\n\nThe councils parted: Slough went its own way.",
    ),
  ]);
  const ranking = await rank("why was Slough dropped after the report?", many, null);
  const { candidates } = namedPlaceFirst(ranking);
  expect(many.passages[candidates[0]!.place]!.text).toMatch(/Slough/);
  expect(candidates.map(({ score }) => score)).toEqual(ranking.candidates.map(({ score }) => score));
  const elsewhere = await rank("why was Leeds dropped after the report?", many, null);
  expect(namedPlaceFirst(elsewhere)).toBe(elsewhere);
});
