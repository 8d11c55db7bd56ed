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
  // 3 unanswerable, 2 of them refused; 1 of 4 answerable refused as well.
  const decisions = [
    ...[true, true, false].map((refused) => ({ refused, answerable: false })),
    ...[true, false, false, false].map((refused) => ({ refused, answerable: true })),
  ];
  const { precision, recall, f1 } = refusalScores(decisions);
  expect(precision).toBeCloseTo(2 / 3, 12);
  expect(recall).toBeCloseTo(2 / 3, 12);
  expect(f1).toBeCloseTo(2 / 3, 12);
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

test("equal confidences are one point of the curve, and their errors spread evenly over its area", () => {
  const tied = judged([0.5, true], [0.5, false]);
  expect(riskCoverage(tied)).toEqual([{ coverage: 1, risk: 0.5, threshold: 0.5 }]);
  expect(aurc(tied)).toBe(0.5);
  expect(coverageAtRisk(tied, 0.05)).toBe(0);
});
