// Two passages' features -> why one scores above the other: what each feature, and each family of them,
// adds to the gap. Knows nothing of how a score is made.

import { FEATURES } from "./features.ts";
import { TIME_FEATURES } from "./time.ts";

/** Steps on the way from one passage's features to the other's. */
const STEPS = 24;

export interface Contribution {
  readonly feature: string;
  readonly own: number;
  readonly other: number;
  /** What it adds to the gap, in the scores' unit. */
  readonly by: number;
}

/**
 * Splits `scoreOf(own) - scoreOf(other)` over the features, largest part first; the parts add up to the
 * gap (to about a thousandth of it). Integrated gradients (Sundararajan, Taly & Yan, Axiomatic Attribution
 * for Deep Networks, 2017) along the straight line between the two, by differences. Both are in the order
 * of `FEATURES`.
 */
export function contributions(
  own: ArrayLike<number>,
  other: ArrayLike<number>,
  scoreOf: (features: ArrayLike<number>) => number,
): Contribution[] {
  const parts = new Float64Array(FEATURES.length);
  for (let step = 0; step < STEPS; step++) {
    const t = (step + 0.5) / STEPS;
    const point = Float64Array.from(FEATURES, (_, i) => other[i]! + t * (own[i]! - other[i]!));
    for (let i = 0; i < parts.length; i++) {
      const half = (own[i]! - other[i]!) / (2 * STEPS);
      if (half === 0) continue;
      const middle = point[i]!;
      point[i] = middle + half;
      const above = scoreOf(point);
      point[i] = middle - half;
      parts[i]! += above - scoreOf(point);
      point[i] = middle;
    }
  }
  return FEATURES.map((feature, i) => ({ feature, own: own[i]!, other: other[i]!, by: parts[i]! })).toSorted(
    (a, b) => Math.abs(b.by) - Math.abs(a.by),
  );
}

const TIME: ReadonlySet<string> = new Set(TIME_FEATURES);
/** What the features look at, in words for people; the first that fits a feature's name is its family. */
const FAMILIES: readonly (readonly [family: string, isOne: (feature: string) => boolean])[] = [
  ["words in common", (feature) => /^(?:bm25|expanded)/.test(feature)],
  ["meaning as a whole", (feature) => feature.startsWith("dense")],
  ["meaning word by word", (feature) => feature.startsWith("late")],
  ["words of the question that are met", (feature) => /^covered|weakest|^focus/i.test(feature)],
  ["time", (feature) => TIME.has(feature)],
  ["which document", (feature) => /^newest|^sourceWords|^documentBest/.test(feature)],
  ["length and neighbours", (feature) => /^length|^neighbour/.test(feature)],
  ["kind of answer", () => true],
];

/** Contributions by family, largest first; families that add nothing are left out. */
export function byFamily(all: readonly Contribution[]): { family: string; by: number }[] {
  const sums = new Map<string, number>();
  for (const { feature, by } of all) {
    const [family] = FAMILIES.find(([, isOne]) => isOne(feature))!;
    sums.set(family, (sums.get(family) ?? 0) + by);
  }
  return [...sums]
    .map(([family, by]) => ({ family, by }))
    .filter(({ by }) => Math.abs(by) > 1e-9)
    .toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by));
}
