// Two lines under each other -> whether the lower one begins a new block; a block -> which of its
// lines its author ended. Prose goes on to the edge: where a word had room and yet stands below, the
// line was ended on purpose.

import type { PdfBlock, PrintedLine } from "./pdf-block.ts";
import type { Part } from "./pdf-columns.ts";
import { isBold, type Line, leftOf, rightOf, sizeOf, textOfLine } from "./pdf-lines.ts";
import type { Measure } from "./pdf-measure.ts";

const ENDS_SENTENCE = /[.!?:;]["'”’)\]]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*$/;
/** Lines further apart than this, in usual distances, are apart. */
const APART = 1.27;
/** Sizes that differ by more than this part are different. */
const SAME_SIZE = 0.06;

/** Whether a line begins a new block: white space above, another look, an indent, a line left short. */
export function isApart(last: PdfBlock, before: Line, line: Line, part: Part, measure: Measure): boolean {
  const size = sizeOf(line);
  const gap = line.y - before.y;
  if (gap < 0 || gap > APART * measure.leading * Math.max(size, sizeOf(before))) return true;
  if (Math.abs(size - last.size) > last.size * SAME_SIZE) return true;
  const above = last.lines.at(-1)!;
  const own = textOfLine(line);
  const ended = ENDS_SENTENCE.test(above.text);
  // A paragraph that begins in bold goes on in regular; a bold heading does not.
  if (last.bold && !isBold(line) && !(last.lines.length > 1 && /^\p{Ll}/u.test(own))) return true;
  if (!last.bold && isBold(line) && ended) return true;
  const indent = leftOf(line) - above.x0;
  if (last.lines.length > 1 && Math.abs(indent) > size && ended) return true;
  if (last.kind !== "paragraph" && indent < -size && ended) return true;
  const fields = isField(above.text) && isField(own);
  return (ended || fields) && hadRoom(above, printed(line), part.right, 3 * size);
}

/** Whether the lower line's first word would have fitted on the upper one, with `spare` points left. */
export function hadRoom(above: PrintedLine, below: Words, right: number, spare: number): boolean {
  const word = /^\S+/.exec(below.text)?.[0].length ?? 0;
  const letter = (below.x1 - below.x0) / Math.max(1, below.text.length);
  return right - above.x1 > word * letter + spare;
}

type Words = Pick<PrintedLine, "text" | "x0" | "x1">;

const printed = (line: Line): Words => ({ text: textOfLine(line), x0: leftOf(line), x1: rightOf(line) });

/**
 * Marks the lines of a paragraph that were left short without a full stop, with a capital or figure
 * under them: an address. Where the block is nearly as wide as the page, its own widest line tells
 * what is short.
 */
export function withBreaks(block: PdfBlock, part: Part): PdfBlock {
  if (block.kind !== "paragraph" || block.lines.length < 2) return block;
  const left = Math.min(...block.lines.map((line) => line.x0));
  const widest = Math.max(...block.lines.map((line) => line.x1));
  const edge = widest - left < (part.right - left) * 0.6 ? part.right : widest;
  const lines = block.lines.map((line, i) => {
    const below = block.lines[i + 1];
    const ended = below && /^[\p{Lu}\d]/u.test(below.text) && hadRoom(line, below, edge, 4 * block.size);
    return { ...line, broken: ended === true };
  });
  return { ...block, lines };
}

/** `Inspection dates: 8 July 2019 to 19 July 2019`, `Lead inspector: …`. */
export const isField = (text: string) => /^\p{L}[\p{L} ]{2,30}:\s*(?:\d|\p{Lu}\p{Ll}+ \p{Lu})/u.test(text);
