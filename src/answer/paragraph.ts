// A passage's id or a printed number -> the paragraph there and its neighbours, as proved quotations. A
// paragraph is what a reader takes for one: a list goes with the sentence that introduces it. How it is
// shown is left to the doors.

import type { OpenIndex } from "../index/open-index.ts";
import type { ParagraphStart, Passage, Quote, Span, Surroundings } from "../types.ts";
import { quotePassage } from "./quote.ts";

/** Passages of a list that are looked at on either side; longer lists are shown in part. */
const REACH = 40;
const START = 100;

/** The paragraph that holds a passage, with the ones before and after it; null for an unknown passage. */
export function paragraphAround(id: string, index: OpenIndex): Surroundings | null {
  const place = index.places.get(id);
  if (place === undefined) return null;
  const itself = paragraphAt(place, index);
  const beside = (from: number, step: 1 | -1): Quote[] => {
    const next = nextProse(from, step, index);
    return next === null ? [] : quotesOf(paragraphAt(next, index), index);
  };
  return {
    before: beside(itself.start - 1, -1),
    itself: quotesOf(itself, index),
    after: beside(itself.end, 1),
  };
}

/** The paragraph with a printed number, or with `#` and an ordinal; empty when there is none. */
export function paragraphByNumber(document: string, number: string, index: OpenIndex): Quote[] {
  const place = number.startsWith("#")
    ? (index.places.get(document + number) ?? -1)
    : index.passages.findIndex(
        (passage) => passage.document === document && passage.paragraph === number.trim(),
      );
  return place < 0 ? [] : quotesOf(paragraphAt(place, index), index);
}

/** The first words of a document's numbered paragraphs; of all its paragraphs where none has a number. */
export function paragraphStarts(document: string, index: OpenIndex): ParagraphStart[] {
  const own = index.passages.filter((passage) => passage.document === document);
  const numbered = own.filter(({ paragraph }) => paragraph !== null);
  const chosen = numbered.length > 0 ? numbered : own.filter(({ kind }) => kind !== "footnote");
  return chosen.map(({ paragraph, ordinal, text }) => ({
    number: paragraph ?? `#${ordinal}`,
    text: text.slice(0, START).replace(/\p{Surrogate}$/u, ""),
  }));
}

/** The places (end exclusive) of the paragraph that a place is in. */
function paragraphAt(place: number, index: OpenIndex): Span {
  const { document, kind } = index.passages[place]!;
  if (kind === "footnote") return { start: place, end: place + 1 };
  // Back over the items of a list to what may introduce them, then forward again.
  const isPart = (passage: Passage): boolean => isItem(passage) || passage.kind === "footnote";
  let start = place;
  while (isPart(index.passages[start]!) && index.passages[start - 1]?.document === document) {
    if (place - start === REACH) break;
    start--;
  }
  let found = paragraphFrom(start, index);
  while (found.end <= place) found = paragraphFrom(found.end, index);
  return found;
}

/** The paragraph that begins at a place: a passage with the items that it, or its lead-in, introduces. */
function paragraphFrom(start: number, index: OpenIndex): Span {
  const first = index.passages[start]!;
  const lists = new Set(isItem(first) ? [first.list] : []);
  const texts = new Set([first.text]);
  let end = start + 1;
  for (let at = end; at < start + 2 * REACH; at++) {
    const passage = index.passages[at];
    if (passage?.document !== first.document) break;
    if (passage.kind === "footnote") continue;
    if (!isItem(passage)) break;
    const { text: leadIn } = passage.leadIn;
    const nested = lists.size > 0 || first.text.endsWith(":") ? introducedByItem(passage, index) : false;
    if (!nested && !texts.has(leadIn) && !lists.has(passage.list)) break;
    lists.add(passage.list);
    texts.add(passage.text);
    end = at + 1;
  }
  return { start, end };
}

type WithLeadIn = { readonly leadIn: NonNullable<Passage["leadIn"]> };

/** Whether a passage's lead-in is an item of a list itself: something stands before it on its line. */
function introducedByItem(passage: Passage & WithLeadIn, index: OpenIndex): boolean {
  const { text } = index.documents.get(passage.document)!;
  const { start } = passage.leadIn.pieces[0]!;
  const prefix = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /^\s*[^\s\d]/.test(prefix);
}

/** Numbered paragraphs stand for themselves, in a list too. */
const isItem = (passage: Passage): passage is Passage & WithLeadIn =>
  passage.leadIn !== undefined && passage.paragraph === null;

/** The nearest place of running text in the same document; null where there is none. */
function nextProse(from: number, step: 1 | -1, index: OpenIndex): number | null {
  const document = index.passages[from - step]?.document;
  for (let at = from; index.passages[at]?.document === document && at >= 0; at += step) {
    const { kind } = index.passages[at]!;
    if (kind !== "footnote" && kind !== "heading") return at;
  }
  return null;
}

function quotesOf({ start, end }: Span, index: OpenIndex): Quote[] {
  return index.passages
    .slice(start, end)
    .filter(({ kind }, i) => i === 0 || kind !== "footnote")
    .flatMap((passage) => quotePassage(passage, { start: 0, end: passage.text.length }, [], index) ?? []);
}
