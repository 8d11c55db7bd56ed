import { expect, test } from "vitest";
import { mcnemarExact, mean, percentile, wilson } from "../../src/evaluation/metrics/statistics.ts";

test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("Wilson's interval of %i in %i is Newcombe's (1998, table I, method 3)", (count, n, low, high) => {
  const interval = wilson(count, n);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test("the interval of all in n ends at 1 exactly", () => {
  expect(wilson(20, 20).high).toBe(1);
});

test("percentiles are NumPy's", () => {
  // numpy.percentile([[10, 7, 4], [3, 2, 1]], 50) == 3.5
  expect(percentile([10, 7, 4, 3, 2, 1], 0.5)).toBe(3.5);
  expect(percentile([15, 20, 35, 40, 50], 0.4)).toBeCloseTo(29, 12);
  expect(percentile([5], 0.95)).toBe(5);
  expect(percentile([], 0.5)).toBeNull();
});

test("the exact McNemar test is twice the binomial tail", () => {
  expect(mcnemarExact(1, 9)).toBeCloseTo(22 / 1024, 12);
  expect(mcnemarExact(9, 1)).toBeCloseTo(22 / 1024, 12);
  expect(mcnemarExact(0, 5)).toBeCloseTo(2 / 32, 12);
  expect(mcnemarExact(3, 3)).toBe(1);
  expect(mcnemarExact(0, 0)).toBe(1);
  expect(mcnemarExact(600, 400)).toBeLessThan(1e-8);
});

test("the mean of nothing is null", () => {
  expect(mean([])).toBeNull();
  expect(mean([1, 2])).toBe(1.5);
});
