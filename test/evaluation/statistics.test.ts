import { expect, test } from "vitest";
import { bootstrap, mean, percentile, seeded, wilson } from "../../src/evaluation/metrics/statistics.ts";

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

test("the mean of nothing is null", () => {
  expect(mean([])).toBeNull();
  expect(mean([1, 2])).toBe(1.5);
});

test("the interval of a mean of values between 0 and 1 holds that of their shares", () => {
  // Two of four as noughts and ones, and four halves.
  expect(wilson(0.5 * 4, 4)).toEqual(wilson(2, 4));
});

test("a bootstrap interval is that of its percentiles, the same each time, and lies about the normal one", () => {
  // Of 400 draws from the uniform distribution: mean 1/2, standard error 1/sqrt(12 * 400) = 0.0144.
  const random = seeded();
  const values = Array.from({ length: 400 }, random);
  const interval = bootstrap(values, mean)!;
  expect(interval).toEqual(bootstrap(values, mean));
  const centre = mean(values)!;
  expect(interval.low - centre).toBeCloseTo(-1.96 * 0.0144, 2);
  expect(interval.high - centre).toBeCloseTo(1.96 * 0.0144, 2);
});

test("there is no bootstrap interval of a single value, nor of a figure that most draws don't have", () => {
  expect(bootstrap([1], mean)).toBeNull();
  expect(bootstrap([1, 2, 3], () => null)).toBeNull();
});
