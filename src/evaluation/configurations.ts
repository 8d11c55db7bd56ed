// Several configurations of the engine and one question set -> one table, each against the first by the
// paired test. What a configuration is, the caller says.

import { join } from "node:path";
import type { EvaluatedEngine } from "./engine.ts";
import { checkAgainst, questionCount } from "./evaluate.ts";
import { measure, reportsIn } from "./measure.ts";
import { holm } from "./metrics/significance.ts";
import { prepareFile, writeText } from "./output.ts";
import { COMPARED_NAMES, pair, type Paired, questionValues, type QuestionValues } from "./paired.ts";
import { configurationsText } from "./reports/configurations.ts";
import type { TestItem } from "./sets/types.ts";
import type { Summary } from "./summary-schema.ts";

export interface Configuration {
  /** What it is called in the table, and its folder's name: `lexical`, `bundled dense`. */
  readonly name: string;
  readonly engine: EvaluatedEngine;
}

/** A configuration's results. */
export interface Row {
  readonly name: string;
  readonly summary: Summary;
  /** Against the first, by metric; `adjusted` is p for as many comparisons as there are (Holm). None for the first. */
  readonly paired: readonly (Paired & { readonly adjusted: number })[];
}

export interface ConfigurationsOptions {
  readonly print: (text: string) => void;
  /** Told what is odd about a question set but no fault. */
  readonly onNotice?: ((notice: string) => void) | undefined;
  /** Called with the questions done and all of them, over all configurations. */
  readonly onProgress?: (done: number, total: number) => void;
  /** The file for all rows, and the folder in which each configuration's reports get one of their own. */
  readonly json?: string | undefined;
  readonly out?: string | undefined;
}

/**
 * Asks the items of each configuration, prints the table and writes the files. Rejects with `UserError` on
 * evidence that isn't in the documents and files that can't be written.
 */
export async function compareConfigurations(
  items: readonly TestItem[],
  configurations: readonly Configuration[],
  { print, onNotice, onProgress, json, out }: ConfigurationsOptions,
): Promise<void> {
  // They differ in encoder and ranking; the documents are the same.
  if (configurations[0] !== undefined) checkAgainst(configurations[0].engine, items, onNotice);
  const file = json ?? (out === undefined ? undefined : join(out, "configurations.json"));
  if (file !== undefined) await prepareFile(file);
  const count = questionCount(items);
  const measured: { name: string; summary: Summary; values: QuestionValues }[] = [];
  for (const [i, { name, engine }] of configurations.entries()) {
    const wanted = out === undefined ? {} : reportsIn(join(out, folderName(name)));
    const { summary, marks } = await measure(items, engine, wanted, {
      onProgress: (done) => onProgress?.(i * count + done, configurations.length * count),
    });
    measured.push({ name, summary, values: questionValues(marks) });
  }
  const rows = againstFirst(measured);
  print(configurationsText(rows));
  if (file !== undefined) await writeText(file, `${JSON.stringify({ configurations: rows }, null, 1)}\n`);
}

/** `./models/encoder dense` -> `models-encoder-dense`. */
function folderName(name: string): string {
  return name.replace(/^\W+/, "").replace(/[^\w.-]+/g, "-");
}

function againstFirst(
  measured: readonly { name: string; summary: Summary; values: QuestionValues }[],
): Row[] {
  const [first, ...others] = measured;
  if (first === undefined) return [];
  const ids = [...first.values.values.keys()];
  const pairs = others.map(({ values }) => pair(first.values, values, ids));
  // Every configuration has the same questions, so all have the same metrics.
  const adjusted = new Map(
    COMPARED_NAMES.map((name) => [
      name,
      holm(pairs.map((paired) => paired.find((one) => one.name === name)?.p ?? 1)),
    ]),
  );
  return [
    { name: first.name, summary: first.summary, paired: [] },
    ...others.map(({ name, summary }, i) => ({
      name,
      summary,
      paired: pairs[i]!.map((one) => ({ ...one, adjusted: adjusted.get(one.name)![i]! })),
    })),
  ];
}
