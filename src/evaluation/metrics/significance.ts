// What changed between two runs over the same questions -> how likely so lopsided a change is by chance.
// Pure and deterministic.

import { seeded } from "./statistics.ts";

/** Changes up to which every combination of signs is tried, and draws above. */
const ENUMERATED = 15;
const DRAWS = 10_000;

/**
 * How likely it is, 0 to 1, that differences of pairs lie at least so far to one side by chance, each being
 * as likely to be the other way round. Two-sided. Fisher's randomization test (The Design of Experiments,
 * 1935, §21; for rankings: Smucker, Allan & Carterette, CIKM 2007); equal differences make it McNemar's
 * exact test. Above fifteen unequal changes, 10,000 draws that are the same each time. 1 when nothing changed.
 */
export function pairedTest(differences: readonly number[]): number {
  const changed = differences.filter((difference) => difference !== 0);
  const sizes = changed.map(Math.abs);
  if (sizes.every((size) => size === sizes[0])) {
    const won = changed.filter((difference) => difference > 0).length;
    return mcnemarExact(won, changed.length - won);
  }
  // Sums of fractions come out a little differently in each order.
  const observed = Math.abs(changed.reduce((sum, difference) => sum + difference, 0)) - 1e-9;
  const isExact = changed.length <= ENUMERATED;
  const rounds = isExact ? 2 ** changed.length : DRAWS;
  const random = seeded();
  let asFar = 0;
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (const [i, size] of sizes.entries()) {
      const isUp = isExact ? (round >> i) & 1 : random() < 0.5;
      sum += isUp ? size : -size;
    }
    if (Math.abs(sum) >= observed) asFar++;
  }
  // What was observed is one of the draws (Phipson & Smyth 2010).
  return isExact ? asFar / rounds : (asFar + 1) / (rounds + 1);
}

/**
 * p values adjusted for being several: Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979).
 * In the order given. Worked example: `[0.01, 0.04, 0.03]` -> `[0.03, 0.06, 0.06]`.
 */
export function holm(ps: readonly number[]): number[] {
  const adjusted = [...ps];
  let highest = 0;
  for (const [rank, i] of ps
    .map((_, at) => at)
    .toSorted((a, b) => ps[a]! - ps[b]!)
    .entries()) {
    highest = Math.max(highest, Math.min(1, ps[i]! * (ps.length - rank)));
    adjusted[i] = highest;
  }
  return adjusted;
}

/**
 * Two-sided exact McNemar test: how likely it is, 0 to 1, that `won` and `lost` of the pairs that changed
 * differ at least so much by chance, each change being a fair coin. McNemar (1947); Agresti, Categorical
 * Data Analysis (2002), §10.1. 1 when nothing changed.
 */
export function mcnemarExact(won: number, lost: number): number {
  const n = won + lost;
  let tail = 0;
  for (let i = 0; i <= Math.min(won, lost); i++) tail += Math.exp(logChoose(n, i) - n * Math.LN2);
  return Math.min(1, 2 * tail);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}
