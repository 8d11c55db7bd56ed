import { expect, test } from "vitest";
import { byFamily, contributions } from "../../src/retrieval/contributions.ts";
import { FEATURES } from "../../src/retrieval/features.ts";

const at = (name: (typeof FEATURES)[number]) => FEATURES.indexOf(name);
const values = (given: Partial<Record<(typeof FEATURES)[number], number>>) =>
  FEATURES.map((name) => given[name] ?? 0);

test("of a sum, each feature adds its weight times its difference", () => {
  const scoreOf = (x: ArrayLike<number>) => 3 * x[at("bm25")]! - 2 * x[at("dense")]! + x[at("length")]!;
  const parts = contributions(values({ bm25: 1, dense: 0.5, length: 7 }), values({ length: 7 }), scoreOf);
  expect(parts.slice(0, 2).map(({ feature, own, other }) => [feature, own, other])).toEqual([
    ["bm25", 1, 0],
    ["dense", 0.5, 0],
  ]);
  expect(parts[0]!.by).toBeCloseTo(3, 9);
  expect(parts[1]!.by).toBeCloseTo(-1, 9);
  expect(parts.slice(2).every(({ by }) => by === 0)).toBe(true);
});

test("of a product of two features, each has half, as integrated gradients say", () => {
  // The integral of t from 0 to 1, for either factor: 1/2.
  const scoreOf = (x: ArrayLike<number>) => x[at("bm25")]! * x[at("dense")]!;
  const parts = contributions(values({ bm25: 1, dense: 1 }), values({}), scoreOf);
  expect(parts[0]!.by).toBeCloseTo(0.5, 9);
  expect(parts[1]!.by).toBeCloseTo(0.5, 9);
});

test("the parts add up to the gap where the score bends", () => {
  const scoreOf = (x: ArrayLike<number>) =>
    Math.tanh(2 * x[at("bm25")]! + x[at("late")]! ** 2) + x[at("dense")]!;
  const [own, other] = [values({ bm25: 0.8, late: 0.9, dense: -1 }), values({ bm25: 0.1, late: 0.2 })];
  const sum = contributions(own, other, scoreOf).reduce((all, { by }) => all + by, 0);
  expect(sum).toBeCloseTo(scoreOf(own) - scoreOf(other), 3);
});

test("families hold all features of a kind, and those without effect are left out", () => {
  const parts = (["bm25", "expandedOfBest", "lateGap", "year", "wanted"] as const).map((feature, i) => ({
    feature,
    own: 1,
    other: 0,
    by: i + 1,
  }));
  expect(byFamily([...parts, { feature: "length", own: 1, other: 0, by: 0 }])).toEqual([
    { family: "kind of answer", by: 5 },
    { family: "time", by: 4 },
    { family: "words in common", by: 3 },
    { family: "meaning word by word", by: 3 },
  ]);
});
