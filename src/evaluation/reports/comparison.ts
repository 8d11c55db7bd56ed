// A comparison with the baseline -> text for a terminal. The verdict printed is the one that decides
// the exit code.

import type { Comparison } from "../baseline.ts";
import { counted, grid, valueText } from "./table.ts";

const VERDICTS: Readonly<Record<Comparison["verdict"], string>> = {
  worse: "WORSE than the baseline, beyond chance",
  better: "better than the baseline, beyond chance",
  same: "no change beyond chance against the baseline",
};

/** Ends with a newline. */
export function comparisonText({ shared, paired, metrics, verdict }: Comparison): string {
  const lines = [`Against the baseline, over ${counted(shared, "question")} that both asked:`];
  if (metrics.length > 0) {
    const rows = metrics.map(({ name, before, now }) => [
      `  ${name}`,
      valueText(name, { value: before }),
      "→",
      valueText(name, { value: now }),
    ]);
    lines.push(grid(rows, [0]));
  }
  for (const { name, won, lost, p } of paired) {
    lines.push(`  ${name}: ${won.length} won, ${lost.length} lost (p = ${p.toFixed(3)})`);
    if (won.length > 0) lines.push(`    won: ${won.join(", ")}`);
    if (lost.length > 0) lines.push(`    lost: ${lost.join(", ")}`);
  }
  lines.push(`Verdict: ${VERDICTS[verdict]}.`);
  return `\n${lines.join("\n")}\n`;
}
