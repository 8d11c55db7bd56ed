import { expect, test } from "vitest";
import {
  aurc,
  auroc,
  coverageAtRisk,
  refusalScores,
  riskCoverage,
} from "../../src/evaluation/metrics/refusal.ts";

const judged = (...pairs: readonly (readonly [number, boolean])[]) =>
  pairs.map(([score, wrong]) => ({ score, wrong }));

test("refusing is scored as a classifier of unanswerable questions", () => {
  // en.wikipedia.org/wiki/Precision_and_recall: of twelve dogs and ten cats, eight are taken for dogs, and
  // five of these are dogs: precision 5/8, recall 5/12.
  const decisions = Array.from({ length: 22 }, (_, i) => ({
    answerable: i >= 12,
    refused: i < 5 || (i >= 12 && i < 15),
  }));
  const { precision, recall, f1 } = refusalScores(decisions);
  expect(precision).toBeCloseTo(5 / 8, 12);
  expect(recall).toBeCloseTo(5 / 12, 12);
  expect(f1).toBeCloseTo(1 / 2, 12);
});

test("shares of nothing are null, not zero", () => {
  expect(refusalScores([{ refused: false, answerable: true }])).toEqual({
    precision: null,
    recall: null,
    f1: null,
  });
  expect(auroc([{ score: 1, positive: true }])).toBeNull();
  expect(aurc([])).toBeNull();
  expect(coverageAtRisk([], 0.05)).toBeNull();
});

test("AUROC is 0.75 in scikit-learn's documented example", () => {
  // sklearn.metrics.roc_auc_score: y = 0 0 1 1, scores = 0.1 0.4 0.35 0.8
  const scores = [0.1, 0.4, 0.35, 0.8].map((score, i) => ({ score, positive: i >= 2 }));
  expect(auroc(scores)).toBeCloseTo(0.75, 12);
});

test("tied confidences count half in AUROC", () => {
  const scores = [true, false, true, false].map((positive) => ({ score: 0.5, positive }));
  expect(auroc(scores)).toBe(0.5);
});

test("the risk-coverage curve, its area and the coverage at a risk are those computed by hand", () => {
  // By confidence: right, right, wrong, right, wrong -> risks 0, 0, 1/3, 1/4, 2/5.
  const answers = judged([0.9, false], [0.8, false], [0.7, true], [0.6, false], [0.5, true]);
  expect(riskCoverage(answers).map(({ coverage, risk }) => [coverage, risk])).toEqual([
    [0.2, 0],
    [0.4, 0],
    [0.6, 1 / 3],
    [0.8, 0.25],
    [1, 0.4],
  ]);
  expect(aurc(answers)).toBeCloseTo((0 + 0 + 1 / 3 + 1 / 4 + 2 / 5) / 5, 12);
  expect(coverageAtRisk(answers, 0.05)).toBe(0.4);
  expect(coverageAtRisk(answers, 0.25)).toBe(0.8);
});

test.each([0.1, 0.25, 0.35])("with all errors last, AURC is r + (1 - r) ln(1 - r): r = %f", (r) => {
  // Geifman, Uziel & El-Yaniv (2019), section 3, the best that a model of error rate r can do.
  const n = 20_000;
  const best = Array.from({ length: n }, (_, i) => [n - i, i >= n * (1 - r)] as const);
  expect(aurc(judged(...best))).toBeCloseTo(r + (1 - r) * Math.log(1 - r), 4);
});

test("equal confidences are one point of the curve, and their errors spread evenly over its area", () => {
  const tied = judged([0.5, true], [0.5, false]);
  expect(riskCoverage(tied)).toEqual([{ coverage: 1, risk: 0.5, threshold: 0.5 }]);
  expect(aurc(tied)).toBe(0.5);
  expect(coverageAtRisk(tied, 0.05)).toBe(0);
});
