// What an index is made of -> its fingerprint: the corpus's files by content, sources, lexicon,
// encoder, and the versions of the program's own parts. A changed fingerprint means: build anew.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { listCorpus, readBytes, READERS_VERSION } from "./documents/read.ts";
import { SOURCES_FILE } from "./documents/sources.ts";
import { messageOf, UserError } from "./errors.ts";
import { LEXICAL_VERSION } from "./index/lexical-build.ts";
import { sha256 } from "./index/versions.ts";
import { FORMAT } from "./index/store.ts";
import { SPLITTER_VERSION } from "./passages/split.ts";

export const LEXICON_FILE = "lexicon.txt";

export interface CorpusState {
  /** The corpus's lexicon as it is written; empty where there is none. */
  readonly lexicon: string;
  /** Everything but the encoder, hashed. */
  readonly hash: string;
}

/** Reads what the index depends on. Throws `UserError` when the corpus can't be read. */
export async function readState(config: Config): Promise<CorpusState> {
  const { files, failures } = await listCorpus(config.corpusDir);
  const parts = [
    `format ${FORMAT}`,
    `splitter ${SPLITTER_VERSION}`,
    `readers ${READERS_VERSION}`,
    `lexical ${LEXICAL_VERSION}`,
    ...failures.map(({ file }) => `left out ${file}`),
  ];
  for (const file of files) {
    // A file that can't be read now is left out by the build, and tried again when that changes.
    const hash = await readBytes(file).then(
      ({ sha256: own }) => own,
      (error: unknown) => messageOf(error),
    );
    parts.push(`${file.file} ${hash}`);
  }
  const side = async (name: string) =>
    readFile(join(config.corpusDir, name), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw new UserError(`${join(config.corpusDir, name)}: can't be read (${messageOf(error)}).`);
    });
  parts.push(`${SOURCES_FILE} ${sha256(await side(SOURCES_FILE))}`);
  const lexicon = await side(LEXICON_FILE);
  parts.push(`${LEXICON_FILE} ${sha256(lexicon)}`);
  return { lexicon, hash: sha256(parts.join("\n")) };
}

/** The fingerprint of an index made from this state with this encoder. */
export function fingerprintOf(state: CorpusState, encoderId: string): string {
  return sha256(`${state.hash}\n${encoderId}`);
}
