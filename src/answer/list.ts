// A list's item -> its whole list, for questions that ask for all of it. Items without printed numbers
// that stand together are one quotation; numbered ones keep their own citations.

import type { OpenIndex } from "../index/open-index.ts";
import type { Passage, Quote } from "../types.ts";

/** Longer lists are quoted in part only: more does not fit a message that is read at a glance. */
const LONGEST = 40;

/** The passages of the list that `passage` belongs to, in order; empty if it is in none. */
export function listOf(passage: Passage, index: OpenIndex): Passage[] {
  if (passage.list === undefined) return [];
  const start = index.places.get(passage.id)!;
  const inList = (place: number) => {
    const other = index.passages[place];
    // A footnote may interrupt a list.
    return other?.document === passage.document && (other.list === passage.list || other.kind === "footnote");
  };
  let from = start;
  let to = start;
  while (inList(from - 1)) from--;
  while (inList(to + 1)) to++;
  return index.passages
    .slice(from, to + 1)
    .filter((other) => other.list === passage.list)
    .slice(0, LONGEST);
}

/** The items that a passage introduces ("These are:"); empty for any other passage. */
export function introducedBy(passage: Passage, index: OpenIndex): Passage[] {
  if (!passage.text.endsWith(":")) return [];
  const next = index.passages[index.places.get(passage.id)! + 1];
  return next?.document === passage.document && next.leadIn?.text === passage.text ? listOf(next, index) : [];
}

/** Numbered paragraphs under one heading, close by: "what three things should the board improve?" */
export function sectionOf(passage: Passage, index: OpenIndex, most: number): Passage[] {
  const start = index.places.get(passage.id)!;
  const heading = passage.section.at(-1);
  const same = (place: number) => {
    const other = index.passages[place];
    return (
      other?.document === passage.document &&
      other.paragraph !== null &&
      other.section.at(-1) === heading &&
      other.section.length === passage.section.length
    );
  };
  if (heading === undefined || passage.paragraph === null) return [];
  let from = start;
  let to = start;
  while (same(from - 1)) from--;
  while (same(to + 1)) to++;
  return to - from + 1 <= most ? index.passages.slice(from, to + 1) : [];
}

/** Quotes of one list follow each other under one lead-in and one source. */
export function byList(quotes: readonly Quote[]): Quote[][] {
  const groups: Quote[][] = [];
  for (const quote of quotes) {
    const last = groups.at(-1)?.at(-1);
    const same =
      last &&
      last.leadIn !== null &&
      last.leadIn === quote.leadIn &&
      last.paragraph === quote.paragraph &&
      last.document === quote.document;
    if (same) groups.at(-1)!.push(quote);
    else groups.push([quote]);
  }
  return groups;
}

/** A list's quotes as one quotation, an item a line, with all of its pieces. */
export function mergeList(quotes: readonly Quote[]): Quote {
  const [first, ...rest] = quotes as readonly [Quote, ...Quote[]];
  return rest.reduce<Quote>((all, quote) => {
    const shift = all.text.length + 1;
    const notes = [...(all.notes ?? []), ...(quote.notes ?? [])];
    return {
      ...all,
      text: `${all.text}\n${quote.text}`,
      pieces: [
        ...all.pieces,
        ...quote.pieces.map((piece, i) => (i === 0 ? { ...piece, join: "\n" as const } : piece)),
      ],
      bold: [
        ...all.bold,
        ...quote.bold.map(({ start, end }) => ({ start: start + shift, end: end + shift })),
      ],
      ...(notes.length > 0 && { notes: [...new Set(notes)] }),
    };
  }, first);
}
