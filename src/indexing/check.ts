// An index folder -> what it holds and what is wrong with it, version by version. Every file is compared
// with its checksum first; what the files hold is then compared with itself.

import { messageOf } from "../errors.ts";
import { type Models, withThresholds } from "../answer/models.ts";
import type { StoredCalibration } from "../index/calibration.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { loadIndex, loadTerms, type Manifest } from "../index/store.ts";
import { whyUnusable } from "../index/usable.ts";
import {
  type Current,
  DamagedIndex,
  listVersions,
  readCurrent,
  readManifest,
  readVersion,
} from "../index/versions.ts";
import { dot } from "../index/vector-store.ts";
import { textOf } from "../passages/markup.ts";
import type { Encoder } from "../types.ts";
import { calibrate, THOROUGH } from "./calibrate.ts";

export interface VersionReport {
  readonly version: string;
  /** Null when it can't be read. */
  readonly manifest: Manifest | null;
  /** What is damaged, by file; empty for a whole version. */
  readonly problems: readonly string[];
  /** Why a whole version can't be used (`whyUnusable`). */
  readonly unusable: string | null;
}

export interface IndexReport {
  /** Null where there is no index, or CURRENT is damaged. */
  readonly current: Current | null;
  /** What is wrong with CURRENT. */
  readonly problem: string | null;
  /** Oldest first. */
  readonly versions: readonly VersionReport[];
  /** Whether the thresholds of the one in use were checked with other models, or never. */
  readonly unchecked: boolean;
  /** What refusal comes to in the one in use, by more questions than at indexing; null where it was not asked. */
  readonly refusal: StoredCalibration | null;
}

/** Passages whose neighbours are looked for. */
const PROBES = 100;

/**
 * Checks every version, and with `models` what refusal comes to in the one in use. Throws `UserError` only
 * when the folder itself can't be read.
 */
export async function checkIndex(
  indexDir: string,
  encoder: Encoder,
  models: Models | null = null,
): Promise<IndexReport> {
  let current: Current | null = null;
  let problem: string | null = null;
  try {
    current = await readCurrent(indexDir);
  } catch (error) {
    if (!(error instanceof DamagedIndex)) throw error;
    problem = error.message;
  }
  const versions: VersionReport[] = [];
  for (const version of await listVersions(indexDir))
    versions.push(await checkVersion(indexDir, version, encoder));
  const own = versions.find(({ version }) => version === current?.version);
  if (models === null || own === undefined || own.problems.length > 0 || own.unusable !== null)
    return { current, problem, versions, unchecked: false, refusal: null };
  const { index, calibration } = await loadIndex(indexDir, own.version, encoder);
  const judges = withThresholds(models, calibration);
  const refusal = await calibrate(index, judges ?? models, { count: THOROUGH });
  return { current, problem, versions, unchecked: judges === null, refusal };
}

/** Checks one version. */
export async function checkVersion(
  indexDir: string,
  version: string,
  encoder: Encoder,
): Promise<VersionReport> {
  const problems: string[] = [];
  const check = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      problems.push(messageOf(error));
      return null;
    }
  };
  const manifest = await check(() => readManifest<Manifest>(indexDir, version));
  if (!manifest) return { version, manifest, problems, unusable: null };
  for (const name of Object.keys(manifest.files))
    await check(() => readVersion(indexDir, version, (file) => file === name));
  const unusable = whyUnusable(manifest, encoder.id);
  if (problems.length === 0 && unusable === null) {
    const loaded = await check(() => loadIndex(indexDir, version, encoder));
    await check(() => loadTerms(indexDir, version));
    if (loaded) problems.push(...(await faultsOf(loaded.index)).map((fault) => `${version}: ${fault}`));
  }
  return { version, manifest, problems, unusable };
}

/** What in an index contradicts itself: a fault of the program that wrote it, since checksums are right. */
async function faultsOf({ documents, passages, vectors, store, encoder }: OpenIndex): Promise<string[]> {
  const faults: string[] = [];
  let [id, text] = ["", ""];
  for (const passage of passages) {
    if (passage.document !== id) [id, text] = [passage.document, documents.get(passage.document)?.text ?? ""];
    if (passage.text === "" || textOf(text, passage.pieces) !== passage.text)
      faults.push(`${passage.id} is not what its document says`);
  }
  const d = encoder.dimensions;
  const step = Math.max(1, Math.floor(passages.length / PROBES));
  for (let place = 0; place < passages.length; place++) {
    const length = dot(vectors, place * d, vectors, place * d, d);
    if (!(length === 0 || Math.abs(length - 1) < 1e-3))
      faults.push(`${passages[place]!.id} has no proper vector`);
    else if (place % step === 0 && length > 0) {
      const [hit] = await store.nearest(vectors.slice(place * d, place * d + d), 1);
      if (!hit || hit.cosine < 0.999) faults.push(`${passages[place]!.id} is not found by its own vector`);
    }
  }
  return faults;
}
