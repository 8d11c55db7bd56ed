// Answered questions and their marks -> the list of the report: each can be opened to see what was asked,
// quoted, expected, and how the ranking came out. Filtering is the script's.

import type { Quote, RankedPassage, Span } from "../../../types.ts";
import type { Marks } from "../../judge.ts";
import { isRight } from "../../match.ts";
import { sectionText } from "../../results.ts";
import type { Asked } from "../../run.ts";
import type { Evidence } from "../../sets/types.ts";
import { failureOf } from "../junit.ts";
import { html } from "../../../text/escape-html.ts";

export type Status = "right" | "wrong" | "refused" | "unscored";

/** What a question came to; a rightly refused one is right. */
export function statusOf(marks: Marks): Status {
  if (marks.answerable === null) return "unscored";
  if (failureOf(marks) === null) return "right";
  return marks.outcome === "none" ? "refused" : "wrong";
}

const BADGES: Readonly<Record<Status, string>> = {
  right: "✓ right",
  wrong: "✗ wrong",
  refused: "– refused",
  unscored: "unscored",
};

/** One question, closed. */
export function questionHtml(marks: Marks, { test, answer }: Asked): string {
  const status = statusOf(marks);
  const documents =
    marks.documents.length > 0 ? marks.documents : answer.quotes.map((quote) => quote.document);
  const failure = failureOf(marks);
  const understood =
    answer.understood === test.text ? "" : `<p class="note">Understood as: ${html(answer.understood)}</p>`;
  return (
    `<details class="question" data-status="${status}" data-type="${html(marks.type)}" data-outcome="${answer.outcome}"` +
    ` data-documents="${html(JSON.stringify([...new Set(documents)]))}">` +
    `<summary><span class="badge ${status}">${BADGES[status]}</span> <span class="id">${html(test.id)}</span> ` +
    `<span class="text">${html(test.text)}</span></summary>` +
    `<div class="body">${understood}` +
    (failure === null ? "" : `<p class="why">${html(sentence(failure))}</p>`) +
    `<div class="columns"><section><h4>Quoted</h4>${quotedHtml(answer.quotes)}` +
    `<p class="note">Outcome: ${answer.outcome}, confidence ${answer.confidence.toFixed(2)}, ${Math.round(answer.ms)} ms</p></section>` +
    `<section><h4>Expected</h4>${expectedHtml(marks, test.evidence, test.answers)}</section></div>` +
    `${rankingHtml(answer.passages.slice(0, 10), test.evidence)}</div></details>`
  );
}

function quotedHtml(quotes: readonly Quote[]): string {
  if (quotes.length === 0) return "<p>Nothing.</p>";
  return quotes
    .map(
      (quote) =>
        `<blockquote>${quote.leadIn === null ? "" : `<p class="lead-in">${html(quote.leadIn)}</p>`}` +
        `<p>${highlighted(quote.text, quote.bold)}</p><footer>${place(quote)}</footer></blockquote>`,
    )
    .join("");
}

function expectedHtml(
  { answerable }: Marks,
  evidence: readonly Evidence[],
  answers: readonly string[],
): string {
  if (answerable === null) return "<p>Nobody said.</p>";
  if (!answerable) return "<p>No answer: the documents don't say.</p>";
  const gold =
    answers.length === 0
      ? ""
      : `<p>Answer: <strong>${answers.map(html).join("</strong> or <strong>")}</strong></p>`;
  const places = evidence.map(
    ({ document, paragraph, page, quote }) =>
      `<blockquote>${quote === null ? "" : `<p>${html(quote)}</p>`}` +
      `<footer>${place({ document, paragraph: paragraph ?? null, page, section: [] })}</footer></blockquote>`,
  );
  return gold + places.join("");
}

/** The ranking, with the right passages marked, and by how much the first right one lost. */
function rankingHtml(passages: readonly RankedPassage[], evidence: readonly Evidence[]): string {
  if (passages.length === 0) return "";
  const right = passages.map((passage) => evidence.some((one) => isRight(one, passage)));
  const first = right.indexOf(true);
  const gap = (passages[0]?.score ?? 0) - (passages[first]?.score ?? 0);
  const verdict =
    evidence.length === 0 || first === 0
      ? ""
      : first < 0
        ? " — no right passage among them"
        : ` — the first right one is at rank ${first + 1}, ${gap.toPrecision(3)} behind`;
  const rows = passages.map(
    (passage, i) =>
      `<tr${right[i] ? ' class="is-right"' : ""}><td class="number">${passage.rank}${right[i] ? " ✓" : ""}</td>` +
      `<td class="number">${passage.score.toPrecision(4)}</td><td>${html(clipped(passage.text))}<br><span class="place">${place(passage)}</span></td></tr>`,
  );
  return (
    `<details class="ranking"><summary>Ranking${verdict}</summary><div class="wide"><table><thead><tr><th scope="col">Rank</th>` +
    `<th scope="col">Score</th><th scope="col">Passage</th></tr></thead><tbody>${rows.join("")}</tbody></table></div></details>`
  );
}

function highlighted(text: string, spans: readonly Span[]): string {
  let shown = "";
  let from = 0;
  for (const { start, end } of spans) {
    shown += `${html(text.slice(from, start))}<mark>${html(text.slice(start, end))}</mark>`;
    from = end;
  }
  return shown + html(text.slice(from));
}

function place(cited: {
  readonly document: string;
  readonly section: readonly string[];
  readonly paragraph: string | null;
  readonly page: number | null;
}): string {
  const parts = [
    cited.document,
    sectionText(cited.section),
    cited.paragraph === null ? null : `paragraph ${cited.paragraph}`,
    cited.page === null ? null : `page ${cited.page}`,
  ];
  return html(parts.filter((part) => part !== null).join(", "));
}

function clipped(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300).replace(/\S*$/, "").trimEnd()}…` : text;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
