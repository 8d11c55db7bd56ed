// An evaluation's marks and those of an earlier one -> what was won and lost, and whether that is more
// than chance. The baseline is a file of its own, small enough to be committed.

import { z } from "zod";
import { messageOf } from "../errors.ts";
import type { Marks } from "./judge.ts";
import { METRICS, metricsOf } from "./metrics.ts";
import { mcnemarExact } from "./metrics/statistics.ts";
import { success1 } from "./metrics/ranking.ts";
import type { AnsweredItem } from "./run.ts";
import { fault, parsed } from "./sets/fault.ts";

const baselineSchema = z.object({
  encoder: z.string(),
  metrics: z.record(z.string(), z.number()),
  questions: z.record(
    z.string(),
    z.object({
      question: z.string(),
      /** Whether the first passage was a right one; null without evidence. */
      success1: z.boolean().nullable(),
      points: z.number().nullable(),
    }),
  ),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** What is kept of an evaluation, to compare later ones with. Latencies are left out: they differ by machine. */
export function baselineOf(
  answered: readonly AnsweredItem[],
  marks: readonly Marks[],
  encoder: string,
): Baseline {
  const texts = answered.flatMap(({ asked }) => asked.map(({ test }) => test.text));
  return {
    encoder,
    metrics: Object.fromEntries(
      Object.entries(metricsOf(marks)).flatMap(([name, { value }]) =>
        METRICS[name]?.unit === "ms" ? [] : [[name, Number(value.toFixed(6))]],
      ),
    ),
    questions: Object.fromEntries(
      marks.map(({ id, passages, points }, i) => [
        id,
        { question: texts[i] ?? "", success1: passages && success1(passages.gains) === 1, points },
      ]),
    ),
  };
}

/** Throws `UserError` naming the file when it isn't a baseline. */
export function parseBaseline(text: string, file: string): Baseline {
  try {
    return parsed(baselineSchema, JSON.parse(text), file);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw fault(file, `not JSON: ${messageOf(error)}. Write it with --update-baseline.`);
  }
}

/** The questions whose mark changed for better or worse, and how likely so lopsided a change is by chance. */
export interface Paired {
  readonly name: "success@1" | "headline";
  readonly won: readonly string[];
  readonly lost: readonly string[];
  /** Two-sided exact McNemar (for headline: sign) test. */
  readonly p: number;
}

export interface Comparison {
  /** Questions that both asked, in the same words. */
  readonly shared: number;
  readonly paired: readonly Paired[];
  readonly metrics: readonly { readonly name: string; readonly before: number; readonly now: number }[];
  /** `worse` or `better` when something changed beyond chance (p < 0.05); worse goes first. */
  readonly verdict: "worse" | "better" | "same";
}

const SIGNIFICANT = 0.05;

/** Compares question by question; questions that only one of them asked count for nothing. */
export function compare(before: Baseline, now: Baseline): Comparison {
  const shared = Object.entries(now.questions).flatMap(([id, mark]) => {
    const other = Object.hasOwn(before.questions, id) ? before.questions[id] : undefined;
    return other?.question === mark.question ? [{ id, mark, other }] : [];
  });
  const paired = (
    name: Paired["name"],
    of: (mark: Baseline["questions"][string]) => number | null,
  ): Paired => {
    const changes = shared.flatMap(({ id, mark, other }) => {
      const [a, b] = [of(other), of(mark)];
      return a === null || b === null ? [] : [{ id, change: b - a }];
    });
    const won = changes.filter(({ change }) => change > 0).map(({ id }) => id);
    const lost = changes.filter(({ change }) => change < 0).map(({ id }) => id);
    return { name, won, lost, p: mcnemarExact(won.length, lost.length) };
  };
  const tests = [
    paired("success@1", (mark) => (mark.success1 === null ? null : Number(mark.success1))),
    paired("headline", (mark) => mark.points),
  ];
  const beyondChance = tests.filter(({ p }) => p < SIGNIFICANT);
  return {
    shared: shared.length,
    paired: tests,
    metrics: Object.entries(now.metrics).flatMap(([name, value]) => {
      const old = before.metrics[name];
      return old === undefined || old === value ? [] : [{ name, before: old, now: value }];
    }),
    verdict: beyondChance.some(({ won, lost }) => lost.length > won.length)
      ? "worse"
      : beyondChance.length > 0
        ? "better"
        : "same",
  };
}
