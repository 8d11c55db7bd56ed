// An answer -> what of it one message shows: up to three quotations, a list's items being one, or fewer
// with related passages to make three. The rest is behind a button.

import { byList, mergeList } from "../answer/list.ts";
import type { Answer, Quote, RankedPassage } from "../types.ts";

/** Passages shown beside the first. */
const FURTHER = 2;

export interface Selection {
  /** One for each quotation that is shown, a list's items merged. */
  readonly quotes: readonly Quote[];
  /** The first quotation as it was before merging. */
  readonly first: readonly Quote[];
  readonly related: readonly Quote[];
  /** Ids of all passages that are shown. */
  readonly shown: readonly string[];
}

export function select(answer: Answer): Selection {
  const groups = answer.outcome === "none" ? [] : byList(answer.quotes).slice(0, 1 + FURTHER);
  const quotes = groups.map(mergeList);
  const room = quotes.length === 0 ? 1 + FURTHER : 1 + FURTHER - quotes.length;
  const quoted = groups.flat().map(({ passage }) => passage);
  const related = answer.related.filter(({ passage }) => !quoted.includes(passage)).slice(0, room);
  return {
    quotes,
    first: groups[0] ?? [],
    related,
    shown: [...quoted, ...related.map(({ passage }) => passage)],
  };
}

/** The ranked passages that are not among those shown. */
export function unshown(answer: Answer, shown: readonly string[]): RankedPassage[] {
  return answer.passages.filter(({ passage }) => !shown.includes(passage));
}
