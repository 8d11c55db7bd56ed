import { beforeAll, describe, expect, test } from "vitest";
import type { OpenIndex } from "../../src/index/open-index.ts";
import { FEATURES } from "../../src/retrieval/features.ts";
import type { Network } from "../../src/retrieval/network.ts";
import { rank, scorer, type Variant } from "../../src/retrieval/rank.ts";
import { textDocument } from "../fakes/corpus.ts";
import { smallIndex } from "../index/room.ts";

let index: OpenIndex;
beforeAll(async () => {
  index = await smallIndex();
});

/** A ranker that weighs one feature only. */
const only = (name: (typeof FEATURES)[number]): Network => ({
  inputs: [...FEATURES],
  mean: FEATURES.map(() => 0),
  scale: FEATURES.map(() => 1),
  hidden: [],
  hiddenBias: [],
  output: FEATURES.map((feature) => (feature === name ? 1 : 0)),
  bias: 0,
});

const ranked = async (text: string, variant?: Variant, ranker: Network | null = null) =>
  (await rank(text, index, ranker, {}, [], variant)).candidates;
const QUESTION = "how many care leavers were NEET in March 2014?";

describe("a variant", () => {
  test("lexical goes by BM25F alone, and knows nothing of passages without a word of the question", async () => {
    const candidates = await ranked(QUESTION, "lexical", only("dense"));
    const bm25 = candidates.map(({ features }) => features[FEATURES.indexOf("bm25")]!);
    expect(bm25).toEqual(bm25.toSorted((a, b) => b - a));
    expect(bm25.at(-1)).toBeGreaterThan(0);
    expect(await ranked("qwertyuiop zxcvbnm", "lexical")).toEqual([]);
  });

  test("dense goes by the encoder's cosine alone", async () => {
    const candidates = await ranked(QUESTION, "dense", only("bm25"));
    const dense = candidates.map(({ features }) => features[FEATURES.indexOf("dense")]!);
    expect(dense).toEqual(dense.toSorted((a, b) => b - a));
    expect(candidates.length).toBeGreaterThan(1);
  });

  test("hybrid is untrained: a ranker changes nothing, and without one it is what ranks", async () => {
    const hybrid = await ranked(QUESTION, "hybrid", only("length"));
    expect(hybrid.map(({ place }) => place)).toEqual((await ranked(QUESTION)).map(({ place }) => place));
    const trained = await ranked(QUESTION, "ranker", only("length"));
    expect(trained.map(({ place }) => place)).not.toEqual(hybrid.map(({ place }) => place));
  });

  test("ranks what leans on the conversation too, whatever its own scores", async () => {
    const { candidates } = await rank("qwertyuiop", index, null, {}, [2], "lexical");
    expect(candidates.map(({ place, score }) => [place, score])).toEqual([[2, 0]]);
  });
});

test("a score follows from the features, and what is added to it", async () => {
  for (const variant of ["lexical", "dense", "hybrid", "ranker"] as const) {
    const ranker = only("lateContext");
    for (const { features, bonus, score } of await ranked(QUESTION, variant, ranker))
      expect(scorer({ variant, ranker })(features) + bonus).toBe(score);
  }
});

test("who asks how many is given shares only where nothing counts", async () => {
  const two = await smallIndex([
    textDocument(
      "report",
      "67% of children live with foster carers.\n\n333 children live with foster carers.",
    ),
  ]);
  const bonuses = async (text: string) =>
    (await rank(text, two, null)).candidates.toSorted((a, b) => a.place - b.place).map(({ bonus }) => bonus);
  expect(await bonuses("how many children live with foster carers?")).toEqual([-1.5, 0]);
  expect(await bonuses("what share of children live with foster carers?")).toEqual([0, 0]);
});

test("where an abbreviation is spelled out is a candidate, however many passages use it", async () => {
  const uses = Array.from({ length: 300 }, (_, i) => `The EDT was called ${i} times, and the EDT came.`);
  const many = await smallIndex([
    textDocument("uses", uses.join("\n\n")),
    textDocument(
      "explains",
      "It began long ago, in another place. The Emergency Duty Team (EDT) works at night, with few staff.",
    ),
  ]);
  const first = async (text: string) => {
    const { candidates } = await rank(text, many, only("explains"));
    return many.passages[candidates[0]!.place]!.document;
  };
  expect(await first("what does EDT stand for?")).toBe("explains");
  expect(await first("what’s the EDT?")).toBe("explains");
  expect(await first("is the EDT called?")).toBe("uses");
});

test("the name of the authority that a document is about weighs nothing in it", async () => {
  const report = textDocument(
    "report",
    "Leeds looks after its staff.\n\nNeglect is recognised early by nurses and teachers alike.",
  );
  const own = await smallIndex([{ ...report, info: { ...report.info, authority: "Leeds" } }]);
  const wordsOf = async (text: string) =>
    (await rank(text, own, null)).context.matching.words.map(({ stem }) => stem);
  expect(await wordsOf("is neglect recognised in Leeds?")).toEqual(["neglect", "recognis"]);
  expect(await wordsOf("is neglect recognised in Hull?")).toContain("hull");
  expect(await wordsOf("Leeds?")).toEqual(["leed"]);
});

test("what only says what grades mean comes last, unless that is asked", async () => {
  const graded = await smallIndex([
    textDocument(
      "report",
      "What the inspection judgements mean\n\n1. An inadequate board is one that does not do its duty.\n\nFindings\n\n2. The board does its work well.",
    ),
  ]);
  const definition = graded.passages.findIndex(({ text }) => text.includes("inadequate board"));
  const marked = {
    ...graded,
    passages: graded.passages.map((passage, place) =>
      place === definition ? { ...passage, section: ["What the inspection judgements mean"] } : passage,
    ),
  };
  const bonusOf = async (text: string) =>
    (await rank(text, marked, only("year"))).candidates.find(({ place }) => place === definition)!.bonus;
  expect(await bonusOf("is the board inadequate?")).toBeLessThan(0);
  expect(await bonusOf("what does an inadequate board mean?")).toBe(0);
});
