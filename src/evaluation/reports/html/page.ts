// A whole evaluation -> one HTML page that needs nothing else: no network, no other file. Charts, list of
// questions, style and script have their own files.

import type { Marks } from "../../judge.ts";
import { METRICS } from "../../metrics.ts";
import type { AnsweredItem } from "../../run.ts";
import type { Metric, Summary } from "../../summary-schema.ts";
import { counted, intervalText, valueText } from "../table.ts";
import { bar, percent, riskCoverageCurve } from "./charts.ts";
import { html } from "../../../text/escape-html.ts";
import { questionHtml, statusOf } from "./questions.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

const TILES = [
  "headline",
  "success@1",
  "answer-in-quote",
  "follow-up/success@1",
  "answerable/refused",
  "near-miss/asserted",
  "off-topic/refused",
  "quote-integrity",
  "latency/p95",
];
const COLUMNS = ["success@1", "recall@5", "answer-in-quote", "headline"];

/** The page; `marks` are those of `answered`. */
export function reportHtml(
  summary: Summary,
  answered: readonly AnsweredItem[],
  marks: readonly Marks[],
): string {
  const asked = answered.flatMap((item) => item.asked);
  const { questions, conversations, scored, answerable, encoder, builtAt } = summary;
  const about =
    `${counted(questions, "question")}${conversations > 0 ? ` (${counted(conversations, "conversation")})` : ""}, ` +
    `${scored} scored, ${answerable} of them answerable. Encoder ${encoder}, index of ${builtAt.replace("T", " ").slice(0, 16)}.`;
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
<ul class="tiles">${TILES.map((name) => tile(name, summary.metrics[name])).join("")}</ul>
${breakdown("By type", "Type", summary.byType)}
${breakdown("By document", "Document", summary.byDocument)}
${curve(summary)}
${allMetrics(summary)}
<section aria-labelledby="questions">
<h2 id="questions">Questions</h2>
${filters(marks)}
<p id="count" role="status"></p>
${marks.map((mark, i) => questionHtml(mark, asked[i]!)).join("\n")}
</section>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function tile(name: string, metric: Metric | undefined): string {
  if (metric === undefined) return "";
  const interval = intervalText(metric);
  return (
    `<li><span class="note">${html(name)}</span><span class="value">${html(valueText(name, metric))}</span>` +
    `<span class="about">${html(METRICS[name]?.about ?? "")}${interval === "" ? "" : ` (${interval})`}, of ${metric.n}</span></li>`
  );
}

function breakdown(title: string, what: string, groups: Summary["byType"]): string {
  const rows = Object.entries(groups).map(([name, { questions, metrics }]) => {
    const share = metrics["success@1"];
    const cells = COLUMNS.map(
      (key) =>
        `<td class="number">${metrics[key] === undefined ? "" : html(valueText(key, metrics[key]))}</td>`,
    );
    const chart = share === undefined ? "" : `${bar(share)}`;
    return (
      `<tr><th scope="row">${html(name)}</th><td class="number">${questions}</td>${cells.join("")}` +
      `<td>${chart}</td><td class="number">${share === undefined ? "" : intervalText(share)}</td></tr>`
    );
  });
  if (rows.length === 0) return "";
  const heads = COLUMNS.map((key) => `<th scope="col" class="number">${html(key)}</th>`).join("");
  return `<section><h2>${title}</h2><div class="wide" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr><th scope="col">${what}</th><th scope="col" class="number">n</th>${heads}<th scope="col">success@1, 95 % interval</th><th scope="col" class="number">in %</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div></section>`;
}

function curve({ riskCoverage, metrics }: Summary): string {
  if (riskCoverage.length === 0) return "";
  const [area, five] = [metrics["aurc"], metrics["coverage@5%wrong"]];
  const facts = [
    area === undefined ? "" : `Area under the curve ${area.value.toFixed(3)} (lower is better).`,
    five === undefined ? "" : `With at most 5 % wrong, ${percent(five.value)} can be answered.`,
  ];
  return `<section><h2>Risk and coverage</h2><figure>${riskCoverageCurve(riskCoverage)}<figcaption>What share is wrong when only the questions with the highest confidence are answered. ${facts.join(" ")}</figcaption></figure></section>`;
}

function allMetrics({ metrics }: Summary): string {
  const rows = Object.entries(metrics).map(
    ([name, metric]) =>
      `<tr><th scope="row">${html(name)}</th><td class="number">${html(valueText(name, metric))}</td><td class="number">${intervalText(metric)}</td>` +
      `<td class="number">${metric.n}</td><td>${html(METRICS[name]?.about ?? "")}</td></tr>`,
  );
  return `<section><h2>All metrics</h2><details><summary>Show all ${rows.length}</summary><div class="wide"><table><thead><tr><th scope="col">Metric</th><th scope="col" class="number">Value</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">of</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></div></details></section>`;
}

/** Hidden until the script that they need runs. Failures are what is looked for, if there are any. */
function filters(marks: readonly Marks[]): string {
  const failed = marks.some((mark) => ["wrong", "refused"].includes(statusOf(mark)));
  const types = [...new Set(marks.map(({ type }) => type))].toSorted();
  const documents = [...new Set(marks.flatMap((mark) => mark.documents))].toSorted();
  const results = [
    `<option value="failed"${failed ? " selected" : ""}>Failures</option>`,
    ...["right", "wrong", "refused", "unscored"].map((status) => `<option>${status}</option>`),
  ];
  return (
    `<form id="filters" hidden>${select("Result", "status", results, !failed)}` +
    select("Type", "type", types.map(option)) +
    select("Outcome", "outcome", ["answer", "unsure", "none"].map(option)) +
    select("Document", "document", documents.map(option)) +
    `<label>Words<input type="search" name="words"></label>` +
    `<button type="button" id="open">Open or close all</button><button type="reset">Reset</button></form>`
  );
}

function select(label: string, name: string, options: readonly string[], all = false): string {
  return `<label>${label}<select name="${name}"><option value=""${all ? " selected" : ""}>all</option>${options.join("")}</select></label>`;
}

function option(value: string): string {
  return `<option>${html(value)}</option>`;
}
