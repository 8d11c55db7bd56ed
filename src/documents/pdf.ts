// A PDF's bytes -> its text in plain-text conventions, its pages, and what its cover says. The way:
// items -> lines -> without margins -> blocks of each page -> blocks of the document -> text.

import type { PageStart } from "../types.ts";
import { readBlocks } from "./pdf-blocks.ts";
import { type PdfPage, readItems } from "./pdf-items.ts";
import { readLines, textOfLine } from "./pdf-lines.ts";
import { withoutMargins } from "./pdf-margins.ts";
import { measure as measureOf } from "./pdf-measure.ts";
import { joinParts } from "./pdf-join.ts";
import { writeText } from "./pdf-text.ts";
import { readVocabulary } from "./pdf-words.ts";

/** Reads a PDF. Throws `UserError` naming `file` when it is damaged, protected, scanned or too long. */
export async function readPdf(
  bytes: Uint8Array,
  file: string,
): Promise<{ text: string; pages: PageStart[] }> {
  return layOut(await readItems(bytes, file));
}

/** The text of pages of painted items. */
export function layOut(items: readonly PdfPage[]): { text: string; pages: PageStart[] } {
  const pages = withoutMargins(items.map((page) => ({ page, lines: readLines(page) })));
  const measure = measureOf(pages);
  const blocks = joinParts(pages.flatMap((page) => readBlocks(page, measure)));
  const vocabulary = readVocabulary(pages.flatMap(({ lines }) => lines.map(textOfLine)));
  const printed = new Map(pages.map(({ page, printed: number }) => [page.number, number]));
  return writeText(blocks, vocabulary, (page) => printed.get(page));
}
