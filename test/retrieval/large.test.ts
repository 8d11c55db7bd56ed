// Indexes of so many passages that a question is compared word by word with the likeliest only.

import { beforeAll, expect, test } from "vitest";
import { buildIndex } from "../../src/index/build.ts";
import type { OpenIndex } from "../../src/index/open-index.ts";
import { FEATURES } from "../../src/retrieval/features.ts";
import { rank } from "../../src/retrieval/rank.ts";
import { textDocument } from "../fakes/corpus.ts";
import { fakeEncoder } from "../fakes/encoder.ts";

const QUESTION = "How many foster carers were approved?";
/** Says the same as the question, thousands of times. */
const CROWD = Array.from(
  { length: 3200 },
  (_, i) => `${i + 1}. In all, ${i} foster carers were approved.\n`,
).join("\n");
const SMALL =
  "A note\n\n1. The hall is closed.\n\n2. Carers of another kind are few: nine.\n\n3. It rains.\n";

let index: OpenIndex;
beforeAll(async () => {
  const documents = [textDocument("crowd", CROWD), textDocument("small", SMALL)];
  index = await buildIndex(documents, fakeEncoder("fake@1", { wordVectors: true }));
  expect(index.passages.length).toBeGreaterThan(3000);
});

const late = FEATURES.indexOf("late");

test("a question to one document is compared with all of its passages, however many others fit better", async () => {
  const { candidates } = await rank(QUESTION, index, null, { document: "small" });
  expect(candidates.map(({ place }) => index.passages[place]!.id).toSorted()).toEqual([
    "small#0",
    "small#1",
    "small#2",
  ]);
  expect(index.passages[candidates[0]!.place]!.text).toBe("Carers of another kind are few: nine.");
  for (const { features } of candidates) expect(features[late]).toBeGreaterThan(-1);
});

test("passages that a follow-up leans on are compared, too", async () => {
  const place = index.places.get("small#2")!;
  const { candidates } = await rank(QUESTION, index, null, {}, [place]);
  expect(candidates.find((candidate) => candidate.place === place)!.features[late]).toBeGreaterThan(-1);
  expect(candidates.length).toBeLessThan(300);
});
