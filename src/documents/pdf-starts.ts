// A line -> what it begins with: a paragraph's number, a list's mark, or just words.

import { BULLET, type Line, leftOf, textOfLine } from "./pdf-lines.ts";

export interface Start {
  readonly kind: "paragraph" | "numbered" | "item";
  /** A paragraph's number, or an item's mark where it says something: `(a)`. */
  readonly mark: string;
  /** The words after it. */
  readonly text: string;
  /** Where they begin, in points. */
  readonly x0: number;
}

/** A paragraph's number; some are painted figure by figure. */
const NUMBER = /^(\d(?: ?\d){0,2}) ?\.(?:\s+(?=\S)|$)/;
const DASH = /^[–—−-]\s+(?=\S)/;

/**
 * Reads a line's begin. `apart`: whether it stands apart from the line above; `above`: where that
 * line's words begin. Inside a paragraph `16. The` goes on with `aged` at the line's end above: a
 * number counts only apart from it, left of its words, or with a gap behind it.
 */
export function readStart(line: Line, apart: boolean, above: number | undefined): Start {
  const [first, second] = line.segments;
  const all = textOfLine(line);
  const alone = first!.mark > 0 && first!.mark === first!.text.length;
  const x0 = alone && second ? second.x0 : first!.words;
  const hangs = above === undefined || leftOf(line) < above - first!.size / 2;
  const number = NUMBER.exec(all);
  if (number && (apart || hangs || (alone && second)))
    return { kind: "numbered", mark: number[1]!.replaceAll(" ", ""), text: all.slice(number[0].length), x0 };
  const item = (length: number, mark = ""): Start => ({
    kind: "item",
    mark,
    text: all.slice(length).trim(),
    x0,
  });
  const bullet = BULLET.exec(all) ?? (apart || hangs ? DASH.exec(all) : null);
  if (bullet) return item(bullet[0].length);
  if (first!.mark > 0 && first!.mark < all.length) {
    const mark = all.slice(0, first!.mark);
    if (/^(?:\(.*\)|[a-z][.)]|\d+\))$/.test(mark)) return item(mark.length, mark);
    if (alone && !/[\d(]/.test(mark)) return item(mark.length);
  }
  return { kind: "paragraph", mark: "", text: all, x0: leftOf(line) };
}
