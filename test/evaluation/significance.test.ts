import { expect, test } from "vitest";
import { holm, mcnemarExact, pairedTest } from "../../src/evaluation/metrics/significance.ts";

test("the exact McNemar test is twice the binomial tail", () => {
  expect(mcnemarExact(1, 9)).toBeCloseTo(22 / 1024, 12);
  expect(mcnemarExact(9, 1)).toBeCloseTo(22 / 1024, 12);
  expect(mcnemarExact(0, 5)).toBeCloseTo(2 / 32, 12);
  expect(mcnemarExact(3, 3)).toBe(1);
  expect(mcnemarExact(0, 0)).toBe(1);
  expect(mcnemarExact(600, 400)).toBeLessThan(1e-8);
});

test("the exact McNemar test is mlxtend's on its own example", () => {
  // rasbt/mlxtend, mlxtend/evaluate/tests/test_mcnemar.py: the table 101 121 / 59 33.
  expect(mcnemarExact(121, 59)).toBeCloseTo(4.4344492637555101e-6, 15);
});

test("the randomization test is Fisher's on Darwin's maize", () => {
  // The Design of Experiments, §21: 863 of 32,768 arrangements of the 15 differences reach the observed sum
  // of 314 eighths of an inch, so 1,726 to either side.
  const eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
  expect(eighths.reduce((a, b) => a + b)).toBe(314);
  expect(pairedTest(eighths)).toBeCloseTo(1726 / 32768, 12);
});

test("of equal differences, the paired test is McNemar's, and what didn't change doesn't count", () => {
  expect(pairedTest([1, 1, 0, 1, -1, 0])).toBe(mcnemarExact(3, 1));
  expect(pairedTest([-0.5, -0.5, -0.5, -0.5, -0.5, -0.5])).toBeCloseTo(2 / 64, 12);
  expect(pairedTest([0, 0])).toBe(1);
  expect(pairedTest([])).toBe(1);
});

test("above fifteen unequal changes, draws come near the normal approximation, the same each time", () => {
  // Differences 1 and 2 in turns, 40 of them, 30 up: sum 30, variance 20 + 80, z = 3, two-sided p = 0.0027.
  const differences = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : 2) * (i < 30 ? 1 : -1));
  const p = pairedTest(differences);
  expect(p).toBeGreaterThan(0.001);
  expect(p).toBeLessThan(0.006);
  expect(pairedTest(differences)).toBe(p);
});

test("Holm's adjustment multiplies the smallest by how many there are, and never reverses the order", () => {
  // R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") gives 0.05 0.08 0.09 0.09 0.09.
  const adjusted = holm([0.05, 0.01, 0.02, 0.03, 0.04]);
  for (const [i, p] of [0.09, 0.05, 0.08, 0.09, 0.09].entries()) expect(adjusted[i]).toBeCloseTo(p, 12);
  expect(holm([0.6, 0.7])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});
