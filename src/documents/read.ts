// A corpus folder -> documents. One file that can't be read is named and never stops the others.

import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { messageOf, UserError } from "../errors.ts";
import type { Document } from "../types.ts";
import { type Failure, listCorpus } from "./corpus-files.ts";
import { type Isolation, openIsolation } from "./isolated.ts";
import { documentOf, type KnownText, readText } from "./read-document.ts";
import { type CorpusFile, readBytes, readSideFile } from "./read-file.ts";
import { parseSources, SOURCES_FILE } from "./sources.ts";

/** Files read at a time, each in a child of its own; never more than the machine has processors. */
const MOST_READERS = 4;

export interface Corpus {
  /** In order of path. */
  readonly documents: readonly Document[];
  readonly failures: readonly Failure[];
  /** What of sources.json finds no file. */
  readonly warnings: readonly string[];
  /** What was read, hashed: with the same readers, the same state gives the same documents. */
  readonly state: string;
}

export interface ReadOptions {
  /** The text of a file that is known by its content (SHA-256, hex), so that it needn't be read again. */
  readonly known?: ((sha256: string, file: string) => KnownText | undefined) | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Ends the reading with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Reads the whole corpus; files that can't be read are in `failures`. */
export async function readCorpus(corpusDir: string, options: ReadOptions = {}): Promise<Corpus> {
  const { known, signal } = options;
  const { files, failures: skipped } = await listCorpus(corpusDir);
  const side = await readSideFile(corpusDir, SOURCES_FILE);
  const sources = parseSources(side, corpusDir);
  const contents = new Map<string, string>();
  const documents = new Map<string, Document>();
  const failures: Failure[] = [...skipped];
  const readOne = async (source: CorpusFile, isolation: Isolation): Promise<void> => {
    const { file } = source;
    try {
      const { bytes, sha256 } = await readBytes(source);
      contents.set(file, sha256);
      const text = known?.(sha256, file) ?? (await readText(file, bytes, isolation));
      documents.set(file, documentOf(file, sha256, text, sources));
    } catch (error) {
      // An interrupted child is no fault of the file that it was reading.
      signal?.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      if (!contents.has(file)) contents.set(file, error.message);
      failures.push({ file, reason: error.message.replace(`${file}: `, "") });
    }
  };
  await eachFile(files, readOne, options);
  const listed = new Set([...files, ...skipped].map(({ file }) => file));
  return {
    documents: files.flatMap(({ file }) => documents.get(file) ?? []),
    failures: failures.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    warnings: [...sources.keys()]
      .filter((file) => !listed.has(file))
      .map(
        (file) =>
          `${SOURCES_FILE}: there is no file "${file}" in the corpus; what is said of it counts for nothing.`,
      ),
    state: stateOf(files, contents, skipped, side),
  };
}

/** `Corpus.state`, without reading what the files mean. Throws `UserError` when the folder can't be read. */
export async function readCorpusState(corpusDir: string): Promise<string> {
  const { files, failures } = await listCorpus(corpusDir);
  const side = await readSideFile(corpusDir, SOURCES_FILE);
  const contents = new Map<string, string>();
  for (const source of files) {
    // A file that can't be read now is left out by the build, and tried again when that changes.
    const content = await readBytes(source).then(({ sha256 }) => sha256, messageOf);
    contents.set(source.file, content);
  }
  return stateOf(files, contents, failures, side);
}

function stateOf(
  files: readonly CorpusFile[],
  contents: ReadonlyMap<string, string>,
  skipped: readonly Failure[],
  side: string,
): string {
  const hash = createHash("sha256");
  hash.update(`${SOURCES_FILE} ${side}\n`);
  for (const { file } of files) hash.update(`${file} ${contents.get(file)}\n`);
  for (const { file } of skipped) hash.update(`left out ${file}\n`);
  return hash.digest("hex");
}

/** Gives every file to one of a few readers that work side by side, each with a child of its own. */
async function eachFile(
  files: readonly CorpusFile[],
  work: (source: CorpusFile, isolation: Isolation) => Promise<void>,
  { onProgress, signal }: ReadOptions,
): Promise<void> {
  const isolations = Array.from({ length: Math.min(MOST_READERS, availableParallelism()) }, () =>
    openIsolation(),
  );
  const waiting = files.values();
  let done = 0;
  let failed = false;
  const reader = async (isolation: Isolation): Promise<void> => {
    for (const source of waiting) {
      if (failed) return;
      signal?.throwIfAborted();
      await work(source, isolation);
      onProgress?.(++done, files.length);
    }
  };
  try {
    await Promise.all(
      isolations.map((isolation) =>
        reader(isolation).catch((error: unknown) => {
          failed = true;
          throw error;
        }),
      ),
    );
  } finally {
    for (const isolation of isolations) isolation.close();
  }
}
