// Passages that somebody picked, and the words that answer -> a line of a question set, its quotes and its
// answer in the documents' own words.

import { sentences } from "../../text/sentences.ts";
import type { Citation } from "../../types.ts";

/** What is picked from: a ranked passage, or one that was found by other words. */
export interface Pickable extends Citation {
  readonly passage: string;
  readonly text: string;
}

export interface GoldEvidence {
  readonly document: string;
  readonly paragraph: string | null;
  readonly page?: number;
  readonly quote: string;
}

/** A reviewed question, as it is written. */
export interface GoldLine {
  readonly id: string;
  readonly question: string;
  readonly type: string;
  readonly answerable: boolean;
  readonly need?: "all";
  readonly evidence?: readonly GoldEvidence[];
  readonly answer?: string;
}

/**
 * The words as they stand in the text: case and white space don't count. Null when they don't stand there.
 * Worked example: `wordsIn("Of  these, 62%\nwere NEET.", "of these, 62% were")` -> `"Of  these, 62%\nwere"`.
 */
export function wordsIn(text: string, given: string): string | null {
  const words = given.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  return new RegExp(pattern, "iu").exec(text)?.[0] ?? null;
}

/**
 * Where the passage answers: the sentence that holds the answer, or the whole passage where no sentence
 * does or nothing is said of an answer. What doesn't stand in the document in one stretch, because a page
 * ends in it, gives way to its longest sentence that does; `stands` tells.
 */
export function evidenceOf(
  { document, paragraph, page, text }: Pickable,
  answer: string | null,
  stands: (quote: string) => boolean,
): GoldEvidence {
  const all = sentences(text).map(({ start, end }) => text.slice(start, end));
  const holding = all.find((sentence) => answer !== null && sentence.includes(answer));
  const choices = [holding ?? text, ...all.toSorted((a, b) => b.length - a.length)];
  const quote = choices.find(stands) ?? text;
  return { document, paragraph, ...(page !== null && { page }), quote };
}
