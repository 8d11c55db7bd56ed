// The formats whose files are parsed by large libraries, and must not be trusted: bytes -> text, pages
// and what the file says of itself. Run in a child process (isolated.ts), never in the indexer's own.

import type { PageStart } from "../types.ts";
import type { Metadata } from "./metadata.ts";

/** What a reader makes of a file. */
export interface ReadText {
  readonly text: string;
  /** Absent where the format has no pages. */
  readonly pages?: readonly PageStart[];
  /** What is known beyond the text: a web page's head. */
  readonly metadata?: Metadata;
}

/** Each library is loaded with the first file of its format. */
export const FORMATS = {
  pdf: async (bytes, file) => (await import("./pdf.ts")).readPdf(bytes, file),
  html: async (bytes, file) => (await import("./html.ts")).readHtml(bytes, file),
  docx: async (bytes, file) => (await import("./docx.ts")).readDocx(bytes, file),
} as const satisfies Readonly<Record<string, (bytes: Uint8Array, file: string) => Promise<ReadText>>>;

export type Format = keyof typeof FORMATS;
