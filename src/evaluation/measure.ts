// Question sets and an engine -> marks and their summary; each answer goes to the reports as it comes and
// is not kept.

import { join } from "node:path";
import { contributions } from "../retrieval/contributions.ts";
import { FEATURES } from "../retrieval/features.ts";
import { scorer } from "../retrieval/rank.ts";
import { type Baseline, baselineOf, compare, type Comparison } from "./baseline.ts";
import type { EvaluatedEngine } from "./engine.ts";
import { judge, type Marks } from "./judge.ts";
import { openReports } from "./report-files.ts";
import { htmlReport } from "./reports/html/page.ts";
import { junitReport } from "./reports/junit.ts";
import type { Why } from "./reports/html/ranking.ts";
import type { Report } from "./reports/report.ts";
import { trecReports } from "./reports/trec.ts";
import { jsonReport } from "./results.ts";
import { runItems } from "./run.ts";
import type { TestItem } from "./sets/types.ts";
import type { Summary } from "./summary-schema.ts";
import { summarize } from "./summary.ts";

/** Files to write; undefined: not wanted. */
export interface WantedReports {
  readonly json?: string | undefined;
  readonly html?: string | undefined;
  readonly junit?: string | undefined;
  /** The folder for run and qrels files. */
  readonly trec?: string | undefined;
}

export interface Measured {
  readonly summary: Summary;
  /** In the order of the items' questions. */
  readonly marks: readonly Marks[];
  /** With the baseline, where there is one. */
  readonly comparison: Comparison | null;
}

/** All reports in one folder. */
export function reportsIn(folder: string): Record<keyof WantedReports, string> {
  return {
    json: join(folder, "results.json"),
    html: join(folder, "report.html"),
    junit: join(folder, "junit.xml"),
    trec: join(folder, "trec"),
  };
}

export interface MeasureOptions {
  readonly before?: Baseline | null;
  /** Called with the number of questions done. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/**
 * Asks the items, which must fit the engine's documents (sets/check.ts), and writes the reports. Rejects
 * with `UserError` on a file that can't be written, before anything is asked where that can be known.
 */
export async function measure(
  items: readonly TestItem[],
  engine: EvaluatedEngine,
  wanted: WantedReports,
  { before = null, onProgress }: MeasureOptions = {},
): Promise<Measured> {
  const files = await openReports(reportsOf(wanted, engine, before));
  try {
    const marks: Marks[] = [];
    const explain = wanted.html !== undefined;
    for await (const answered of runItems(engine, items, { onProgress, explain })) {
      const own = judge(answered, (document) => engine.textOf?.(document));
      marks.push(...own);
      await files.add(answered, own);
    }
    const summary = summarize(items, marks, engine);
    const comparison = before && compare(before, baselineOf(items, marks, summary));
    await files.finish(summary, marks, comparison);
    return { summary, marks, comparison };
  } finally {
    await files.close();
  }
}

function reportsOf(
  { json, html, junit, trec }: WantedReports,
  engine: EvaluatedEngine,
  before: Baseline | null,
): Report[] {
  return [
    ...(json === undefined ? [] : [jsonReport(json)]),
    ...(html === undefined ? [] : [htmlReport(html, whyOf(engine), before)]),
    ...(junit === undefined ? [] : [junitReport(junit)]),
    ...(trec === undefined ? [] : trecReports(trec, engine.encoder)),
  ];
}

/** What sets two passages' scores apart; null where the engine doesn't show how it ranks. */
function whyOf({ models }: EvaluatedEngine): Why | null {
  if (models === undefined) return null;
  const scoreOf = scorer(models);
  const list = (features: Readonly<Record<string, number>>) => FEATURES.map((name) => features[name] ?? 0);
  return (own, other) => contributions(list(own), list(other), scoreOf);
}
