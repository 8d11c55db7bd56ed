// What a PDF's pages are read as: blocks, each still as the lines it was printed in.

import { isBold, type Line, leftOf, rightOf, sizeOf } from "./pdf-lines.ts";

export type BlockKind = "heading" | "paragraph" | "numbered" | "item" | "row" | "footnote";

/** A printed line's words, without list mark or paragraph number. */
export interface PrintedLine {
  readonly page: number;
  readonly text: string;
  /** Where the words begin and end, in points. */
  readonly x0: number;
  readonly x1: number;
  /** Whether the author ended the line: an address, a verse. */
  readonly broken: boolean;
}

export interface PdfBlock {
  readonly kind: BlockKind;
  readonly lines: PrintedLine[];
  /** A row's cells, each as its lines. */
  readonly cells?: readonly (readonly string[])[];
  readonly size: number;
  readonly bold: boolean;
  /** The number of a numbered paragraph; a list item's own mark where it says something (`(a)`). */
  readonly mark: string;
  /** How far its bullet, number or first words stand from the left edge, in points. */
  readonly indent: number;
}

/** A line's words from `x0` on. */
export function printedLine(line: Line, text: string, x0: number): PrintedLine {
  return { page: line.page, text, x0, x1: rightOf(line), broken: false };
}

/** A block that begins with a line. `left` is the edge that indents count from. */
export function printedBlock(
  kind: BlockKind,
  line: Line,
  printed: PrintedLine,
  left: number,
  mark = "",
): PdfBlock {
  const indent = leftOf(line) - left;
  return { kind, lines: [printed], size: sizeOf(line), bold: isBold(line), mark, indent };
}
