import { expect, test } from "vitest";
import { dcg, ndcg, recall, reciprocalRank, success } from "../../src/evaluation/metrics/ranking.ts";

test("DCG and nDCG are those of the worked example with grades 3 2 3 0 1 2", () => {
  // en.wikipedia.org/wiki/Discounted_cumulative_gain: six ranked documents, two more relevant ones exist.
  const gains = [3, 2, 3, 0, 1, 2];
  expect(dcg(gains, 6)).toBeCloseTo(6.861, 3);
  expect(dcg([3, 3, 3, 2, 2, 2], 6)).toBeCloseTo(8.74, 2);
  expect(ndcg(gains, [...gains, 3, 2], 6)).toBeCloseTo(0.785, 3);
});

test("nDCG is what trec_eval gives in pytrec_eval's published example", () => {
  // README of pytrec_eval: q1 ranks d3, d1, d2 with d2 relevant; q2 ranks d1, d3, d2 with d2 and d3 relevant.
  expect(ndcg([0, 0, 1], [1], 10)).toBeCloseTo(0.5, 12);
  expect(ndcg([0, 1, 1], [1, 1], 10)).toBeCloseTo(0.6934264036172708, 12);
});

test("MRR is 11/18 in the worked example with first hits at ranks 3, 2 and 1", () => {
  // en.wikipedia.org/wiki/Mean_reciprocal_rank
  const ranks = [
    [0, 0, 1],
    [0, 1, 0],
    [1, 0, 0],
  ].map((gains) => reciprocalRank(gains, 10));
  expect(ranks.reduce((a, b) => a + b) / 3).toBeCloseTo(11 / 18, 12);
});

test("a hit below rank k counts for nothing", () => {
  const gains = [0, 0, 0, 0, 0, 1];
  expect(reciprocalRank(gains, 5)).toBe(0);
  expect(recall(gains, 1, 5)).toBe(0);
  expect(ndcg(gains, [1], 5)).toBe(0);
  expect(reciprocalRank(gains, 10)).toBeCloseTo(1 / 6, 12);
});

test("recall counts against everything relevant, found or not", () => {
  const gains = [1, 0, 1, 0, 0];
  expect([1, 3, 5].map((k) => recall(gains, 4, k))).toEqual([0.25, 0.5, 0.5]);
});

test("success@k looks at the first k passages only, and an empty ranking fails everything", () => {
  expect(success([1, 0], 1)).toBe(1);
  expect(success([0, 1], 1)).toBe(0);
  expect(success([0, 1], 2)).toBe(1);
  expect([success([], 1), recall([], 2, 10), reciprocalRank([], 10), ndcg([], [1], 10)]).toEqual([
    0, 0, 0, 0,
  ]);
});
