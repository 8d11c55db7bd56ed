import { beforeAll, describe, expect, test } from "vitest";
import { buildIndex } from "../../src/index/build.ts";
import { passageInput } from "../../src/index/plan.ts";
import type { OpenIndex } from "../../src/index/open-index.ts";
import { rank, type Candidate } from "../../src/retrieval/rank.ts";
import { reorder, rerank } from "../../src/retrieval/rerank.ts";
import type { Reranker } from "../../src/types.ts";
import { CORPUS, textDocument } from "../fakes/corpus.ts";
import { fakeEncoder } from "../fakes/encoder.ts";

const candidates = (...scores: number[]): Candidate[] =>
  scores.map((score, place) => ({ place, score, bonus: 0, features: Float32Array.of(place) }));
const brief = (list: readonly Candidate[]) =>
  list.map(({ place, score, crossScore }) => [place, score, crossScore]);

describe("reordered candidates", () => {
  test("stand by the cross-encoder's scores, and the ranker's scores stay in their places", () => {
    expect(brief(reorder(candidates(5, 4, 1), [0.1, 7, -2]))).toEqual([
      [1, 5, 7],
      [0, 4, 0.1],
      [2, 1, -2],
    ]);
  });

  test("keep their own features", () => {
    const list = reorder(candidates(5, 4), [0, 1]);
    expect(list.map(({ features }) => [...features])).toEqual([[1], [0]]);
  });

  test("that the cross-encoder holds for equal keep their order", () => {
    expect(reorder(candidates(4, 3, 2, 1), [1, 2, 1, 2]).map(({ place }) => place)).toEqual([1, 3, 0, 2]);
  });

  test("beyond those that it has read stay where they are, without its score", () => {
    expect(brief(reorder(candidates(4, 3, 2, 1), [1, 2]))).toEqual([
      [1, 4, 2],
      [0, 3, 1],
      [2, 2, undefined],
      [3, 1, undefined],
    ]);
  });

  test("are none where there are none", () => {
    expect(reorder([], [])).toEqual([]);
  });
});

describe("a reranked ranking", () => {
  let index: OpenIndex;
  let asked: { question: string; passages: readonly string[] }[];
  /** Prefers the passages that the ranker puts last. */
  const contrary: Reranker = {
    id: "contrary@1",
    score: (question, passages) => {
      asked.push({ question, passages });
      return Promise.resolve(Float32Array.from(passages.keys()));
    },
  };
  beforeAll(async () => {
    const many = textDocument(
      "many",
      Array.from({ length: 40 }, (_, i) => `${i + 1}. Care of kind ${i}.`).join("\n\n"),
    );
    index = await buildIndex([...CORPUS, many], fakeEncoder());
  });

  test("has its first 20 passages read, with the question, as an index gives them to its encoder", async () => {
    asked = [];
    const plain = await rank("adoption performance", index, null);
    const reranked = await rerank("adoption performance", plain, contrary);
    expect(plain.candidates.length).toBeGreaterThan(20);
    const inputs = plain.candidates.slice(0, 20).map(({ place }) => passageInput(index.passages[place]!));
    expect(asked).toEqual([{ question: "adoption performance", passages: inputs }]);
    expect(inputs).toContain("The judgements are: 1. Adoption performance\tGood");
    const places = plain.candidates.map(({ place }) => place);
    expect(reranked.candidates.map(({ place }) => place)).toEqual([
      ...places.slice(0, 20).toReversed(),
      ...places.slice(20),
    ]);
    expect(reranked.candidates.map(({ score }) => score)).toEqual(plain.candidates.map(({ score }) => score));
    expect(reranked.context).toBe(plain.context);
  });

  test("is the ranking itself without a reranker", async () => {
    const plain = await rank("adoption performance", index, null);
    expect(await rerank("adoption performance", plain, null)).toBe(plain);
  });

  test("of no passages has none", async () => {
    const none = await rank("care", index, null, { until: "1990" });
    expect((await rerank("care", none, contrary)).candidates).toEqual([]);
  });
});
