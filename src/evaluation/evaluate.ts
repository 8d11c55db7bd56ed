// Question sets and an engine -> a summary printed, reports written, a verdict. The order of events is here;
// each step has its file. Flags are the door's business.

import { UserError } from "../errors.ts";
import { askedIn, type Baseline, baselineOf, baselineText, overlapOf, parseBaseline } from "./baseline.ts";
import type { EvaluatedEngine } from "./engine.ts";
import { measure, type WantedReports } from "./measure.ts";
import { exists, prepareFile, writeText } from "./output.ts";
import { comparisonText } from "./reports/comparison.ts";
import { summaryText } from "./reports/table.ts";
import { checkItems, noticeParagraphs } from "./sets/check.ts";
import { fault } from "./sets/fault.ts";
import { readText } from "./sets/read.ts";
import type { TestItem } from "./sets/types.ts";
import type { Summary } from "./summary-schema.ts";
import { missed, type Threshold } from "./thresholds.ts";

export interface EvaluationOptions extends WantedReports {
  readonly print: (text: string) => void;
  /** Told what is odd about a question set but no fault. */
  readonly onNotice?: ((notice: string) => void) | undefined;
  /** Called with the questions done and all of them. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly thresholds?: readonly Threshold[];
  /** The file to compare with, and whether it becomes what was measured now. */
  readonly baseline?: string | undefined;
  readonly updateBaseline?: boolean;
}

/**
 * Asks the items (of `readSets`), prints the summary and writes the files. False when a bound was missed, a
 * quote does not stand in its document or, unless the baseline is updated, something is worse than it beyond
 * chance. Rejects with `UserError` on evidence that isn't in the documents, a baseline of other questions,
 * and files that can't be read or written.
 */
export async function evaluate(
  items: readonly TestItem[],
  engine: EvaluatedEngine,
  options: EvaluationOptions,
): Promise<boolean> {
  const { thresholds = [], print, onProgress, baseline, updateBaseline = false } = options;
  checkAgainst(engine, items, options.onNotice);
  const before = await readBaseline(items, options);
  const total = questionCount(items);
  const { summary, marks, comparison } = await measure(items, engine, options, {
    before,
    onProgress: (done) => onProgress?.(done, total),
  });
  print(summaryText(summary));
  if (comparison !== null) print(comparisonText(comparison));
  if (baseline !== undefined && updateBaseline) {
    await writeText(baseline, baselineText(baselineOf(items, marks, summary)));
    print(`Baseline written to ${baseline}.\n`);
  }
  const failures = [...missed(thresholds, summary), ...unproved(summary)];
  if (comparison?.verdict === "worse" && !updateBaseline) failures.push("worse than the baseline");
  for (const failure of failures) print(`FAILED: ${failure}\n`);
  return failures.length === 0;
}

/** Throws `UserError` on evidence that isn't in the engine's documents; see sets/check.ts. */
export function checkAgainst(
  engine: EvaluatedEngine,
  items: readonly TestItem[],
  onNotice: (notice: string) => void = () => {},
): void {
  checkItems(
    items,
    engine.documents.map(({ id }) => id),
    (document) => engine.textOf?.(document),
  );
  if (engine.index !== undefined) noticeParagraphs(items, engine.index.passages, onNotice);
}

/** How many questions there are, each turn of a conversation being one. */
export function questionCount(items: readonly TestItem[]): number {
  return items.reduce((sum, { turns }) => sum + turns.length, 0);
}

/** A quote that isn't its document's is a bug, whatever else is asked for. */
function unproved({ metrics }: Summary): string[] {
  const integrity = metrics["quote-integrity"];
  if (integrity === undefined || integrity.value === 1) return [];
  const count = Math.round((1 - integrity.value) * integrity.n);
  return [`quote-integrity: ${count} of ${integrity.n} quotes do not stand word for word in their document`];
}

async function readBaseline(
  items: readonly TestItem[],
  { baseline, updateBaseline }: EvaluationOptions,
): Promise<Baseline | null> {
  if (baseline === undefined) {
    if (updateBaseline) throw new UserError("--update-baseline needs --baseline FILE.");
    return null;
  }
  if (updateBaseline) await prepareFile(baseline);
  try {
    if (!(await exists(baseline)))
      throw fault(baseline, "there is no baseline. Write it with --update-baseline.");
    const before = parseBaseline(await readText(baseline), baseline);
    if (overlapOf(before.asked, askedIn(items)).shared.length > 0) return before;
    throw fault(
      baseline,
      `none of its ${before.asked.size} questions is asked now, in the same words and expecting the same. Name the sets that it was made of, or make it anew with --update-baseline.`,
    );
  } catch (error) {
    // What can't be compared with is replaced.
    if (updateBaseline && error instanceof UserError) return null;
    throw error;
  }
}
