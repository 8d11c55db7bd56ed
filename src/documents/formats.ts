// The formats whose files are parsed by large libraries, and must not be trusted: bytes -> text, pages
// and what the file says of itself. Run in a child process (isolated.ts), never in the indexer's own.

import type { PageStart } from "../types.ts";
import { readDocx } from "./docx.ts";
import { readHtml } from "./html.ts";
import type { Metadata } from "./metadata.ts";
import { readPdf } from "./pdf.ts";

/** What a reader makes of a file. */
export interface ReadText {
  readonly text: string;
  /** Absent where the format has no pages. */
  readonly pages?: readonly PageStart[];
  /** What is known beyond the text: a web page's head. */
  readonly metadata?: Metadata;
}

export const FORMATS = { pdf: readPdf, html: readHtml, docx: readDocx } as const satisfies Readonly<
  Record<string, (bytes: Uint8Array, file: string) => ReadText | Promise<ReadText>>
>;

export type Format = keyof typeof FORMATS;
