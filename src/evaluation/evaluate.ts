// Question sets and an engine -> marks, printed and written as asked. The order of events is here; each
// step has its file. Flags are the door's business.

import type { Engine } from "../types.ts";
import { judge } from "./judge.ts";
import { prepareFile, writeText } from "./output.ts";
import { summaryText } from "./reports/table.ts";
import { type Results, resultsOf } from "./results.ts";
import { runItems } from "./run.ts";
import { checkItems, type TextOf } from "./sets/check.ts";
import type { TestItem } from "./sets/types.ts";
import { summarize } from "./summary.ts";
import { missed, type Threshold } from "./thresholds.ts";

export interface EvaluationOptions {
  readonly thresholds?: readonly Threshold[];
  /** Files to write; undefined: not wanted. */
  readonly json?: string | undefined;
  readonly print: (text: string) => void;
  /** Called with the questions done and all of them. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What is asked of the engine; `textOf` proves quotes and gold answers where the engine offers it. */
export type EvaluatedEngine = Pick<Engine, "ask" | "documents" | "encoder" | "builtAt"> & {
  readonly textOf?: TextOf;
};

/**
 * Asks the items (of `readSets`), prints the summary and writes the files. True when no bound was missed.
 * Rejects with `UserError` on evidence that isn't in the documents and files that can't be written.
 */
export async function evaluate(
  items: readonly TestItem[],
  engine: EvaluatedEngine,
  options: EvaluationOptions,
): Promise<boolean> {
  const { thresholds = [], json, print, onProgress } = options;
  const textOf: TextOf = (document) => engine.textOf?.(document);
  checkItems(
    items,
    engine.documents.map(({ id }) => id),
    textOf,
  );
  for (const file of [json]) if (file !== undefined) await prepareFile(file);

  const total = items.reduce((sum, { turns }) => sum + turns.length, 0);
  const answered = await runItems(engine, items, (done) => onProgress?.(done, total));
  const marks = judge(answered, textOf);
  const summary = summarize(answered, marks, engine);
  print(summaryText(summary));
  if (json !== undefined) {
    const results: Results = { summary, results: resultsOf(answered) };
    await writeText(json, `${JSON.stringify(results, null, 1)}\n`);
  }
  const failures = missed(thresholds, summary);
  for (const failure of failures) print(`FAILED: ${failure}\n`);
  return failures.length === 0;
}
