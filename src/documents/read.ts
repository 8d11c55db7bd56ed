// A corpus folder -> documents. One file that can't be read is named and never stops the others.
// Knows which files count, the order (by path) and the limits; formats are the readers' business.

import { createHash } from "node:crypto";
import { constants, open, readdir, realpath } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import type { Document } from "../types.ts";
import { decodeText } from "./decode.ts";
import type { Format, ReadText } from "./formats.ts";
import { type Isolation, openIsolation } from "./isolated.ts";
import { type Metadata, readMetadata } from "./metadata.ts";
import { readSources, SOURCES_FILE } from "./sources.ts";

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
export const READERS_VERSION = 1;

/** Larger files are refused: no report is, and one must not fill the memory. Bytes. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Files of the corpus folder that are not documents. */
const SIDE_FILES = new Set([SOURCES_FILE, "lexicon.txt", "README.md"]);

export interface CorpusFile {
  /** Path in the corpus, `/`-separated. */
  readonly file: string;
  readonly path: string;
}

export interface Failure {
  readonly file: string;
  readonly reason: string;
}

/**
 * The corpus's document files in order of path, and those that can't be taken, with the reason.
 * Throws `UserError` when the folder itself can't be read.
 */
export async function listCorpus(corpusDir: string): Promise<{ files: CorpusFile[]; failures: Failure[] }> {
  const files: CorpusFile[] = [];
  const failures: Failure[] = [];
  const root = await realpath(corpusDir).catch(() => {
    throw new UserError(`${corpusDir}: no such folder. Name the corpus folder with --corpus or CORPUS_DIR.`);
  });
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      throw new UserError(
        `${folder}: can't be read as a folder (${messageOf(error)}). Name the corpus folder with --corpus or CORPUS_DIR.`,
      );
    });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      const file = relative(root, path).split(sep).join("/");
      if (entry.name.startsWith(".") || SIDE_FILES.has(file)) continue;
      if (entry.isSymbolicLink())
        failures.push({ file, reason: "is a symbolic link; put the file itself into the corpus" });
      else if (entry.isDirectory()) await walk(path);
      else if (!entry.isFile()) failures.push({ file, reason: "is not a regular file" });
      else if (!(extname(file).toLowerCase() in READERS)) {
        failures.push({
          file,
          reason: `${extname(file) || "a file without extension"} is not a format that can be read (${Object.keys(READERS).join(", ")})`,
        });
      } else files.push({ file, path });
    }
  };
  await walk(root);
  const ids = new Map<string, string>();
  const unique = files.filter(({ file }) => {
    const other = ids.get(documentId(file));
    if (other) failures.push({ file, reason: `would be cited like ${other}; rename one of them` });
    else ids.set(documentId(file), file);
    return !other;
  });
  return { files: unique, failures };
}

/** The citation's key: the file's path without its extension. */
export function documentId(file: string): string {
  return file.slice(0, file.length - extname(file).length);
}

/**
 * SHA-256 of a file's bytes, hex, and the bytes. Throws `UserError` for files over the limit and for
 * those that can't be read, or are no longer there.
 */
export async function readBytes({ file, path }: CorpusFile): Promise<{ bytes: Uint8Array; sha256: string }> {
  const unreadable = (error: unknown) => {
    throw new UserError(`${file}: can't be read (${messageOf(error)}).`);
  };
  // A link that has taken the file's place since the folder was listed leads nowhere.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(unreadable);
  try {
    const { size } = await handle.stat();
    if (size > MAX_FILE_BYTES) {
      throw new UserError(
        `${file}: ${Math.round(size / 1e6)} MB is over the limit of ${Math.round(MAX_FILE_BYTES / 1e6)} MB for one document.`,
      );
    }
    const bytes = await handle.readFile();
    return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
  } finally {
    await handle.close();
  }
}

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
  const reader = READERS[extname(source.file).toLowerCase()];
  if (!reader) throw new UserError(`${source.file}: not a format that can be read.`);
  const own = isolation ?? openIsolation();
  try {
    const { text, pages, metadata: known } = await reader(bytes, source.file, own);
    if (text.trim() === "") throw new UserError(`${source.file}: the file is empty.`);
    const id = documentId(source.file);
    const metadata = { title: id, ...readMetadata(text), ...known, ...sources.get(source.file) };
    return { info: { id, file: source.file, sha256, ...metadata }, text, pages: pages ?? [] };
  } finally {
    if (!isolation) own.close();
  }
}

/** Reads the whole corpus; files that can't be read are in `failures`. */
export async function readCorpus(corpusDir: string): Promise<{ documents: Document[]; failures: Failure[] }> {
  const { files, failures } = await listCorpus(corpusDir);
  const sources = await readSources(corpusDir);
  const documents: Document[] = [];
  const isolation = openIsolation();
  try {
    for (const source of files) {
      try {
        documents.push(await readDocument(source, sources, isolation));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        failures.push({ file: source.file, reason: error.message.replace(`${source.file}: `, "") });
      }
    }
  } finally {
    isolation.close();
  }
  return { documents, failures };
}
