// A page's text items -> its lines, top to bottom, each as one or more segments with white space
// between them that no word space explains: a table's cells, a list's mark and its words, columns.
// Raised figures become the marks ¹²³. What a line is for is left to the other pdf files.

import type { PdfItem, PdfPage } from "./pdf-items.ts";
import { superscript } from "./superscript.ts";

/** Words on one baseline without a gap. Points from the page's top left corner. */
export interface Segment {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  /** The size of most of its letters. */
  readonly size: number;
  /** Whether all its letters are. */
  readonly bold: boolean;
  /** Whether it begins with a raised figure: a footnote's own mark. */
  readonly raised: boolean;
  /** Length of the list mark or paragraph number it begins with, where that was painted by itself; else 0. */
  readonly mark: number;
  /** Where the words after that mark begin. */
  readonly words: number;
}

export interface Line {
  readonly page: number;
  /** The baseline. */
  readonly y: number;
  readonly segments: readonly Segment[];
}

/** Wider gaps than this part segments; narrower ones than the second are no space at all. In ems. */
const SEGMENT_GAP = 0.6;
const WORD_GAP = 0.15;
/** The widest word space of a justified line, in ems. */
const JUSTIFIED_GAP = 1.3;
/** Items whose baselines differ by less stand on one line. In ems. */
const SAME_BASELINE = 0.25;

/** Bullets of the usual fonts and of symbol fonts (private use). */
const BULLETS =
  "\\u2022\\u2023\\u2043\\u2219\\u25a0-\\u25ff\\u2605\\u2606\\u2713-\\u2717\\u2756\\u27a2-\\u27be\\ue000-\\uf8ff·*";

/** Any other sign that stands alone is a bullet, too, unless it is punctuation or belongs to a figure. */
const SIGN = "[^\\p{L}\\p{N}\\s'\"“”‘’«»()\\[\\]{}<>£$€%&@#+=/\\\\.,;:!?…]";

/** What may stand before a list item or numbered paragraph: `105.`, `(a)`, `•`, `o`, a dash. */
export const MARK = new RegExp(
  `^(?:\\d{1,3}(?:\\.\\d{1,2})*[.)]?|\\(?(?:[a-z]|[ivx]{1,4}|\\d{1,3})\\)|[a-z]\\.|${SIGN}|o)$`,
  "u",
);

/** A bullet at a line's begin, with the white space after it. */
export const BULLET = new RegExp(`^[${BULLETS}]\\s*(?=\\S)`, "u");

interface Placed extends PdfItem {
  readonly raised?: boolean;
}

/** The lines of one page, from top to bottom. */
export function readLines(page: PdfPage): Line[] {
  const items = lowered(page.items).toSorted((a, b) => a.y - b.y || a.x - b.x);
  const rows: { y: number; size: number; items: Placed[] }[] = [];
  for (const item of items) {
    if (item.text.trim() === "") continue;
    const row = rows.at(-1);
    if (row && item.y - row.y <= SAME_BASELINE * Math.max(row.size, item.size)) {
      row.items.push(item);
      row.size = Math.max(row.size, item.size);
    } else rows.push({ y: item.y, size: item.size, items: [item] });
  }
  return rows.map((row) => ({ page: page.number, y: row.y, segments: segments(row.items) }));
}

/** Leftmost and rightmost point of a line. */
export const leftOf = (line: Line) => line.segments[0]!.x0;
export const rightOf = (line: Line) => line.segments.at(-1)!.x1;

/** A line's words as if it had no gaps. */
export const textOfLine = (line: Line) => line.segments.map((segment) => segment.text).join(" ");

/** The size of most of a line's letters. */
export function sizeOf(line: Line): number {
  return line.segments.reduce((a, b) => (b.text.length > a.text.length ? b : a)).size;
}

/** Whether all of a line's letters are bold. */
export const isBold = (line: Line) => line.segments.every((segment) => segment.bold);

/** Puts raised figures on the baseline of the words beside them and writes them as marks. */
function lowered(items: readonly PdfItem[]): Placed[] {
  const words = items.filter((item) => item.text.trim() !== "");
  return items.map((item) => {
    const own = item.text.trim();
    if (!/^(?:\[?[\d,*†‡]{1,6}\]?|st|nd|rd|th)$/.test(own)) return item;
    const base = words.find((other) => {
      const rise = item.y - other.y;
      if (other.size < item.size * 1.2 || rise > -0.08 * other.size || rise < -0.8 * other.size) return false;
      const after = item.x - (other.x + other.width);
      const before = other.x - (item.x + item.width);
      return Math.abs(after) < 0.5 * other.size || (before > -1 && before < other.size);
    });
    if (!base) return item;
    return { ...item, text: superscript(own), y: base.y, raised: true };
  });
}

function segments(items: readonly Placed[]): Segment[] {
  const ordered = items.toSorted((a, b) => a.x - b.x);
  const ends: number[] = [];
  for (const { x, width } of ordered) ends.push(Math.max(ends.at(-1) ?? 0, x + width));
  const gaps = ordered.map(({ x, size }, i) => (i === 0 ? 0 : (x - ends[i - 1]!) / size));
  // A justified line has many wide gaps, none of them a column's.
  const stretched = gaps.filter((gap) => gap > SEGMENT_GAP * 0.7 && gap <= JUSTIFIED_GAP).length >= 3;
  const groups: Placed[][] = [];
  for (const [i, item] of ordered.entries()) {
    const before = ordered[i - 1]?.text.trim() ?? "";
    const wide = gaps[i]! > (stretched && !MARK.test(before) ? JUSTIFIED_GAP : SEGMENT_GAP);
    if (i > 0 && !wide) groups.at(-1)!.push(item);
    else groups.push([item]);
  }
  return groups.map(segment);
}

function segment(items: readonly Placed[]): Segment {
  let text = "";
  let end = items[0]!.x;
  const letters = new Map<number, number>();
  const weights = new Set<boolean>();
  for (const item of items) {
    // A list's mark or a paragraph's number may be painted close to its words.
    const spaced =
      item.x - end > WORD_GAP * item.size ||
      (text === items[0]!.text && /[^\p{L}\d\s]$/u.test(text) && MARK.test(text));
    if (spaced && text !== "" && !text.endsWith(" ") && !item.text.startsWith(" ")) text += " ";
    text += item.text;
    end = Math.max(end, item.x + item.width);
    if (item.raised) continue;
    letters.set(item.size, (letters.get(item.size) ?? 0) + item.text.length);
    if (/[\p{L}\d]/u.test(item.text)) weights.add(item.bold);
  }
  const marked = !items[0]!.raised && MARK.test(items[0]!.text.trim());
  const size = [...letters].reduce((a, b) => (b[1] > a[1] ? b : a), [items[0]!.size, 0])[0];
  return {
    text: text.replace(/ +/g, " ").trim(),
    x0: items[0]!.x,
    x1: end,
    size,
    bold: weights.size === 0 ? items[0]!.bold : !weights.has(false),
    raised: items[0]!.raised === true,
    mark: marked ? items[0]!.text.trim().length : 0,
    words: (marked ? items[1]?.x : undefined) ?? items[0]!.x,
  };
}
