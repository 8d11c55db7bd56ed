// The corpus -> a new version of the index: documents read, what is new encoded, all of it committed.
// When that is done is the caller's business: npm run index, or a door that finds no index that fits.

import type { Config } from "../config.ts";
import { type CorpusState, fingerprintOf, LEXICON_FILE } from "../corpus-state.ts";
import { readCorpus, type Failure } from "../documents/read.ts";
import { messageOf, UserError } from "../errors.ts";
import { buildIndex, passageInput } from "../index/build.ts";
import { withLock } from "../index/lock.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { FORMAT, loadIndex, type Manifest, saveIndex } from "../index/store.ts";
import { currentVersion, DamagedIndex, readManifest } from "../index/versions.ts";
import { parseLexicon } from "../text/lexicon.ts";
import type { Document, Encoder } from "../types.ts";

export interface IndexingOptions {
  /** Called while passages are encoded. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Told what people should know: a damaged index, files left out. */
  readonly onNotice?: ((notice: string) => void) | undefined;
}

/** What a build did, by file. */
export interface BuildSummary {
  readonly version: string | null;
  readonly documents: readonly Document[];
  readonly passages: number;
  readonly encoded: number;
  readonly failures: readonly Failure[];
}

/** Reads the corpus, encodes what is new, and commits a new version. */
export async function buildAndSave(
  config: Config,
  encoder: Encoder,
  state: CorpusState,
  options: IndexingOptions,
): Promise<{ index: OpenIndex; summary: BuildSummary }> {
  const { documents, failures } = await readCorpus(config.corpusDir);
  if (documents.length === 0) {
    const reasons = failures.map(({ file, reason }) => `\n  ${file}: ${reason}`).join("");
    throw new UserError(
      `${config.corpusDir}: there is no document to index. Put reports (.pdf, .html, .docx, .txt, .md) into it.${reasons}`,
    );
  }
  const known = await knownVectors(config, encoder);
  const { lexicon, problems } = parseLexicon(state.lexicon);
  for (const problem of problems) options.onNotice?.(`${LEXICON_FILE} ${problem}; the line is left out`);
  let encoded = 0;
  const index = await buildIndex(documents, encoder, {
    lexicon,
    known: (input) => {
      const vector = known.get(input);
      if (!vector) encoded++;
      return vector;
    },
    onProgress: options.onProgress,
  });
  const version = await withLock(config.indexDir, () =>
    saveIndex(config.indexDir, index, fingerprintOf(state, encoder.id)),
  ).catch((error: unknown) => {
    // What the system refuses has a code; everything else is a fault of the program's own.
    if (!(error instanceof Error) || !("code" in error)) throw error;
    options.onNotice?.(
      `${config.indexDir}: the index can't be kept there (${messageOf(error)}); it is used from memory. Name another folder with --index or INDEX_DIR.`,
    );
    return null;
  });
  return { index, summary: { version, documents, passages: index.passages.length, encoded, failures } };
}

/** Vectors of the index on disk made by the same encoder, by encoded text. */
async function knownVectors(config: Config, encoder: Encoder): Promise<Map<string, Float32Array>> {
  const out = new Map<string, Float32Array>();
  try {
    const version = await currentVersion(config.indexDir);
    if (version === null) return out;
    const manifest = await readManifest<Manifest>(config.indexDir, version);
    if (manifest.format !== FORMAT || manifest.encoder !== encoder.id) return out;
    const { index } = await loadIndex(config.indexDir, version, encoder);
    for (const [i, passage] of index.passages.entries()) {
      out.set(
        passageInput(passage),
        index.vectors.slice(i * encoder.dimensions, (i + 1) * encoder.dimensions),
      );
    }
  } catch (error) {
    if (!(error instanceof DamagedIndex)) throw error;
  }
  return out;
}
