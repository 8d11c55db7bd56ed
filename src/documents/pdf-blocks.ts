// A page's lines and rows -> its blocks: headings, paragraphs, numbered paragraphs, list items, rows
// and footnotes, each still as the lines it was printed in. Joining pages is left to pdf-pages.ts.

import { BULLET, isBold, type Line, leftOf, rightOf, sizeOf, superscript, textOfLine } from "./pdf-lines.ts";
import type { PageLines } from "./pdf-margins.ts";
import type { Measure } from "./pdf-measure.ts";
import { inReadingOrder } from "./pdf-columns.ts";
import { type Flow, readTables } from "./pdf-tables.ts";

export type BlockKind = "heading" | "paragraph" | "numbered" | "item" | "row" | "footnote";

/** A printed line's words, without list mark or paragraph number. */
export interface PrintedLine {
  readonly page: number;
  readonly text: string;
  /** Where the words begin and end, in points. */
  readonly x0: number;
  readonly x1: number;
  /** Whether the next line stands on a line of its own by the author's will: an address, a verse. */
  readonly broken: boolean;
}

export interface PdfBlock {
  readonly kind: BlockKind;
  readonly lines: PrintedLine[];
  /** A row's cells, each as its lines. */
  readonly cells?: readonly (readonly string[])[];
  readonly size: number;
  readonly bold: boolean;
  /** The printed number of a numbered paragraph; a list item's own mark where it says something (`(a)`). */
  readonly mark: string;
  /** Where its bullet, number or first words begin. */
  readonly x: number;
}

/** Headings are larger than prose by this factor, or bold. */
const LARGER = 1.08;
const SMALLER = 0.93;
const MAX_HEADING = 220;
const MAX_HEADING_LINES = 4;
const ENDS_SENTENCE = /[.!?:;]["'”’)\]]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*$/;
/** A paragraph's number; some are painted figure by figure. */
const NUMBER = /^(\d(?: ?\d){0,2}) ?\.(?:\s+(?=\S)|$)/;
const DASH = /^[–—−-]\s+(?=\S)/;

/** Reads one page's blocks, in reading order, and its footnotes. */
export function readBlocks(
  { page, lines }: PageLines,
  measure: Measure,
): { body: PdfBlock[]; notes: PdfBlock[] } {
  const from = footnotesFrom(lines, page.height, measure);
  const flow = readTables(inReadingOrder(lines.slice(0, from)), measure);
  return {
    body: unmarkedItems(headings(group(flow, measure), measure))
      .filter(({ lines: own }) => own.some(({ text }) => text !== ""))
      .map((own) => withBreaks(own, measure)),
    notes: footnotes(lines.slice(from)),
  };
}

/** The line from which on a page holds footnotes: small print at its foot that begins with a mark. */
function footnotesFrom(lines: readonly Line[], height: number, measure: Measure): number {
  let from = lines.length;
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!;
    const first = line.segments[0]!;
    const raised = first.raised && /^[¹²³⁴⁵⁶⁷⁸⁹⁰]+/.test(first.text);
    const small = sizeOf(line) < measure.size * SMALLER;
    if (!small && !(raised && line.y > height / 2)) break;
    const marked = raised || (small && isNote(first.text, lines.slice(0, i)));
    if (marked) from = i;
  }
  return from;
}

/** Whether small print that begins with a plain figure is the note to a mark above it. */
function isNote(text: string, above: readonly Line[]): boolean {
  const figures = /^(\d{1,2})\s+\p{Lu}/u.exec(text)?.[1];
  return figures !== undefined && above.some((line) => textOfLine(line).includes(superscript(figures)));
}

function footnotes(lines: readonly Line[]): PdfBlock[] {
  const out: PdfBlock[] = [];
  for (const line of lines) {
    const plain = /^(\d{1,2})\s+(?=\p{Lu})/u.exec(textOfLine(line));
    const begins = line.segments[0]!.raised || plain !== null;
    const text = plain
      ? `${superscript(plain[1]!)} ${textOfLine(line).slice(plain[0].length)}`
      : textOfLine(line).replace(/^([¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*/, "$1 ");
    const printed = printedLine(line, text, leftOf(line), false);
    if (begins || out.length === 0) out.push(block("footnote", line, printed, "", leftOf(line)));
    else out.at(-1)!.lines.push(printed);
  }
  return out;
}

function block(kind: BlockKind, line: Line, printed: PrintedLine, mark: string, x: number): PdfBlock {
  return { kind, lines: [printed], size: sizeOf(line), bold: isBold(line), mark, x };
}

function printedLine(line: Line, text: string, x0: number, broken: boolean): PrintedLine {
  return { page: line.page, text, x0, x1: rightOf(line), broken };
}

function group(flow: readonly Flow[], measure: Measure): PdfBlock[] {
  const out: PdfBlock[] = [];
  let before: Line | null = null;
  for (const { line, row } of flow) {
    if (row) {
      const lines = row.cells.flat().map((text) => ({ page: row.page, text, x0: 0, x1: 0, broken: false }));
      out.push({ kind: "row", lines, cells: row.cells, size: measure.size, bold: false, mark: "", x: 0 });
      before = null;
      continue;
    }
    const last = before ? out.at(-1)! : undefined;
    const apart = !before || !last || isApart(last, before, line, measure);
    const start = readStart(line, apart, last);
    if (apart || start.kind !== "paragraph" || !last) {
      const printed = printedLine(line, start.text, start.x0, false);
      out.push(block(start.kind, line, printed, start.mark, leftOf(line)));
    } else {
      last.lines.push(printedLine(line, textOfLine(line), leftOf(line), false));
    }
    before = line;
  }
  return out;
}

/** What a line begins with: a paragraph's number, a list's mark, or just words. */
function readStart(
  line: Line,
  apart: boolean,
  last: PdfBlock | undefined,
): { kind: "paragraph" | "numbered" | "item"; mark: string; text: string; x0: number } {
  const [first, second] = line.segments;
  const all = textOfLine(line);
  const alone = first!.mark === first!.text.length;
  const x0 = alone && second ? second.x0 : first!.words;
  const hangs = last === undefined || leftOf(line) < last.lines.at(-1)!.x0 - first!.size / 2;
  const number = NUMBER.exec(all);
  // `15.` at a line's begin may also end the sentence above.
  if (number && (apart || hangs || (alone && second)))
    return { kind: "numbered", mark: number[1]!.replaceAll(" ", ""), text: all.slice(number[0].length), x0 };
  const item = (length: number, mark = "") =>
    ({ kind: "item", mark, text: all.slice(length).trim(), x0 }) as const;
  const bullet = BULLET.exec(all) ?? (apart || hangs ? DASH.exec(all) : null);
  if (bullet) return item(bullet[0].length);
  if (first!.mark > 0 && first!.mark < all.length) {
    const mark = all.slice(0, first!.mark);
    if (/^(?:\(.*\)|[a-z][.)]|\d+\))$/.test(mark)) return item(mark.length, mark);
    if (alone && !/[\d(]/.test(mark)) return item(mark.length);
  }
  return { kind: "paragraph", mark: "", text: all, x0: leftOf(line) };
}

/** Whether a line begins a new block: white space above, another look, an indent, a line left short. */
function isApart(last: PdfBlock, before: Line, line: Line, measure: Measure): boolean {
  const size = sizeOf(line);
  const gap = line.y - before.y;
  if (gap < 0 || gap > 1.27 * measure.leading * Math.max(size, sizeOf(before))) return true;
  if (Math.abs(size - last.size) > last.size * 0.06) return true;
  const above = last.lines.at(-1)!;
  // A paragraph that begins in bold goes on in regular; a bold heading does not.
  if (last.bold && !isBold(line) && !(last.lines.length > 1 && /^\p{Ll}/u.test(textOfLine(line))))
    return true;
  if (!last.bold && isBold(line) && ENDS_SENTENCE.test(above.text)) return true;
  const indent = leftOf(line) - above.x0;
  if (last.lines.length > 1 && Math.abs(indent) > size && ENDS_SENTENCE.test(above.text)) return true;
  if (last.kind !== "paragraph" && indent < -size && ENDS_SENTENCE.test(above.text)) return true;
  const isOwn = ENDS_SENTENCE.test(above.text) || (isField(above.text) && isField(textOfLine(line)));
  return isOwn && hadRoom(above, line, measure, 3);
}

/** Whether the next line's first word would have fitted on the line above. */
function hadRoom(above: PrintedLine, line: Line, measure: Measure, ems: number): boolean {
  const text = textOfLine(line);
  const word = /^\S+/.exec(text)?.[0].length ?? 0;
  const width = ((rightOf(line) - leftOf(line)) / Math.max(1, text.length)) * word;
  return measure.right(line.page) - above.x1 > width + ems * sizeOf(line);
}

/**
 * Lines left short without a full stop, with a capital or figure under them, were broken on purpose: an
 * address. Where the block is nearly as wide as the page, its own widest line tells what is short.
 */
function withBreaks(block: PdfBlock, measure: Measure): PdfBlock {
  if (block.kind !== "paragraph" || block.lines.length < 2) return block;
  const left = Math.min(...block.lines.map((line) => line.x0));
  const widest = Math.max(...block.lines.map((line) => line.x1));
  const right = measure.right(block.lines[0]!.page);
  const edge = widest - left < (right - left) * 0.6 ? right : widest;
  const lines = block.lines.map((line, i) => {
    const next = block.lines[i + 1];
    const word = next && /^[\p{Lu}\d]/u.test(next.text) ? /^\S+/.exec(next.text)![0].length : null;
    const letter = next ? (next.x1 - next.x0) / Math.max(1, next.text.length) : 0;
    return { ...line, broken: word !== null && edge - line.x1 > word * letter + 4 * block.size };
  });
  return { ...block, lines };
}

/** Names those blocks headings that look like it: short, larger or bold throughout, no sentence. */
function headings(blocks: readonly PdfBlock[], measure: Measure): PdfBlock[] {
  return blocks.map((own) => {
    if (own.kind !== "paragraph" && !(own.kind === "numbered" && own.bold)) return own;
    const text = own.lines.map((line) => line.text).join(" ");
    const looks = own.bold || own.size > measure.size * LARGER;
    const short = text.length <= MAX_HEADING && own.lines.length <= MAX_HEADING_LINES;
    if (!looks || !short || !/\p{L}/u.test(text) || /[.:;,]["'”’)]?$/.test(text) || isField(text)) return own;
    const lines = own.lines.map((line, i) => ({
      ...line,
      broken: false,
      text: i === 0 && own.mark !== "" ? `${own.mark}. ${line.text}` : line.text,
    }));
    return { ...own, kind: "heading", mark: "", lines };
  });
}

/** Lines set deeper than the item that introduces them are its list, though no bullets were painted. */
function unmarkedItems(blocks: readonly PdfBlock[]): PdfBlock[] {
  let depth: number | null = null;
  return blocks.map((own, i) => {
    const before = blocks[i - 1]?.lines.at(-1);
    if (blocks[i - 1]?.kind === "item" && before?.text.endsWith(":")) depth = before.x0 + own.size / 2;
    if (own.kind !== "paragraph" || depth === null || own.x < depth)
      depth = own.kind === "item" ? depth : null;
    return depth !== null && own.kind === "paragraph" ? { ...own, kind: "item" } : own;
  });
}

/** `Inspection dates: 8 July 2019 to 19 July 2019`, `Lead inspector: …`. */
export const isField = (text: string) => /^\p{L}[\p{L} ]{2,30}:\s*(?:\d|\p{Lu}\p{Ll}+ \p{Lu})/u.test(text);
