// The corpus -> a new version of the index: what was read is encoded and indexed as far as it is new, the
// thresholds of refusal are checked on it, and all of it is committed. When that is done is the caller's
// business: npm run index, or a door that finds no index that fits.

import type { Config } from "../config.ts";
import { LEXICON_FILE } from "../corpus-state.ts";
import { messageOf } from "../errors.ts";
import { buildIndex, type BuiltIndex } from "../index/build.ts";
import type { StoredCalibration } from "../index/calibration.ts";
import { emptyGraph } from "../index/graph.ts";
import { takeLock } from "../index/lock.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { fingerprintThatFits, saveIndex } from "../index/store.ts";
import { makeCurrent, sha256 } from "../index/versions.ts";
import { parseLexicon } from "../text/lexicon.ts";
import type { Encoder } from "../types.ts";
import { calibrate, stillKnown, warningsOf } from "./calibrate.ts";
import {
  changedPassages,
  type Found,
  type IndexingOptions,
  isMadeAlike,
  isSame,
  type Survey,
  survey,
} from "./survey.ts";

/** What a run did, or would do. */
export interface Summary extends Found {
  /** The version that is in use now; null where there is none. */
  readonly version: string | null;
  /** What the thresholds of refusal came to on this corpus; null where that has not been looked at. */
  readonly calibration: StoredCalibration | null;
  /** `new`: a new version. `same`: nothing had changed. `unkept`: the index folder could not be written. */
  readonly outcome: "new" | "same" | "unkept" | "planned";
}

/** What would be done, without writing anything. Throws as `reindex` does. */
export async function planReindex(
  config: Config,
  encoder: Encoder | Promise<Encoder>,
  options: IndexingOptions,
): Promise<Summary> {
  const surveyed = await survey(config, encoder, options);
  const outcome = isSame(surveyed) ? "same" : "planned";
  const { summary, previous } = surveyed;
  const calibration = outcome === "same" ? (previous?.calibration ?? null) : null;
  return { ...summary, version: previous?.current.version ?? null, calibration, outcome };
}

/**
 * Indexes the corpus as it is. `index` is null when nothing had changed, and when the new version is in
 * the folder; where that can't be written, it is the index in memory, and `onNotice` is told. Throws
 * `UserError` when there is nothing to index, and `IndexLocked` while another process writes. An
 * encoder that is still being opened is waited for while files are read.
 */
export async function reindex(
  config: Config,
  encoder: Encoder | Promise<Encoder>,
  options: IndexingOptions = {},
): Promise<{ summary: Summary; index: OpenIndex | null }> {
  const { indexDir } = config;
  // It is waited for later; until then nobody minds its failure.
  Promise.resolve(encoder).catch(() => undefined);
  const unkept = (error: unknown): void => {
    // What the system refuses has a code; everything else is a fault of the program's own.
    if (!(error instanceof Error) || !("code" in error)) throw error;
    options.onNotice?.(
      `${indexDir}: the index can't be kept there (${messageOf(error)}). Name another folder with --index or INDEX_DIR.`,
    );
  };
  const release = await takeLock(indexDir).catch(unkept);
  try {
    const surveyed = await survey(config, encoder, options);
    const { summary, previous, fingerprint } = surveyed;
    if (previous && isSame(surveyed)) {
      const { version, rolledBack } = previous.current;
      if (release && (rolledBack || fingerprintThatFits(previous) !== fingerprint))
        await makeCurrent(indexDir, version, { rolledBack: false, fits: fingerprint }).catch(unkept);
      return {
        summary: { ...summary, version, calibration: previous.calibration, outcome: "same" },
        index: null,
      };
    }
    const { manifest } = previous ?? {};
    if (manifest?.encoder === surveyed.encoder.id && manifest.models !== surveyed.models.id)
      options.onNotice?.(
        "Refusal has not been checked on this corpus with the trained models in use; it is checked now.",
      );
    const index = await build(surveyed, options);
    options.signal?.throwIfAborted();
    const known = isMadeAlike(surveyed)
      ? stillKnown(previous?.calibration, surveyed.models, changedPassages(surveyed), summary.passages)
      : null;
    const calibration = known ?? (await calibrate(index, surveyed.models, { signal: options.signal }));
    for (const warning of warningsOf(calibration)) options.onNotice?.(warning);
    const replaces = previous?.current.version ?? null;
    const origin = { fingerprint, lexicon: sha256(surveyed.lexicon), replaces };
    const version = release ? await saveIndex(indexDir, index, calibration, origin).catch(unkept) : undefined;
    return version === undefined
      ? { summary: { ...summary, version: replaces, calibration, outcome: "unkept" }, index }
      : { summary: { ...summary, version, calibration, outcome: "new" }, index: null };
  } finally {
    await release?.();
  }
}

function build(surveyed: Survey, options: IndexingOptions): Promise<BuiltIndex> {
  const { encoder } = surveyed;
  const { lexicon, problems } = parseLexicon(surveyed.lexicon);
  for (const problem of problems) options.onNotice?.(`${LEXICON_FILE} ${problem}; the line is left out`);
  return buildIndex(surveyed.documents, encoder, {
    lexicon,
    previous: surveyed.previous,
    plan: surveyed.plan,
    emptyStore: emptyGraph(encoder.dimensions),
    onProgress: options.onProgress,
    signal: options.signal,
  });
}
