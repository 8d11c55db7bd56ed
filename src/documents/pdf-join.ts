// The blocks of each page and column -> the document's blocks, in order: paragraphs, list items and
// headings that a page break cut are whole again where that is sure, and a page's footnotes stand
// before the block that goes on overleaf.

import type { PdfBlock } from "./pdf-block.ts";
import type { PartBlocks } from "./pdf-blocks.ts";
import { hadRoom } from "./pdf-breaks.ts";

const ENDS_SENTENCE = /[.!?]["'”’)\]]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*$/;
/** Points by which a paragraph's lines may begin elsewhere on the next page. */
const TOLERANCE = 6;
/** Part of its size by which its letters may be larger or smaller. */
const SAME_SIZE = 0.06;

/** Joins pages and columns. */
export function joinParts(parts: readonly PartBlocks[]): PdfBlock[] {
  const out: PdfBlock[] = [];
  let notes: readonly PdfBlock[] = [];
  let before: PartBlocks | null = null;
  for (const part of parts) {
    // A page without text is no end of what stands before it.
    if (part.body.length === 0) {
      notes = [...notes, ...part.notes];
      continue;
    }
    const [first, ...rest] = part.body;
    const last = before ? out.at(-1) : undefined;
    if (before && last && first && goesOn(last, first, before, part)) {
      out.pop();
      out.push(...notes, { ...last, lines: [...last.lines, ...first.lines] }, ...rest);
    } else out.push(...notes, ...part.body);
    notes = part.notes;
    before = part;
  }
  return [...out, ...notes];
}

/** Whether a part's first block is the rest of the last block of the part before. */
function goesOn(last: PdfBlock, next: PdfBlock, before: PartBlocks, part: PartBlocks): boolean {
  if (next.kind !== "paragraph" && !(next.kind === "heading" && last.kind === "heading")) return false;
  if (last.kind === "row" || last.kind === "footnote") return false;
  if (Math.abs(last.size - next.size) > last.size * SAME_SIZE) return false;
  const end = last.lines.at(-1)!;
  const begin = next.lines[0]!;
  const lower = /^[\p{Ll}(]/u.test(begin.text);
  const unfinished = !ENDS_SENTENCE.test(end.text);
  if (last.kind === "heading") return next.bold === last.bold && lower && unfinished;
  if (next.bold && !last.bold) return false;
  const aligned = Math.abs(end.x0 - before.left - (begin.x0 - part.left)) <= TOLERANCE;
  if (/[:;]$/.test(end.text)) return lower && aligned;
  if (unfinished) return lower || (aligned && !hadRoom(end, begin, before.right, 3 * last.size));
  // Under a number or bullet, words that begin where its own words do belong to it.
  return last.kind !== "paragraph" && aligned && end.x0 - before.left > last.indent + last.size / 2;
}
