// One file of the corpus -> a document: its format's reader, what the text says of itself, and what
// sources.json adds. Formats are the readers' business, the folder corpus-files.ts's.

import { extname } from "node:path";
import { UserError } from "../errors.ts";
import type { Document } from "../types.ts";
import { isDate } from "./dates.ts";
import { decodeText } from "./decode.ts";
import type { Format, ReadText } from "./formats.ts";
import { type Isolation, openIsolation } from "./isolated.ts";
import { type Metadata, readMetadata } from "./metadata.ts";
import { type CorpusFile, readBytes } from "./read-file.ts";

type Reader = (bytes: Uint8Array, file: string, isolation: Isolation) => ReadText | Promise<ReadText>;

const plain: Reader = (bytes, file) => ({ text: decodeText(bytes, file) });
const isolated =
  (format: Format): Reader =>
  (bytes, file, isolation) =>
    isolation.read(format, bytes, file);

/** Formats by extension. */
const READERS: Readonly<Record<string, Reader>> = {
  ".txt": plain,
  ".md": plain,
  ".pdf": isolated("pdf"),
  ".html": isolated("html"),
  ".htm": isolated("html"),
  ".docx": isolated("docx"),
};

/** Raised whenever texts come out otherwise: indexes made with another version are rebuilt. */
export const READERS_VERSION = 2;

/** Endings of the files that can be read. */
export const EXTENSIONS = Object.keys(READERS);

/** The citation's key: the file's path without its extension. */
export function documentId(file: string): string {
  return file.slice(0, file.length - extname(file).length);
}

/** What a reader made of a file, before sources.json. */
export type KnownText = Pick<Document, "text" | "pages" | "found">;

/**
 * Reads one document. Throws `UserError` naming the file when it can't be read. Files of formats that
 * can't be trusted are read by `isolation`, by default one of their own.
 */
export async function readDocument(
  source: CorpusFile,
  sources: ReadonlyMap<string, Metadata>,
  isolation?: Isolation,
): Promise<Document> {
  const { bytes, sha256 } = await readBytes(source);
  const own = isolation ?? openIsolation();
  try {
    return documentOf(source.file, sha256, await readText(source.file, bytes, own), sources);
  } finally {
    if (!isolation) own.close();
  }
}

/** What a file's reader makes of its bytes. Throws `UserError` naming the file when that is nothing. */
export async function readText(file: string, bytes: Uint8Array, isolation: Isolation): Promise<KnownText> {
  const reader = READERS[extname(file).toLowerCase()];
  if (!reader) throw new UserError(`${file}: not a format that can be read.`);
  const { text, pages, metadata } = await reader(bytes, file, isolation);
  if (text.trim() === "") throw new UserError(`${file}: the file is empty.`);
  return { text, pages: pages ?? [], found: withoutOddDates({ ...readMetadata(text), ...metadata }) };
}

/** A document of what its reader found and what sources.json says. */
export function documentOf(
  file: string,
  sha256: string,
  known: KnownText,
  sources: ReadonlyMap<string, Metadata>,
): Document {
  const id = documentId(file);
  const info = { id, file, sha256, title: id, ...known.found, ...sources.get(file) };
  return {
    info,
    // Read when it is asked for: it may lie in the index before.
    get text() {
      return known.text;
    },
    pages: known.pages,
    found: known.found,
  };
}

/** Dates that no calendar has are left out. */
function withoutOddDates({ published, inspected, ...others }: Metadata): Metadata {
  return {
    ...others,
    ...(published && isDate(published) && { published }),
    ...(inspected && isDate(inspected.from) && isDate(inspected.to) && { inspected }),
  };
}
