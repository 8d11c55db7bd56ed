// The index folder -> what of the version in use can be used again by the next one: texts of unchanged
// files, passages, vectors. What another version of the program or another encoder made is left alone.

import { extname } from "node:path";
import { READERS_VERSION } from "../documents/read-document.ts";
import type { ReadOptions } from "../documents/read.ts";
import type { StoredCalibration } from "../index/calibration.ts";
import { LEXICAL_VERSION } from "../index/lexical-build.ts";
import type { Previous } from "../index/plan.ts";
import { FORMAT, loadIndex, loadTerms, loadTexts, type Manifest } from "../index/store.ts";
import { type Current, DamagedIndex, readCurrent, readManifest } from "../index/versions.ts";
import { SPLITTER_VERSION } from "../passages/split.ts";
import type { Document, Encoder, Passage } from "../types.ts";

/** The documents and passages of the version in use. */
export interface PreviousTexts {
  readonly current: Current;
  readonly manifest: Manifest;
  readonly documents: ReadonlyMap<string, Document>;
  readonly passages: readonly Passage[];
}

export type PreviousIndex = PreviousTexts &
  Previous & {
    /** Null where another encoder made it, or it was made before thresholds were kept. */
    readonly calibration: StoredCalibration | null;
  };

type OnDamage = (damage: DamagedIndex) => void;

/**
 * Opens the texts of the version in use; null where there is none that can be used. A damaged one is
 * none, and `onDamage` is told.
 */
export function openPreviousTexts(indexDir: string, onDamage: OnDamage): Promise<PreviousTexts | null> {
  return unlessDamaged(onDamage, async () => {
    const current = await readCurrent(indexDir);
    if (current === null) return null;
    const manifest = await readManifest<Manifest>(indexDir, current.version);
    if (manifest.format !== FORMAT) return null;
    const { documents, passages } = await loadTexts(indexDir, current.version);
    return { current, manifest, documents: byId(documents), passages };
  });
}

/** Opens the rest of that version: vectors and words, as far as they can be used again. */
export function openPrevious(
  texts: PreviousTexts,
  indexDir: string,
  encoder: Encoder,
  onDamage: OnDamage,
): Promise<PreviousIndex | null> {
  return unlessDamaged(onDamage, async () => {
    const { current, manifest } = texts;
    const sameSplitter = manifest.parts.splitter === SPLITTER_VERSION;
    const read =
      manifest.parts.lexical === LEXICAL_VERSION ? await loadTerms(indexDir, current.version) : null;
    if (manifest.encoder !== encoder.id)
      return { ...texts, sameSplitter, read, encoded: null, calibration: null };
    // All of it is checked: what the doors could not open is not "the same as before".
    const { index, calibration } = await loadIndex(indexDir, current.version, encoder);
    const encoded = { vectors: index.vectors, store: index.store };
    return { ...texts, sameSplitter, read, encoded, calibration };
  });
}

async function unlessDamaged<T>(onDamage: OnDamage, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DamagedIndex)) throw error;
    onDamage(error);
    return null;
  }
}

const byId = (documents: readonly Document[]) =>
  new Map(documents.map((document) => [document.info.id, document]));

/** Finds the text of a file that the version in use holds: by its content and format, whatever its name. */
export function knownTexts(previous: PreviousTexts | null): ReadOptions["known"] {
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
