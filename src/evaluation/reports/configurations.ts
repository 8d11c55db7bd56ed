// Configurations with their results -> text for a terminal and for a README: how good each is, with 95 %
// intervals, and what it won and lost against the first.

import type { Row } from "../configurations.ts";
import { COMPARED_NAMES } from "../paired.ts";
import { counted, grid, intervalText, pText, valueText } from "./table.ts";

/** What is shown beside the metrics that are compared question by question. */
const BESIDE = ["latency/p50"];
const SIGNIFICANT = 0.05;

/** Ends with a newline. */
export function configurationsText(rows: readonly Row[]): string {
  const [first, ...others] = rows;
  if (first === undefined) return "";
  const { questions, scored, answerable } = first.summary;
  const head = `${counted(questions, "question")}, ${scored} scored, ${answerable} of them answerable; 95 % intervals`;
  const shown = [...COMPARED_NAMES, ...BESIDE].filter((name) => first.summary.metrics[name] !== undefined);
  const table = grid(
    [
      ["", ...shown],
      ...rows.map(({ name, summary }) => [
        name,
        ...shown.map((metric) => {
          const value = summary.metrics[metric];
          if (value === undefined) return "";
          const interval = intervalText(metric, value);
          return `${valueText(metric, value)}${interval === "" ? "" : ` (${interval})`}`;
        }),
      ]),
    ],
    [0],
  );
  const parts = [head, table];
  if (others.length > 0) {
    const compared = COMPARED_NAMES.filter((metric) => others[0]!.paired.some(({ name }) => name === metric));
    const against = grid(
      [
        [`Against ${first.name}`, ...compared],
        ...others.map(({ name, paired }) => [
          name,
          ...compared.map((metric) => {
            const one = paired.find((candidate) => candidate.name === metric);
            if (one === undefined) return "";
            const mark = one.adjusted < SIGNIFICANT ? "*" : " ";
            return `+${one.won.length} −${one.lost.length} ${pText(one.p)}${mark}`;
          }),
        ]),
      ],
      [0],
    );
    parts.push(
      against,
      "+ won, − lost questions; p of the paired test; * beyond chance at 5 %, all rows considered (Holm)",
    );
  }
  const notes = rows.flatMap(({ name, summary }) =>
    name.endsWith("ranker") && summary.ranking === "hybrid"
      ? [`${name}: no ranker is fitted to ${summary.encoder}; hybrid stands in.`]
      : [],
  );
  return `${[...parts, ...notes].join("\n\n")}\n`;
}
