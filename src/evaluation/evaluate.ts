// Question sets and an engine -> marks, printed and written as asked. The order of events is here; each
// step has its file. Flags are the door's business.

import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { Engine } from "../types.ts";
import { type Baseline, baselineOf, compare, parseBaseline } from "./baseline.ts";
import { judge, type Marks } from "./judge.ts";
import { exists, prepareFile, writeText } from "./output.ts";
import { comparisonText } from "./reports/comparison.ts";
import { reportHtml } from "./reports/html/page.ts";
import { junitXml } from "./reports/junit.ts";
import { summaryText } from "./reports/table.ts";
import { trecFiles } from "./reports/trec.ts";
import { type Results, resultsOf } from "./results.ts";
import { type AnsweredItem, runItems } from "./run.ts";
import { checkItems, type TextOf } from "./sets/check.ts";
import { readText } from "./sets/read.ts";
import type { TestItem } from "./sets/types.ts";
import type { Summary } from "./summary-schema.ts";
import { summarize } from "./summary.ts";
import { missed, type Threshold } from "./thresholds.ts";

export interface EvaluationOptions {
  readonly print: (text: string) => void;
  /** Called with the questions done and all of them. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly thresholds?: readonly Threshold[];
  /** Files to write; undefined: not wanted. */
  readonly json?: string | undefined;
  readonly html?: string | undefined;
  readonly junit?: string | undefined;
  /** The folder for run and qrels files. */
  readonly trec?: string | undefined;
  /** The file to compare with, and whether it becomes what was measured now. */
  readonly baseline?: string | undefined;
  readonly updateBaseline?: boolean;
}

/** What is asked of the engine; `textOf` proves quotes and gold answers where the engine offers it. */
export type EvaluatedEngine = Pick<Engine, "ask" | "documents" | "encoder" | "reranker" | "builtAt"> & {
  readonly textOf?: TextOf;
};

/**
 * Asks the items (of `readSets`), prints the summary and writes the files. False when a bound was missed
 * or, unless the baseline is updated, something is worse than it beyond chance. Rejects with `UserError`
 * on evidence that isn't in the documents and files that can't be read or written.
 */
export async function evaluate(
  items: readonly TestItem[],
  engine: EvaluatedEngine,
  options: EvaluationOptions,
): Promise<boolean> {
  const { thresholds = [], print, onProgress } = options;
  const textOf: TextOf = (document) => engine.textOf?.(document);
  checkItems(
    items,
    engine.documents.map(({ id }) => id),
    textOf,
  );
  const before = await readBaseline(options);
  // What can't be written is told before anything is asked.
  for (const file of Object.keys(reportsOf(options))) await prepareFile(file);

  const total = items.reduce((sum, { turns }) => sum + turns.length, 0);
  const answered = await runItems(engine, items, (done) => onProgress?.(done, total));
  const marks = judge(answered, textOf);
  const summary = summarize(answered, marks, engine);
  print(summaryText(summary));
  for (const [file, report] of Object.entries(reportsOf(options))) {
    await writeText(file, report({ summary, answered, marks }));
  }
  const now = baselineOf(answered, marks, engine.encoder);
  const comparison = before === null ? null : compare(before, now);
  if (comparison !== null) print(comparisonText(comparison));
  if (options.baseline !== undefined && options.updateBaseline) {
    await writeText(options.baseline, `${JSON.stringify(now, null, 1)}\n`);
    print(`Baseline written to ${options.baseline}.\n`);
  }
  const failures = missed(thresholds, summary);
  if (comparison?.verdict === "worse" && !options.updateBaseline) failures.push("worse than the baseline");
  for (const failure of failures) print(`FAILED: ${failure}\n`);
  return failures.length === 0;
}

interface Evaluation {
  readonly summary: Summary;
  readonly answered: readonly AnsweredItem[];
  readonly marks: readonly Marks[];
}

/** The files that are wanted, and what makes each. */
function reportsOf({ json, html, junit, trec }: EvaluationOptions) {
  const reports: Record<string, (evaluation: Evaluation) => string> = {};
  if (json !== undefined) {
    reports[json] = ({ summary, answered }) => {
      const results: Results = { summary, results: resultsOf(answered) };
      return `${JSON.stringify(results, null, 1)}\n`;
    };
  }
  if (html !== undefined) {
    reports[html] = ({ summary, answered, marks }) => reportHtml(summary, answered, marks);
  }
  if (junit !== undefined) reports[junit] = ({ answered, marks }) => junitXml(answered, marks);
  if (trec !== undefined) {
    for (const name of Object.keys(trecFiles([], ""))) {
      reports[join(trec, name)] = ({ summary, answered }) => trecFiles(answered, summary.encoder)[name] ?? "";
    }
  }
  return reports;
}

async function readBaseline({ baseline, updateBaseline }: EvaluationOptions): Promise<Baseline | null> {
  if (baseline === undefined) {
    if (updateBaseline) throw new UserError("--update-baseline needs --baseline FILE.");
    return null;
  }
  if (updateBaseline) await prepareFile(baseline);
  if (await exists(baseline)) return parseBaseline(await readText(baseline), baseline);
  if (updateBaseline) return null;
  throw new UserError(`${baseline}: there is no baseline. Write it with --update-baseline.`);
}
