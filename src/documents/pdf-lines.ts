// A page's text items -> its lines, top to bottom, each as one or more segments with white space
// between them that no word space explains: a table's cells, a list's mark and its words, columns.
// Raised figures become the marks ¹²³. What a line is for is left to the other pdf files.

import type { PdfItem, PdfPage } from "./pdf-items.ts";

/** Words on one baseline without a gap. Points from the page's top left corner. */
export interface Segment {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  /** The size of most of its letters. */
  readonly size: number;
  /** The font of all its letters; null where they differ. */
  readonly font: string | null;
  /** Whether it begins with a raised figure: a footnote's own mark. */
  readonly raised: boolean;
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
/** Items whose baselines differ by less stand on one line. In ems. */
const SAME_BASELINE = 0.25;

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

/** The one font of all of a line's letters, or null. */
export function fontOf(line: Line): string | null {
  const fonts = new Set(line.segments.map((segment) => segment.font));
  return fonts.size === 1 ? [...fonts][0]! : null;
}

/** Puts raised figures on the baseline of the words beside them and writes them as marks. */
function lowered(items: readonly PdfItem[]): Placed[] {
  const words = items.filter((item) => item.text.trim() !== "");
  return items.map((item) => {
    const own = item.text.trim();
    if (!/^(?:[\d,*†‡]{1,6}|st|nd|rd|th)$/.test(own)) return item;
    const base = words.find((other) => {
      const rise = item.y - other.y;
      if (other.size < item.size * 1.2 || rise > -0.08 * other.size || rise < -0.8 * other.size) return false;
      const after = item.x - (other.x + other.width);
      const before = other.x - (item.x + item.width);
      return Math.abs(after) < 0.5 * other.size || (before > -1 && before < other.size);
    });
    if (!base) return item;
    return { ...item, text: /^[\d,]+$/.test(own) ? superscript(own) : own, y: base.y, raised: true };
  });
}

/** `"12"` -> `"¹²"`. */
export function superscript(figures: string): string {
  return figures.replace(/\d/g, (figure) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(figure)]!);
}

function segments(items: readonly Placed[]): Segment[] {
  const groups: Placed[][] = [];
  let end = -Infinity;
  for (const item of items.toSorted((a, b) => a.x - b.x)) {
    const group = groups.at(-1);
    const em = Math.max(item.size, group?.at(-1)?.size ?? 0);
    if (group && item.x - end <= SEGMENT_GAP * em) group.push(item);
    else groups.push([item]);
    end = Math.max(end, item.x + item.width);
  }
  return groups.map(segment);
}

function segment(items: readonly Placed[]): Segment {
  let text = "";
  let end = items[0]!.x;
  const letters = new Map<number, number>();
  const fonts = new Set<string>();
  for (const item of items) {
    const gap = item.x - end;
    if (text !== "" && !text.endsWith(" ") && !item.text.startsWith(" ") && gap > WORD_GAP * item.size) text += " ";
    text += item.text;
    end = Math.max(end, item.x + item.width);
    if (item.raised) continue;
    letters.set(item.size, (letters.get(item.size) ?? 0) + item.text.length);
    if (/[\p{L}\d]/u.test(item.text)) fonts.add(item.font);
  }
  const size = [...letters].reduce((a, b) => (b[1] > a[1] ? b : a), [items[0]!.size, 0])[0];
  return {
    text: text.replace(/ +/g, " ").trim(),
    x0: items[0]!.x,
    x1: end,
    size,
    font: fonts.size <= 1 ? ([...fonts][0] ?? items[0]!.font) : null,
    raised: items[0]!.raised === true,
  };
}
