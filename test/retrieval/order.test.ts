import { expect, test } from "vitest";
import { blend, inOrder, namedPlaceFirst } from "../../src/retrieval/order.ts";
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

test("two rankings are blended: each score is both questions', in shares", async () => {
  const index = await smallIndex();
  const [one, other] = [
    await rank("who chairs the board?", index, null),
    await rank("care leavers", index, null),
  ];
  const scoreIn = (ranking: typeof one, place: number) =>
    ranking.candidates.find((candidate) => candidate.place === place)?.score ??
    ranking.candidates.at(-1)!.score;
  const blended = blend(one, other, 0.5);
  expect(blended.candidates).toHaveLength(one.candidates.length);
  for (const { place, score } of blended.candidates)
    expect(score).toBeCloseTo((scoreIn(one, place) + scoreIn(other, place)) / 2, 9);
  const scores = blended.candidates.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(blend(one, other, 0).candidates).toEqual(one.candidates);
});

test("a follow-up stays with the authority of which was spoken, unless it names another", async () => {
  const about = (authority: string) => {
    const report = textDocument(
      authority,
      `Foster carers of this place are well trained, as ${authority} says.`,
    );
    return { ...report, info: { ...report.info, authority } };
  };
  const two = await smallIndex([about("Leeds"), about("Hull")]);
  const first = async (text: string, spoken: string) => {
    const leaning = { before: [`${spoken}#0`], leans: false, again: false };
    const { candidates } = inOrder(await rank(text, two, null), leaning);
    return two.passages[candidates[0]!.place]!.document;
  };
  expect(await first("are foster carers trained?", "Leeds")).toBe("Leeds");
  expect(await first("are foster carers trained?", "Hull")).toBe("Hull");
  expect(await first("are foster carers in Leeds trained?", "Hull")).toBe("Leeds");
});
