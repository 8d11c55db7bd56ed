// Each page's blocks -> the document's blocks, in order: paragraphs, list items and headings that a
// page break cut are whole again where that is sure, and footnotes stand before what goes on overleaf.

import type { PdfBlock, PrintedLine } from "./pdf-blocks.ts";
import type { Measure } from "./pdf-measure.ts";

const ENDS_SENTENCE = /[.!?]["'”’)\]]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*$/;
/** Points by which a paragraph's lines may begin elsewhere on the next page. */
const TOLERANCE = 6;

/** Joins the pages. */
export function joinPages(
  pages: readonly { readonly body: readonly PdfBlock[]; readonly notes: readonly PdfBlock[] }[],
  measure: Measure,
): PdfBlock[] {
  const out: PdfBlock[] = [];
  // The last block of the page before, and where in `out` it stands.
  let open: number | null = null;
  let waiting: PdfBlock[] = [];
  for (const { body, notes } of pages) {
    let blocks = [...body];
    const last = open === null ? undefined : out[open];
    if (last && blocks[0] && goesOn(last, blocks[0], measure)) {
      out[open!] = { ...last, lines: [...last.lines, ...blocks[0].lines] };
      out.splice(open!, 0, ...waiting);
      open! += waiting.length;
      blocks = blocks.slice(1);
    } else {
      out.push(...waiting);
      if (body.length > 0) open = null;
    }
    waiting = [...notes];
    if (blocks.length > 0) {
      out.push(...blocks);
      open = out.length - 1;
    }
  }
  return [...out, ...waiting];
}

/** Whether a page's first block is the rest of the last block of the page before. */
function goesOn(last: PdfBlock, next: PdfBlock, measure: Measure): boolean {
  if (next.kind !== "paragraph" && !(next.kind === "heading" && last.kind === "heading")) return false;
  if (last.kind === "row" || last.kind === "footnote") return false;
  if (Math.abs(last.size - next.size) > last.size * 0.06) return false;
  const end = last.lines.at(-1)!;
  const begin = next.lines[0]!;
  const lower = /^[\p{Ll}(]/u.test(begin.text);
  const unfinished = !ENDS_SENTENCE.test(end.text);
  if (last.kind === "heading") return next.bold === last.bold && lower && unfinished;
  if (next.bold && !last.bold) return false;
  const aligned = Math.abs(offset(end, measure) - offset(begin, measure)) <= TOLERANCE;
  if (unfinished && /[:;]$/.test(end.text)) return lower && aligned;
  if (unfinished) return lower || (aligned && isFull(end, begin, measure));
  // Under a number or bullet, words that begin where its own words do belong to it.
  const hangs = offset(end, measure) > last.x - measure.left(end.page) + last.size / 2;
  return last.kind !== "paragraph" && aligned && hangs;
}

const offset = (line: PrintedLine, measure: Measure) => line.x0 - measure.left(line.page);

/** Whether the line had no room for the next word. */
function isFull(end: PrintedLine, begin: PrintedLine, measure: Measure): boolean {
  const word = /^\S+/.exec(begin.text)?.[0].length ?? 0;
  const letter = (begin.x1 - begin.x0) / Math.max(1, begin.text.length);
  return measure.right(end.page) - end.x1 <= (word + 3) * letter;
}
