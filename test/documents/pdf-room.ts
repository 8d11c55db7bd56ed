// What the PDF tests share: a PDF made of written pages, read back.

import { readPdf } from "../../src/documents/pdf.ts";
import { makePdf, type Run, type Writer } from "../fakes/pdf.ts";

/** Sentences of usual words, `count` of them, each with its number so that none is like another. */
export function prose(count: number, from = 1): string {
  return Array.from(
    { length: count },
    (_, i) =>
      `Sentence ${from + i} says that social workers know the children of the area and their families well.`,
  ).join(" ");
}

/** The text and pages of a PDF with these pages. */
export function read(...pages: readonly (Writer | readonly Run[])[]) {
  return readPdf(makePdf(pages.map((page) => ("page" in page ? page.page : page))), "report.pdf");
}

/** The text's blocks. */
export const blocksOf = (text: string): string[] => text.trim().split("\n\n");
