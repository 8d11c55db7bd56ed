// A passage and a stretch of it -> a quotation with its citation, proved against the source. What can't
// be proved does not become a quote.

import type { OpenIndex } from "../index/open-index.ts";
import { slicePieces, textOf } from "../passages/markup.ts";
import type { Citation, Passage, Quote, Span } from "../types.ts";
import { isProved } from "./verify.ts";

/** Where a passage stands: what is known, null for what isn't. */
export function cite(passage: Passage, index: OpenIndex): Citation {
  const { info } = index.documents.get(passage.document)!;
  return {
    document: info.id,
    title: info.title,
    publisher: info.publisher ?? null,
    published: info.published ?? null,
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
  const leadIn =
    passage.leadIn && isProved(document, passage.leadIn.text, passage.leadIn.pieces)
      ? passage.leadIn.text
      : null;
  return {
    ...cite(passage, index),
    passage: passage.id,
    text,
    pieces,
    bold: bold
      .map(({ start, end }) => ({ start: start - shift, end: end - shift }))
      .filter(({ start, end }) => start >= 0 && end <= text.length),
    leadIn,
  };
}
