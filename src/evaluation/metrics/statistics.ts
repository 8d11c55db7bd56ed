// Numbers -> averages, percentiles, intervals and tests of significance. Pure and deterministic.

/** Null for no numbers. */
export function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/**
 * The value below which the share `p` (0 to 1) of the numbers lies, interpolated linearly: type 7 of
 * Hyndman & Fan, Sample Quantiles in Statistical Packages (1996), as NumPy and R do. Null for no numbers.
 */
export function percentile(numbers: readonly number[], p: number): number | null {
  if (numbers.length === 0) return null;
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  return low + (high - low) * (place - Math.floor(place));
}

const Z_95 = 1.959963984540054;

/**
 * The 95 % score interval of a share of `count` in `n` (1 and up). Wilson, Probable Inference, the Law of
 * Succession, and Statistical Inference (1927); method 3 of Newcombe (1998).
 */
export function wilson(count: number, n: number): { low: number; high: number } {
  const share = count / n;
  const z2 = Z_95 * Z_95;
  const centre = share + z2 / (2 * n);
  const half = Z_95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  // At the ends the bound is exact; rounding must not move it past them.
  return {
    low: count === 0 ? 0 : (centre - half) / scale,
    high: count === n ? 1 : (centre + half) / scale,
  };
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
