// A passage and a stretch of it -> a quotation with its citation, proved against the source. What can't
// be proved does not become a quote.

import type { OpenIndex } from "../index/open-index.ts";
import { attributionAt } from "../passages/attribution.ts";
import { FOOTNOTE_MARK, slicePieces, textOf } from "../passages/markup.ts";
import type { Citation, Introduction, Passage, Quote, Span } from "../types.ts";
import { isProved } from "./verify.ts";

/** Where a passage stands: what is known, null for what isn't. */
export function cite(passage: Passage, index: OpenIndex): Citation {
  const { info } = index.documents.get(passage.document)!;
  return {
    document: info.id,
    title: info.title,
    publisher: info.publisher ?? null,
    published: info.published ?? null,
    ...(info.published === undefined && info.inspected && { inspected: info.inspected.to }),
    section: passage.section,
    paragraph: passage.paragraph,
    page: passage.page,
  };
}

/** Quotes characters `span` of the passage's text, `bold` (spans of the passage's text) in it. Null when not proved. */
export function quotePassage(
  passage: Passage,
  span: Span,
  bold: readonly Span[],
  index: OpenIndex,
): Quote | null {
  const document = index.documents.get(passage.document)!;
  const pieces = slicePieces(document.text, passage.pieces, span.start, span.end);
  const text = textOf(document.text, pieces);
  const shift = passage.text.indexOf(text, span.start);
  if (shift < 0 || !isProved(document, text, pieces)) return null;
  const proved = (words: Introduction | undefined): string | null =>
    words && isProved(document, words.text, words.pieces) ? words.text : null;
  const leadIn = proved(passage.leadIn);
  const attribution = leadIn === null ? proved(attributionAt(passage, shift, document.text)) : null;
  const notes = notesOf(passage, text, index);
  return {
    ...cite(passage, index),
    passage: passage.id,
    text,
    pieces,
    bold: bold
      .map(({ start, end }) => ({ start: start - shift, end: end - shift }))
      .filter(({ start, end }) => start >= 0 && end <= text.length),
    leadIn,
    ...(attribution !== null && { attribution }),
    ...(notes.length > 0 && { notes }),
  };
}

/** What is shown above a quotation: its lead-in, or who says it, with the sign that words are left out between. */
export function wordsAbove({ leadIn, attribution }: Pick<Quote, "leadIn" | "attribution">): string | null {
  return leadIn ?? (attribution === undefined ? null : `${attribution} …`);
}

/** The footnotes whose marks stand in the quoted words, as far as they are proved. */
function notesOf(passage: Passage, text: string, index: OpenIndex): string[] {
  const marks: readonly string[] = text.match(FOOTNOTE_MARK) ?? [];
  return (passage.footnotes ?? []).flatMap((id) => {
    const note = index.passages[index.places.get(id)!]!;
    const own = marks.some((mark) => note.text.startsWith(mark));
    return own && isProved(index.documents.get(note.document)!, note.text, note.pieces) ? [note.text] : [];
  });
}
