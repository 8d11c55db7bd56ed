// The index folder -> what of the version in use can be used again by the next one: texts of unchanged
// files, passages, vectors. What another version of the program or another encoder made is left alone.

import { extname } from "node:path";
import { READERS_VERSION } from "../documents/read-document.ts";
import type { ReadOptions } from "../documents/read.ts";
import { LEXICAL_VERSION } from "../index/lexical-build.ts";
import type { Previous } from "../index/plan.ts";
import { FORMAT, loadIndex, loadTerms, loadTexts, type Manifest } from "../index/store.ts";
import { type Current, DamagedIndex, readCurrent, readManifest } from "../index/versions.ts";
import { SPLITTER_VERSION } from "../passages/split.ts";
import type { Document, Encoder } from "../types.ts";

export interface PreviousIndex extends Previous {
  readonly current: Current;
  readonly manifest: Manifest;
}

/**
 * Opens the version in use; null where there is none that can be used. A damaged one is none, and
 * `onDamage` is told.
 */
export async function openPrevious(
  indexDir: string,
  encoder: Encoder,
  onDamage: (damage: DamagedIndex) => void,
): Promise<PreviousIndex | null> {
  try {
    const current = await readCurrent(indexDir);
    if (current === null) return null;
    const manifest = await readManifest<Manifest>(indexDir, current.version);
    if (manifest.format !== FORMAT) return null;
    const sameSplitter = manifest.parts.splitter === SPLITTER_VERSION;
    const read =
      manifest.parts.lexical === LEXICAL_VERSION ? await loadTerms(indexDir, current.version) : null;
    if (manifest.encoder !== encoder.id) {
      const { documents, passages } = await loadTexts(indexDir, current.version);
      return { current, manifest, documents: byId(documents), passages, sameSplitter, read, encoded: null };
    }
    const { index } = await loadIndex(indexDir, current.version, encoder);
    const { documents, passages, vectors, store } = index;
    return { current, manifest, documents, passages, sameSplitter, read, encoded: { vectors, store } };
  } catch (error) {
    if (!(error instanceof DamagedIndex)) throw error;
    onDamage(error);
    return null;
  }
}

const byId = (documents: readonly Document[]) =>
  new Map(documents.map((document) => [document.info.id, document]));

/** Finds the text of a file that the version in use holds: by its content and format, whatever its name. */
export function knownTexts(previous: PreviousIndex | null): ReadOptions["known"] {
  if (previous?.manifest.parts.readers !== READERS_VERSION) return undefined;
  const key = (sha256: string, file: string) => `${sha256}${extname(file).toLowerCase()}`;
  const texts = new Map(
    [...previous.documents.values()].map((document) => [
      key(document.info.sha256, document.info.file),
      document,
    ]),
  );
  return (sha256, file) => texts.get(key(sha256, file));
}
