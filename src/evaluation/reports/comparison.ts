// A comparison with the baseline -> text for a terminal. The verdict printed is the one that decides
// the exit code.

import type { Comparison } from "../baseline.ts";
import { counted, grid, pText, valueText } from "./table.ts";

/** The verdicts in words. */
export const VERDICTS: Readonly<Record<Comparison["verdict"], string>> = {
  worse: "WORSE than the baseline, beyond chance",
  better: "better than the baseline, beyond chance",
  same: "no change beyond chance against the baseline",
};

/** Ends with a newline. */
export function comparisonText(comparison: Comparison): string {
  const { shared, paired, metrics, other, verdict } = comparison;
  const lines = [`Against the baseline, over ${counted(shared.length, "question")} that both asked:`];
  if (other.length > 0) lines.push(`  the baseline was made otherwise: ${other.join(", ")}`);
  const changes = changesText(comparison);
  if (changes !== "") lines.push(`  ${changes}`);
  const rows = paired.map(({ name, before, now, won, lost, p }) => [
    `  ${name}`,
    ...arrow(name, before, now),
    `${won.length} won, ${lost.length} lost, ${pText(p)}`,
  ]);
  const others = metrics.map(({ name, before, now }) => [`  ${name}`, ...arrow(name, before, now), ""]);
  lines.push(grid([...rows, ...others], [0, 4]));
  for (const { name, won, lost } of paired) {
    if (name !== "success@1" && name !== "headline") continue;
    if (won.length > 0) lines.push(`  ${name} won: ${won.join(", ")}`);
    if (lost.length > 0) lines.push(`  ${name} lost: ${lost.join(", ")}`);
  }
  lines.push(`Verdict: ${VERDICTS[verdict]}.`);
  return `\n${lines.join("\n")}\n`;
}

function arrow(name: string, before: number, now: number): string[] {
  return [valueText(name, { value: before }), "→", valueText(name, { value: now })];
}

/** How the question sets differ; empty where they don't. */
function changesText({ added, gone, changed }: Comparison): string {
  const parts = [
    added > 0 ? `${added} ${added === 1 ? "is" : "are"} new` : "",
    gone > 0 ? `${gone} ${gone === 1 ? "is" : "are"} gone` : "",
    changed > 0 ? `${changed} ${changed === 1 ? "was" : "were"} changed` : "",
  ].filter((part) => part !== "");
  if (parts.length === 0) return "";
  return `the questions have changed since: ${parts.join(", ")}. Once that is settled, make a new baseline with --update-baseline.`;
}
