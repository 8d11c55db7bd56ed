// Marks of two runs over the same questions -> which questions were won and lost, metric by metric, and
// how likely so lopsided a change is by chance. Who the runs are (a baseline and now, two configurations)
// is others' business.

import type { Marks } from "./judge.ts";
import { pairedTest } from "./metrics/significance.ts";
import { recall, reciprocalRank, success } from "./metrics/ranking.ts";

/** The metrics that are compared question by question: a question's own value, null where it has none. */
const COMPARED: Readonly<Record<string, (marks: Marks) => number | null>> = {
  "success@1": ({ passages }) => passages && success(passages.gains, 1),
  "recall@5": ({ passages }) => passages && recall(passages.gains, passages.relevant, 5),
  "mrr@10": ({ passages }) => passages && reciprocalRank(passages.gains, 10),
  "answer-in-quote": ({ answerInQuote }) => (answerInQuote === null ? null : Number(answerInQuote)),
  headline: ({ points }) => points,
};
export const COMPARED_NAMES: readonly string[] = Object.keys(COMPARED);

/** Each question's values by its id, in the order of `names`. */
export interface QuestionValues {
  readonly names: readonly string[];
  readonly values: ReadonlyMap<string, readonly (number | null)[]>;
}

/** To four decimals, so that values that were written and read compare as equal. */
export function questionValues(marks: readonly Marks[]): QuestionValues {
  const values = new Map(
    marks.map((one) => [
      one.id,
      Object.values(COMPARED).map((of) => {
        const value = of(one);
        return value === null ? null : Math.round(value * 10_000) / 10_000;
      }),
    ]),
  );
  return { names: COMPARED_NAMES, values };
}

/** One metric over the questions that both have a value for. */
export interface Paired {
  readonly name: string;
  /** How many questions, and the means over them. */
  readonly n: number;
  readonly before: number;
  readonly now: number;
  /** Ids of the questions whose value rose or fell. */
  readonly won: readonly string[];
  readonly lost: readonly string[];
  /** Two-sided, of the paired test (metrics/significance.ts). */
  readonly p: number;
}

/** Compares over the questions in `ids`; a metric that no question has on both sides is left out. */
export function pair(before: QuestionValues, now: QuestionValues, ids: readonly string[]): Paired[] {
  return now.names.flatMap((name, column): Paired[] => {
    const other = before.names.indexOf(name);
    const both = ids.flatMap((id) => {
      const [a, b] = [before.values.get(id)?.[other] ?? null, now.values.get(id)?.[column] ?? null];
      return a === null || b === null ? [] : [{ id, a, b }];
    });
    if (both.length === 0) return [];
    const mean = (of: (one: (typeof both)[number]) => number) =>
      both.reduce((sum, one) => sum + of(one), 0) / both.length;
    return [
      {
        name,
        n: both.length,
        before: mean(({ a }) => a),
        now: mean(({ b }) => b),
        won: both.filter(({ a, b }) => b > a).map(({ id }) => id),
        lost: both.filter(({ a, b }) => b < a).map(({ id }) => id),
        p: pairedTest(both.map(({ a, b }) => b - a)),
      },
    ];
  });
}
