// What an index is made of -> its fingerprint: the corpus's files by content, sources, lexicon, encoder,
// trained models, and the versions of the program's own parts. A changed fingerprint means: build anew.

import type { Config } from "./config.ts";
import { readSideFile } from "./documents/read-file.ts";
import { readCorpusState } from "./documents/read.ts";
import { FORMAT, PARTS } from "./index/store.ts";
import { sha256 } from "./index/versions.ts";

export const LEXICON_FILE = "lexicon.txt";

/** Everything that an index depends on but the encoder. */
export interface CorpusState {
  /** `Corpus.state`. */
  readonly corpus: string;
  /** The corpus's lexicon as it is written; empty where there is none. */
  readonly lexicon: string;
}

/** Reads what the index depends on. Throws `UserError` when the corpus can't be read. */
export async function readState(config: Config): Promise<CorpusState> {
  return {
    corpus: await readCorpusState(config.corpusDir),
    lexicon: await readSideFile(config.corpusDir, LEXICON_FILE),
  };
}

/** The fingerprint of an index made from this state with this encoder, and checked with these models (`Models.id`). */
export function fingerprintOf({ corpus, lexicon }: CorpusState, encoderId: string, modelsId: string): string {
  return sha256(
    [
      `format ${FORMAT}`,
      JSON.stringify(PARTS),
      corpus,
      `${LEXICON_FILE} ${sha256(lexicon)}`,
      encoderId,
      modelsId,
    ].join("\n"),
  );
}
