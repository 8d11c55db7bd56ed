// Metrics by type or document -> a table with what became of the questions and how often the first passage
// was right. A name is a button that filters the list of questions (script.ts).

import type { Marks } from "../../judge.ts";
import type { Summary } from "../../summary-schema.ts";
import { intervalText, refusedText, valueText } from "../table.ts";
import { bar, stackedBar } from "./charts.ts";
import { html } from "../../../text/escape-html.ts";
import { fatesOf } from "./fates.ts";

const COLUMNS = ["recall@5", "answer-in-quote", "headline"];

/** `field` is the filter's that the names belong to, `marksOf` gives the marks of a group. */
export function breakdown(
  title: string,
  field: "type" | "document",
  groups: Summary["byType"],
  marksOf: (group: string) => readonly Marks[],
): string {
  const rows = Object.entries(groups).map(([name, { questions, metrics }]) => {
    const share = metrics["success@1"];
    const value = (key: string): string =>
      metrics[key] === undefined ? "" : html(valueText(key, metrics[key]));
    return (
      `<tr><th scope="row"><button type="button" class="pick" data-field="${field}" data-value="${html(name)}">${breakable(html(name))}</button></th>` +
      `<td class="number">${questions}</td><td>${stackedBar(fatesOf(marksOf(name)))}</td>` +
      `<td class="number">${value("success@1")}</td>` +
      `<td class="more">${share === undefined ? "" : bar(share)}</td>` +
      `<td class="number more">${share === undefined ? "" : intervalText("success@1", share)}</td>` +
      COLUMNS.map((key) => `<td class="number more">${value(key)}</td>`).join("") +
      `<td class="number few">${refusedText(metrics)}</td></tr>`
    );
  });
  if (rows.length === 0) return "";
  const heads = COLUMNS.map((key) => `<th scope="col" class="number more">${html(key)}</th>`).join("");
  return `<section><h2>By ${field}</h2><div class="wide" tabindex="0" role="region" aria-label="${title}"><table class="breakdown">
<thead><tr><th scope="col">${title}</th><th scope="col" class="number">n</th><th scope="col">outcomes</th><th scope="col" class="number">success@1</th><th scope="col" class="more">95 % interval</th><th scope="col" class="number more">in %</th>${heads}<th scope="col" class="number few">refused</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div></section>`;
}

/** Long names may be broken where their parts meet. */
function breakable(name: string): string {
  return name.replace(/[_/-](?=\w)/g, "$&<wbr>");
}
