// A question's ranked passages -> where the right one stands, what set the first one above it, and the table
// of both. What a feature adds is worked out by whoever gives `Why`.

import type { RankedPassage } from "../../../types.ts";
import { byFamily, type Contribution } from "../../../retrieval/contributions.ts";
import { isRight } from "../../match.ts";
import { sectionText } from "../../results.ts";
import type { Evidence } from "../../sets/types.ts";
import { html } from "../../../text/escape-html.ts";

type Features = NonNullable<RankedPassage["features"]>;
/** Splits the gap between two passages' scores over their features, largest part first. */
export type Why = (own: Features, other: Features) => Contribution[];

/** Passages shown, and single features. */
const SHOWN = 10;
const SINGLE = 8;

/** The index of the first passage at a right place; -1 for none. */
export function firstRight(passages: readonly RankedPassage[], evidence: readonly Evidence[]): number {
  return passages.findIndex((passage) => evidence.some((one) => isRight(one, passage)));
}

/** The reasons for a wrong first passage, and the ranking with the right passages marked; empty without any passage. */
export function rankingHtml(
  passages: readonly RankedPassage[],
  evidence: readonly Evidence[],
  why: Why | null,
): string {
  const top = passages[0];
  if (top === undefined) return "";
  const right = firstRight(passages, evidence);
  const first = passages[right];
  const gap = first === undefined ? 0 : top.score - first.score;
  const verdict =
    evidence.length === 0 || right === 0
      ? ""
      : first === undefined
        ? ` — no right passage among ${passages.length < SHOWN ? "them" : passages.length}`
        : ` — the first right one is at rank ${first.rank}, ${gap.toPrecision(3)} behind`;
  const further = first !== undefined && right >= SHOWN ? [first] : [];
  const rows = [...passages.slice(0, SHOWN), ...further].map((passage) => row(passage, evidence));
  return (
    (right > 0 && why !== null ? reasons(top, first!, why) : "") +
    `<details class="ranking"><summary>Ranking${verdict}</summary><div class="wide" tabindex="0" role="region" aria-label="Ranking"><table><thead><tr><th scope="col">Rank</th>` +
    `<th scope="col">Score</th><th scope="col">Passage</th></tr></thead><tbody>${rows.join("")}</tbody></table></div></details>`
  );
}

function row(passage: RankedPassage, evidence: readonly Evidence[]): string {
  const right = evidence.some((one) => isRight(one, passage));
  return (
    `<tr${right ? ' class="is-right"' : ""}><td class="number">${passage.rank}${right ? " ✓" : ""}</td>` +
    `<td class="number">${passage.score.toPrecision(4)}</td><td>${html(clipped(passage.text))}<br><span class="place">${place(passage)}</span></td></tr>`
  );
}

/** What the first passage has over the right one, by what the features look at, then the single ones. */
function reasons(first: RankedPassage, right: RankedPassage, why: Why): string {
  if (first.features === undefined || right.features === undefined) return "";
  const all = why(first.features, right.features);
  const families = byFamily(all);
  // What the conversation before and the newest document's precedence add is in no feature.
  const rest = first.score - right.score - all.reduce((sum, { by }) => sum + by, 0);
  const parts = [
    ...families.map(({ family, by }) => ({ name: family, by })),
    ...(Math.abs(rest) > 0.05 ? [{ name: "conversation, or the newest document first", by: rest }] : []),
  ].filter(({ by }) => Math.abs(by) >= 0.05);
  const most = Math.max(...parts.map(({ by }) => Math.abs(by)));
  const rows = parts.map(
    ({ name, by }) =>
      `<tr><th scope="row">${html(name)}</th><td class="number">${signed(by)}</td><td>${push(by / most)}</td></tr>`,
  );
  const single = all
    .slice(0, SINGLE)
    .map(
      ({ feature, own, other, by }) =>
        `<tr><th scope="row">${html(feature)}</th><td class="number">${own.toFixed(2)}</td><td class="number">${other.toFixed(2)}</td><td class="number">${signed(by)}</td></tr>`,
    );
  return (
    `<div class="reasons"><h3>Why the first is ${(first.score - right.score).toPrecision(3)} above the right one (rank ${right.rank})</h3>` +
    `<table class="families"><thead class="unseen"><tr><th scope="col">What counts</th><th scope="col">adds to the first</th><th scope="col">as a bar</th></tr></thead><tbody>${rows.join("")}</tbody></table>` +
    `<details class="ranking"><summary>Single features</summary><div class="wide" tabindex="0" role="region" aria-label="Single features"><table><thead><tr><th scope="col">Feature</th><th scope="col" class="number">first</th><th scope="col" class="number">right one</th><th scope="col" class="number">adds</th></tr></thead><tbody>${single.join("")}</tbody></table></div></details></div>`
  );
}

/** A bar to the right for what lifts the first passage, to the left for what lifts the right one. */
function push(share: number): string {
  const width = Math.abs(share) * 60;
  const x = share < 0 ? 60 - width : 60;
  return (
    `<svg class="push" viewBox="0 0 120 12" aria-hidden="true"><rect class="${share < 0 ? "against" : "for"}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="12"/>` +
    `<path class="middle" d="M60 0V12"/></svg>`
  );
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

/** A citation in one line. */
export function place(cited: {
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
