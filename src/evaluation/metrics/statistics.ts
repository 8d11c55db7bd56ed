// Numbers -> averages, percentiles and intervals. Pure and deterministic; tests of significance are in
// significance.ts.

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
 * Succession, and Statistical Inference (1927); method 3 of Newcombe (1998). `count` may be the sum of n
 * values from 0 to 1: they vary less than noughts and ones of the same mean, so the interval is then wide
 * enough, or a little wider.
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

/** Draws of a bootstrap. */
const DRAWS = 1000;

/**
 * The 95 % percentile interval of a figure of all `items` together, by drawing as many of them again and
 * again, with replacement: Efron & Tibshirani, An Introduction to the Bootstrap (1993), §13.3. The draws are
 * the same each time, and in the items' order, so that what sorts them has little to do where they are
 * sorted. Null below two items, and when most draws don't have the figure.
 */
export function bootstrap<T>(
  items: readonly T[],
  of: (sample: readonly T[]) => number | null,
): { low: number; high: number } | null {
  const n = items.length;
  if (n < 2) return null;
  const random = seeded();
  const values: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const times = new Uint32Array(n);
    for (let i = 0; i < n; i++) times[Math.floor(random() * n)]!++;
    const sample: T[] = [];
    for (let i = 0; i < n; i++) for (let k = times[i]!; k > 0; k--) sample.push(items[i]!);
    const value = of(sample);
    if (value !== null) values.push(value);
  }
  if (values.length < DRAWS / 2) return null;
  return { low: percentile(values, 0.025)!, high: percentile(values, 0.975)! };
}

/** Numbers from 0 up to 1, always the same ones: mulberry32. */
export function seeded(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
