// Passages, quotes and evidence -> who is right. The one place that decides whether a passage is the one
// that the question set names.

import { comparable, containsWords, squeezed, words } from "./comparable.ts";
import type { Evidence } from "./sets/types.ts";

/** What passages and quotes have in common. */
export interface Cited {
  readonly document: string;
  readonly paragraph: string | null;
  readonly page: number | null;
  readonly text: string;
}

/** A text inside the evidence's quote is the same place only if it is as many words long; "Health" isn't. */
const A_FEW_WORDS = 4;

/**
 * Whether a passage or quote is at the evidence's place: the same document, and the same printed paragraph
 * where the evidence has one, else the same words.
 */
export function isRight(evidence: Evidence, cited: Cited): boolean {
  if (evidence.document !== cited.document) return false;
  if (typeof evidence.paragraph === "string") return evidence.paragraph === cited.paragraph;
  return sameWords(evidence, cited);
}

/**
 * Whether the text holds the evidence's quote, or is (at least a few words long) held by it. White space,
 * markup, case and kinds of quotation marks and dashes don't count.
 */
export function sameWords({ quote }: Evidence, { text }: Cited): boolean {
  if (quote === null) return false;
  const wanted = squeezed(quote);
  const given = squeezed(text);
  if (wanted === "" || given === "") return false;
  return given.includes(wanted) || (wanted.includes(given) && words(text).length >= A_FEW_WORDS);
}

/**
 * Whether the citation is that of an evidence with the quote's words: document and printed paragraph equal,
 * and the page where the evidence has one. Null when no evidence has these words.
 */
export function citationExact(evidence: readonly Evidence[], quote: Cited): boolean | null {
  const same = evidence.filter((one) => sameWords(one, quote));
  if (same.length === 0) return null;
  return same.some(
    (one) =>
      one.document === quote.document &&
      (one.paragraph === undefined || (one.paragraph ?? null) === quote.paragraph) &&
      (one.page === null || one.page === quote.page),
  );
}

/**
 * Whether the answer stands in the quotes: a gold answer or alias as whole words, or the words of an
 * evidence. With `need` "all", every evidence must stand there. Null when there is nothing to look for.
 */
export function answerInQuotes(
  question: {
    readonly need: "any" | "all";
    readonly evidence: readonly Evidence[];
    readonly answers: readonly string[];
  },
  quotes: readonly Cited[],
): boolean | null {
  const { need, evidence, answers } = question;
  const quoted = evidence.filter(({ quote }) => quote !== null);
  const holds = ({ document, quote }: Evidence): boolean =>
    quotes.some((one) => one.document === document && squeezed(one.text).includes(squeezed(quote ?? "")));
  if (need === "all") return quoted.length === 0 ? null : quoted.every(holds);
  if (answers.length === 0 && quoted.length === 0) return null;
  return (
    quoted.some(holds) || answers.some((answer) => quotes.some((one) => containsWords(one.text, answer)))
  );
}

/** How far a ranking finds what is relevant. */
export interface Ranking {
  /** 1 at the ranks (from index 0) of the first passage at each place that answers, else 0. */
  readonly gains: readonly number[];
  /** How many relevant there are in all, found or not. */
  readonly relevant: number;
}

/**
 * Judges ranked passages. Evidence in one numbered paragraph is one place, and so are evidences that one
 * passage holds together; a further passage at a place already found gains nothing.
 */
export function judgePassages(evidence: readonly Evidence[], passages: readonly Cited[]): Ranking {
  const places = new Map<string, Evidence[]>();
  for (const one of evidence) {
    const key = typeof one.paragraph === "string" ? ["¶", one.paragraph] : ["", comparable(one.quote ?? "")];
    const id = JSON.stringify([one.document, ...key]);
    places.set(id, [...(places.get(id) ?? []), one]);
  }
  const gains = passages.map((passage) => {
    const found = [...places].filter(([, group]) => group.some((one) => isRight(one, passage)));
    for (const [id] of found) places.delete(id);
    return found.length > 0 ? 1 : 0;
  });
  return { gains, relevant: gains.filter((gain) => gain > 0).length + places.size };
}

/** Judges the documents of ranked passages, each at its first passage. */
export function judgeDocuments(evidence: readonly Evidence[], passages: readonly Cited[]): Ranking {
  const wanted = new Set(evidence.map(({ document }) => document));
  const ranked = [...new Set(passages.map(({ document }) => document))];
  return { gains: ranked.map((document) => (wanted.has(document) ? 1 : 0)), relevant: wanted.size };
}
