// A summary -> text tables for a terminal, and how a metric is written everywhere. No colours, so that it
// reads the same in a log.

import { METRICS } from "../metrics.ts";
import type { Metric, Summary } from "../summary-schema.ts";

/** Columns of the breakdowns. */
const BREAKDOWN = ["headline", "success@1", "recall@5", "mrr@10", "answer-in-quote", "answer-f1"];

/** The whole summary as text; ends with a newline. */
export function summaryText(summary: Summary): string {
  const { questions, conversations, scored, answerable, outcomes } = summary;
  const head = [
    `${counted(questions, "question")}${conversations > 0 ? ` (${counted(conversations, "conversation")})` : ""}: ` +
      `${outcomes.answer} answered, ${outcomes.unsure} unsure, ${outcomes.none} refused; ` +
      (scored === 0 ? "none is scored" : `${scored} scored, ${answerable} of them answerable`),
    `encoder ${summary.encoder}${summary.ranking === null ? "" : `, ranked by ${summary.ranking}`}, index of ${summary.builtAt}`,
  ];
  const overall = [
    ["", "value", "95 % interval", "of", ""],
    ...Object.entries(summary.metrics).map(([name, metric]) => [
      name,
      valueText(name, metric),
      intervalText(name, metric),
      String(metric.n),
      METRICS[name]?.about ?? "",
    ]),
  ];
  const parts = [head.join("\n"), grid(overall, [0, 4])];
  if (scored > 0) parts.push(breakdown("By type", summary.byType));
  if (Object.keys(summary.byDocument).length > 0) parts.push(breakdown("By document", summary.byDocument));
  return `${parts.join("\n\n")}\n`;
}

/** `1 question`, `2 questions`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function breakdown(title: string, groups: Summary["byType"]): string {
  const rows = Object.entries(groups).map(([name, { questions, metrics }]) => [
    name,
    String(questions),
    ...BREAKDOWN.map((key) => (metrics[key] === undefined ? "" : valueText(key, metrics[key]))),
    refusedText(metrics),
  ]);
  return grid([[title, "n", ...BREAKDOWN, "refused"], ...rows], [0]);
}

/** The share refused, where refusing was right or wrong for all questions of the group. */
export function refusedText(metrics: Summary["byType"][string]["metrics"]): string {
  for (const name of ["answerable/refused", "near-miss/refused", "off-topic/refused"]) {
    if (metrics[name] !== undefined) return valueText(name, metrics[name]);
  }
  return "";
}

/** `71.4 %`, `0.52` or `38 ms`, as the metric is. */
export function valueText(name: string, { value }: Pick<Metric, "value">): string {
  const unit = METRICS[name]?.unit;
  if (unit === "share") return `${(value * 100).toFixed(1)} %`;
  return unit === "ms" ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : value.toFixed(3);
}

/** `62.8–78.7` in percent, `0.74–0.86` or `-0.10 to 0.21`, as the metric is; empty where there is none. */
export function intervalText(name: string, { low, high }: Metric): string {
  if (low === null || high === null) return "";
  const text = (bound: number): string =>
    METRICS[name]?.unit === "share" ? (bound * 100).toFixed(1) : bound.toFixed(2);
  return low < 0 ? `${text(low)} to ${text(high)}` : `${text(low)}–${text(high)}`;
}

/** `p = 0.038`, `p < 0.001`. */
export function pText(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
}

/** Rows as lines with columns of equal width: those of `left` to the left, numbers to the right. */
export function grid(rows: readonly (readonly string[])[], left: readonly number[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          left.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
