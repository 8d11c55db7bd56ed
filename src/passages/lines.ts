// A document's text -> its lines, each with its kind and the span of its own words (without bullet,
// number, markup at the ends). Looks at one line at a time; what lines mean together is blocks.ts's.

import type { Span } from "../types.ts";
import { trimmed } from "../text/sentences.ts";

export type LineKind = "text" | "numbered" | "bullet" | "row" | "footnote" | "heading";

export interface Line {
  readonly kind: LineKind;
  /** The words, without bullet, printed number and white space. */
  readonly span: Span;
  /** Columns before the bullet. */
  readonly indent: number;
  /** Printed number of a `numbered` line. */
  readonly number: number | null;
  /** A Markdown heading's level, 1 to 6. */
  readonly level: number | null;
  /** Whether a blank line, page break or the text's begin stands before it. */
  readonly afterBlank: boolean;
}

const BULLET = /^[-•●▪◦■○*–\u2023\u2043]\s+(?=\S)/;
const NUMBER = /^(\d{1,3})\.\s+(?=\S)/;
const FOOTNOTE = /^[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s*\S/;
const MARKDOWN_HEADING = /^(#{1,6})\s+(?=\S)/;
const OPENING_TAG = /^<(?:p|div|h[1-6])>/i;
const CLOSING_TAG = /<\/(?:p|div|h[1-6])>$/i;

/** Ends of lines, of all systems; a form feed ends a page. */
const LINE_END = /\r\n|[\n\r\f\u0085\u2028\u2029]/g;

/** Splits a text into its non-blank lines. */
export function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let afterBlank = true;
  let offset = 0;
  for (const end of [...text.matchAll(LINE_END), null]) {
    const line = readLine(text, offset, end?.index ?? text.length, afterBlank);
    if (line) lines.push(line);
    afterBlank = line === null || end?.[0] === "\f";
    offset = end ? end.index + end[0].length : text.length;
  }
  return lines;
}

function readLine(text: string, from: number, to: number, afterBlank: boolean): Line | null {
  let { start, end } = trimmed(text, from, to);
  if (start === end) return null;
  const indent = start - from;
  const at = (pattern: RegExp) => pattern.exec(text.slice(start, end));
  start += at(OPENING_TAG)?.[0].length ?? 0;
  end -= at(CLOSING_TAG)?.[0].length ?? 0;
  const bullet = at(BULLET);
  if (bullet) start += bullet[0].length;
  const cells = text
    .slice(start, end)
    .split("\t")
    .filter((cell) => cell.trim() !== "");
  const number = cells.length > 1 ? null : at(NUMBER);
  if (number) start += number[0].length;
  const heading = at(MARKDOWN_HEADING);
  if (heading) start += heading[0].length;
  const kind: LineKind =
    cells.length > 1
      ? "row"
      : number
        ? "numbered"
        : bullet
          ? "bullet"
          : heading
            ? "heading"
            : at(FOOTNOTE)
              ? "footnote"
              : "text";
  return {
    kind,
    span: { start, end },
    indent,
    number: number ? Number(number[1]) : null,
    level: heading ? (heading[1]?.length ?? null) : null,
    afterBlank,
  };
}
