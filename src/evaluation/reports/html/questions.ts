// Answered questions and their marks -> the list of the report: each can be opened to see what was asked,
// quoted and expected; how it was ranked is in ranking.ts. Filtering is the script's.

import { wordsAbove } from "../../../answer/quote.ts";
import type { Quote, Span } from "../../../types.ts";
import type { Marks } from "../../judge.ts";
import type { Asked } from "../../run.ts";
import type { Evidence } from "../../sets/types.ts";
import { failureOf } from "../junit.ts";
import { html } from "../../../text/escape-html.ts";
import { firstRight, place, rankingHtml, type Why } from "./ranking.ts";

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

/** One question, closed; the first right passage's rank and what became of it against the baseline are on it. */
export function questionHtml(
  marks: Marks,
  { test, answer }: Asked,
  why: Why | null,
  change: "won" | "lost" | null,
): string {
  const status = statusOf(marks);
  const failure = failureOf(marks);
  const understood =
    answer.understood === test.text ? "" : `<p class="note">Understood as: ${html(answer.understood)}</p>`;
  const right = firstRight(answer.passages, test.evidence);
  const rank = test.evidence.length === 0 ? "" : right < 0 ? "none" : String(right + 1);
  return (
    `<details class="question" data-status="${status}" data-type="${html(marks.type)}" data-outcome="${answer.outcome}"` +
    ` data-rank="${rank}" data-change="${change ?? ""}" data-confidence="${answer.confidence.toFixed(4)}"` +
    ` data-documents="${html(JSON.stringify(marks.documents))}">` +
    `<summary><span class="badge ${status}">${BADGES[status]}</span> ` +
    (change === null ? "" : `<span class="change ${change}">${change}</span> `) +
    `<span class="id">${html(test.id)}</span> <bdi class="text">${html(test.text)}</bdi></summary>` +
    `<div class="body">${understood}` +
    (failure === null ? "" : `<p class="why">${html(sentence(failure))}</p>`) +
    `<div class="columns"><section><h3>Quoted</h3>${quotedHtml(answer.quotes)}` +
    `<p class="note">Outcome: ${answer.outcome}, confidence ${answer.confidence.toFixed(2)}, ${Math.round(answer.ms)} ms</p></section>` +
    `<section><h3>Expected</h3>${expectedHtml(marks, test.evidence, test.answers)}</section></div>` +
    `${rankingHtml(answer.passages, test.evidence, why)}</div></details>`
  );
}

function quotedHtml(quotes: readonly Quote[]): string {
  if (quotes.length === 0) return "<p>Nothing.</p>";
  return quotes
    .map((quote) => {
      const above = wordsAbove(quote);
      return (
        `<blockquote>${above === null ? "" : `<p class="lead-in">${html(above)}</p>`}` +
        `<p>${highlighted(quote.text, quote.bold)}</p><footer>${place(quote)}</footer></blockquote>`
      );
    })
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
      `<blockquote>${quote === null ? "" : `<p>${highlighted(quote, found(quote, answers))}</p>`}` +
      `<footer>${place({ document, paragraph: paragraph ?? null, page, section: [] })}</footer></blockquote>`,
  );
  return gold + places.join("");
}

/** Where the first of the answers that stands in the quote does. */
function found(quote: string, answers: readonly string[]): Span[] {
  const folded = quote.toLowerCase();
  // Lower case may be longer than what it is made from; then nothing is marked.
  if (folded.length !== quote.length) return [];
  const answer = answers.find((one) => folded.includes(one.toLowerCase()));
  if (answer === undefined) return [];
  const start = folded.indexOf(answer.toLowerCase());
  return [{ start, end: start + answer.length }];
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

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
