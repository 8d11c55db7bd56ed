// Spans of a text -> pieces without stray markup: `is <u>good</u>` is shown as `is good`, and each
// piece still points at the source's own bytes.

import type { Piece, Span } from "../types.ts";
import { trimmed } from "../text/sentences.ts";

const MARKUP = /<\/?(?:u|b|i|em|strong|p|br|span|div|sup|sub|h[1-6])\s*\/?>|\*\*|__/gi;

/** Marks of footnotes as they stand in running text. */
export const FOOTNOTE_MARK = /[¹²³⁴⁵⁶⁷⁸⁹⁰]+/g;

/** Cuts markup out of a span. `join` is what stands before its first piece. */
export function pieces(text: string, span: Span, join: Piece["join"]): Piece[] {
  const out: Piece[] = [];
  let start = span.start;
  const push = (end: number) => {
    if (end > start) out.push({ start, end, join: out.length === 0 ? join : "" });
  };
  for (const match of text.slice(span.start, span.end).matchAll(MARKUP)) {
    push(span.start + match.index);
    start = span.start + match.index + match[0].length;
  }
  push(span.end);
  return out;
}

/** The text that pieces show. Inverse of the proof: equal to it, or the quotation is not shown. */
export function textOf(text: string, parts: readonly Piece[]): string {
  return parts.map((part, i) => (i === 0 ? "" : part.join) + text.slice(part.start, part.end)).join("");
}

/** The pieces that show characters `from`..`to` of `textOf(text, parts)`, white space at the ends left out. */
export function slicePieces(text: string, parts: readonly Piece[], from: number, to: number): Piece[] {
  const out: Piece[] = [];
  let shown = 0;
  for (const [i, part] of parts.entries()) {
    if (i > 0) shown += part.join.length;
    const start = part.start + Math.max(0, from - shown);
    const end = Math.min(part.end, part.start + to - shown);
    shown += part.end - part.start;
    if (end > start) out.push({ start, end, join: out.length === 0 ? "" : part.join });
  }
  const first = out[0];
  const last = out.at(-1);
  if (!first || !last) return out;
  out[0] = { ...first, start: trimmed(text, first.start, first.end).start };
  out[out.length - 1] = { ...out[out.length - 1]!, end: trimmed(text, last.start, last.end).end };
  return out;
}
