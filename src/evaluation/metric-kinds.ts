// Marks -> one figure with its interval: as a share, a mean, a figure of all together or a time. Which
// figures there are is in metrics.ts.

import type { Marks } from "./judge.ts";
import { bootstrap, percentile, wilson } from "./metrics/statistics.ts";
import type { Metric } from "./summary-schema.ts";

export interface MetricDefinition {
  readonly about: string;
  readonly better: "higher" | "lower";
  readonly unit: "share" | "score" | "ms";
  /** Null when no question counts for it. With `draws`, intervals that take many draws are made, too. */
  readonly of: (marks: readonly Marks[], draws: boolean) => Metric | null;
}

/** What a metric reads off a question's marks; null where it doesn't apply. */
export type Of<T> = (marks: Marks) => T | null;

/** Share of the questions that `mark` applies to for which it is true. */
export function share(
  about: string,
  mark: Of<boolean>,
  better: "higher" | "lower" = "higher",
): MetricDefinition {
  return { about, better, unit: "share", of: (marks) => shareOf(values(marks, mark)) };
}

/** Share of what is counted in the questions: of quotes, not of questions. */
export function shareOfQuotes(
  about: string,
  mark: Of<{ readonly shown: number; readonly proved: number }>,
): MetricDefinition {
  const of = (marks: readonly Marks[]): Metric | null => {
    const counts = values(marks, mark);
    const sum = (name: "shown" | "proved") => counts.reduce((all, count) => all + count[name], 0);
    return ratio(sum("proved"), sum("shown"));
  };
  return { about, better: "higher", unit: "share", of };
}

/** Mean over the questions that `mark`, a number from `least` to 1, applies to. */
export function average(about: string, mark: Of<number>, least = 0): MetricDefinition {
  return { about, better: "higher", unit: "score", of: (marks) => meanOf(values(marks, mark), least) };
}

/** A figure of all questions that `mark` applies to together. */
export function joint<T>(
  about: string,
  mark: Of<T>,
  of: (all: readonly T[]) => number | null,
  better: "higher" | "lower" = "higher",
): MetricDefinition {
  return {
    about,
    better,
    unit: "score",
    of: (marks, draws) => {
      const all = values(marks, mark);
      const value = of(all);
      if (value === null) return null;
      const sorted = () =>
        values(
          marks.toSorted((a, b) => b.confidence - a.confidence),
          mark,
        );
      return { value, n: all.length, ...((draws ? bootstrap(sorted(), of) : null) ?? NO_INTERVAL) };
    },
  };
}

const NO_INTERVAL = { low: null, high: null };

/** A quantile of the times that questions took. */
export function latency(about: string, p: number): MetricDefinition {
  return {
    about,
    better: "lower",
    unit: "ms",
    of: (marks) => {
      const value = percentile(
        marks.map(({ ms }) => ms),
        p,
      );
      return value === null ? null : { value, n: marks.length, ...NO_INTERVAL };
    },
  };
}

function values<T>(marks: readonly Marks[], mark: Of<T>): T[] {
  return marks.flatMap((one) => {
    const value = mark(one);
    return value === null ? [] : [value];
  });
}

function shareOf(all: readonly boolean[]): Metric | null {
  return ratio(all.filter(Boolean).length, all.length);
}

function ratio(count: number, n: number): Metric | null {
  return n === 0 ? null : { value: count / n, n, ...wilson(count, n) };
}

/** Values from `least` to 1; their interval is that of a share, stretched to where they lie. */
function meanOf(all: readonly number[], least: number): Metric | null {
  if (all.length === 0) return null;
  const width = 1 - least;
  const share = all.reduce((sum, value) => sum + (value - least) / width, 0);
  const { low, high } = wilson(share, all.length);
  const place = (one: number): number => least + one * width;
  return { value: place(share / all.length), n: all.length, low: place(low), high: place(high) };
}
