// A whole evaluation -> one HTML page that needs nothing else: no network, no other file. Charts, tables,
// list of questions, style and script have their own files.

import type { Baseline, Comparison } from "../../baseline.ts";
import type { Marks } from "../../judge.ts";
import { METRICS } from "../../metrics.ts";
import { questionValues } from "../../paired.ts";
import type { Metric, Summary } from "../../summary-schema.ts";
import { VERDICTS } from "../comparison.ts";
import type { Report } from "../report.ts";
import { counted, intervalText, valueText } from "../table.ts";
import { breakdown } from "./breakdown.ts";
import { percent, riskCoverageCurve, stackedBar } from "./charts.ts";
import { html } from "../../../text/escape-html.ts";
import { fatesOf, FATES } from "./fates.ts";
import { filters } from "./filters.ts";
import { questionHtml } from "./questions.ts";
import type { Why } from "./ranking.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

const TILES = [
  "headline",
  "success@1",
  "recall@5",
  "answer-in-quote",
  "follow-up/success@1",
  "asserted/right",
  "answerable/refused",
  "near-miss/refused",
  "off-topic/refused",
  "quote-integrity",
  "citation-exact",
  "latency/p95",
];

/** The page. `why` explains a gap between two passages, where the engine can; `before` is the baseline. */
export function htmlReport(file: string, why: Why | null, before: Baseline | null): Report {
  return {
    file,
    between: "\n",
    part: ({ asked }, marks) =>
      asked.map((one, i) => questionHtml(marks[i]!, one, why, changeOf(marks[i]!, before))).join("\n"),
    around: (summary, marks, comparison) => ({
      before: head(summary, marks, comparison),
      after: `\n</section>\n</main>\n<script>${SCRIPT}</script>\n</body>\n</html>\n`,
    }),
  };
}

/** Whether a question was won or lost against the baseline, by success@1, or by the headline where that is the same. */
function changeOf(marks: Marks, before: Baseline | null): "won" | "lost" | null {
  const old = before?.values.get(marks.id);
  if (!before || !old) return null;
  const { names, values } = questionValues([marks]);
  for (const name of ["success@1", "headline"]) {
    const a = old[before.names.indexOf(name)] ?? null;
    const b = values.get(marks.id)![names.indexOf(name)] ?? null;
    if (a !== null && b !== null && a !== b) return b > a ? "won" : "lost";
  }
  return null;
}

function head(summary: Summary, marks: readonly Marks[], comparison: Comparison | null): string {
  const { questions, conversations, scored, answerable, encoder, ranking, builtAt } = summary;
  const about =
    `${counted(questions, "question")}${conversations > 0 ? ` (${counted(conversations, "conversation")})` : ""}, ` +
    `${scored} scored, ${answerable} of them answerable. Encoder ${encoder}${ranking === null ? "" : `, ranked by ${ranking}`}, ` +
    `index of ${builtAt.replace("T", " ").slice(0, 16)}.`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Evaluation of ${counted(questions, "question")}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Evaluation</h1>
<p class="note">${html(about)}</p>
</header>
<main>
${fates(marks)}
<ul class="tiles" aria-label="Main metrics, with 95 % intervals">${TILES.map((name) => tile(name, summary.metrics[name])).join("")}</ul>
${against(comparison)}
${breakdown("Type", "type", summary.byType, (type) => marks.filter((one) => one.type === type))}
${breakdown("Document", "document", summary.byDocument, (id) => marks.filter((one) => one.documents.includes(id)))}
${curve(summary)}
${allMetrics(summary)}
<section aria-labelledby="questions">
<h2 id="questions" tabindex="-1">Questions</h2>
${filters(marks, comparison !== null)}
<p id="count" role="status"></p>
`;
}

/** What became of all questions, with a legend that names the colours of every bar. */
function fates(marks: readonly Marks[]): string {
  const counts = fatesOf(marks);
  const all = FATES.reduce((sum, fate) => sum + counts[fate], 0);
  if (all === 0) return "";
  const legend = FATES.map(
    (fate, i) =>
      `<li><span class="key fate-${i}"></span>${fate} <strong>${counts[fate]}</strong> <span class="note">${percent(counts[fate] / all)}</span></li>`,
  );
  return `<div class="overview">${stackedBar(counts)}</div><ul class="legend">${legend.join("")}</ul>
<p class="note">Of the ${counted(all, "scored question")}; a question that the documents don't answer is right when it is refused.</p>`;
}

function tile(name: string, metric: Metric | undefined): string {
  if (metric === undefined) return "";
  const interval = intervalText(name, metric);
  return (
    `<li><span class="note">${html(name)}</span><span class="value">${html(valueText(name, metric))}</span>` +
    `<span class="interval">${interval === "" ? "" : `${interval} · `}n ${metric.n}</span><span class="about">${html(METRICS[name]?.about ?? "")}</span></li>`
  );
}

function against(comparison: Comparison | null): string {
  if (comparison === null) return "";
  const rows = comparison.paired.map(
    ({ name, n, before, now, won, lost, p }) =>
      `<tr><th scope="row">${html(name)}</th><td class="number few">${n}</td><td class="number">${valueText(name, { value: before })}</td>` +
      `<td class="number">${valueText(name, { value: now })}</td><td class="number">${won.length}</td><td class="number">${lost.length}</td><td class="number">${p.toFixed(3)}</td></tr>`,
  );
  return `<section><h2>Against the baseline</h2><p>Verdict: ${html(VERDICTS[comparison.verdict])}, over ${counted(comparison.shared.length, "question")} that both asked.</p>
<div class="wide" tabindex="0" role="region" aria-label="Against the baseline"><table><thead><tr><th scope="col">Metric</th><th scope="col" class="number few">n</th><th scope="col" class="number">before</th><th scope="col" class="number">now</th><th scope="col" class="number">won</th><th scope="col" class="number">lost</th><th scope="col" class="number">p</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></div></section>`;
}

function curve({ riskCoverage, metrics, scored }: Summary): string {
  if (riskCoverage.length === 0) return "";
  const [area, five, right] = [metrics["aurc"], metrics["coverage@5%wrong"], metrics["asserted/right"]];
  const asserted = right === undefined ? null : { coverage: right.n / scored, risk: 1 - right.value };
  const facts = [
    asserted === null
      ? ""
      : `Now ${percent(asserted.coverage)} are answered without doubt, ${percent(asserted.risk)} of them wrongly.`,
    five === undefined ? "" : `With at most 5 % wrong, ${percent(five.value)} could be answered.`,
    area === undefined ? "" : `Area under the curve ${area.value.toFixed(3)} (lower is better).`,
  ];
  return `<section><h2>Risk and coverage</h2><figure>${riskCoverageCurve(riskCoverage, asserted)}<figcaption><p>What share is wrong when only the questions with the highest confidence are answered.</p><p>${facts.join(" ")}</p></figcaption></figure></section>`;
}

function allMetrics({ metrics }: Summary): string {
  const rows = Object.entries(metrics).map(
    ([name, metric]) =>
      `<tr><th scope="row">${html(name)}</th><td class="number">${html(valueText(name, metric))}</td><td class="number">${intervalText(name, metric)}</td>` +
      `<td class="number">${metric.n}</td><td>${html(METRICS[name]?.about ?? "")}</td></tr>`,
  );
  return `<section><h2>All metrics</h2><details><summary>Show all ${rows.length}</summary><div class="wide" tabindex="0" role="region" aria-label="All metrics"><table><thead><tr><th scope="col">Metric</th><th scope="col" class="number">Value</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">of</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></div></details></section>`;
}
