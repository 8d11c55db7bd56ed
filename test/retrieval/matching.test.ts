import { expect, test } from "vitest";
import { buildIndex } from "../../src/index/build.ts";
import { matchWords } from "../../src/retrieval/matching.ts";
import { parseLexicon } from "../../src/text/lexicon.ts";
import { terms } from "../../src/text/terms.ts";
import { textDocument } from "../fakes/corpus.ts";
import { ENCODER } from "../index/room.ts";

const PARAGRAPHS = [
  "The number of children who are looked after has grown to five hundred in all.",
  "Children were given a book which they may look at whenever they like to.",
  "The bins of the town are emptied on every second Monday of the month.",
];

/** How near the question comes to each paragraph. */
async function scores(question: string, lines: string): Promise<number[]> {
  const { lexicon } = parseLexicon(lines);
  const index = await buildIndex([textDocument("report", PARAGRAPHS.join("\n\n"))], ENCODER, { lexicon });
  const matching = await matchWords(terms(question), index, index.passages.keys());
  return index.lexical.passages.map(({ text }) => matching.score(text));
}

test("what the lexicon says in other words is a match where all of them stand", async () => {
  const [plain] = await scores("in care", "");
  const [known, , other] = await scores("in care", "in care, looked after child");
  expect(plain).toBeLessThan(0.5);
  expect(known).toBeCloseTo(0.7, 5);
  expect(other).toBeLessThan(0.5);
});

test("a part of the other words is no match", async () => {
  const [looked, given] = await scores("in care", "in care, looked after pupil");
  expect(looked).toBeLessThan(0.5);
  expect(given).toBeLessThan(0.5);
});

test("a word that stands there itself is nearer than what says the same", async () => {
  const [first] = await scores("number", "number, figure");
  expect(first).toBeCloseTo(1, 5);
});
