// The corpus -> a new version of the index: documents read, what is new encoded, all of it committed.
// When that is done is the caller's business: npm run index, or a door that finds no index that fits.

import { type Models, modelsFor } from "../answer/models.ts";
import type { Config } from "../config.ts";
import { fingerprintOf, LEXICON_FILE } from "../corpus-state.ts";
import type { Failure } from "../documents/corpus-files.ts";
import { readSideFile } from "../documents/read-file.ts";
import { readCorpus } from "../documents/read.ts";
import { messageOf, UserError } from "../errors.ts";
import { buildIndex, type BuildStage, type BuiltIndex } from "../index/build.ts";
import type { StoredCalibration } from "../index/calibration.ts";
import { emptyGraph } from "../index/graph.ts";
import { takeLock } from "../index/lock.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { planPassages } from "../index/plan.ts";
import { fingerprintThatFits, PARTS, saveIndex } from "../index/store.ts";
import { type DamagedIndex, makeCurrent, sha256 } from "../index/versions.ts";
import { parseLexicon } from "../text/lexicon.ts";
import type { Document, Encoder } from "../types.ts";
import { calibrate, stillKnown, warningsOf } from "./calibrate.ts";
import { type Changes, compareDocuments, isChanged } from "./changes.ts";
import { knownTexts, openPrevious, openPreviousTexts, type PreviousIndex } from "./previous.ts";

/** What an indexer is busy with. */
export type Stage = "Reading" | BuildStage;

export interface IndexingOptions {
  /** Called while files are read, passages encoded, and vectors linked. */
  readonly onProgress?: ((done: number, total: number, stage: Stage) => void) | undefined;
  /** Told what people should know: a damaged index, entries of sources.json and lexicon that don't count. */
  readonly onNotice?: ((notice: string) => void) | undefined;
  /** Ends the work with the signal's reason; the index stays as it was. */
  readonly signal?: AbortSignal | undefined;
}

/** What a run did, or would do. */
export interface Summary {
  readonly changes: Changes;
  readonly failures: readonly Failure[];
  readonly documents: number;
  readonly passages: number;
  /** Passages whose vectors were not known. */
  readonly encoded: number;
  /** The version that is in use now; null where there is none. */
  readonly version: string | null;
  /** What the thresholds of refusal came to on this corpus; null where that has not been looked at. */
  readonly calibration: StoredCalibration | null;
  /** `new`: a new version. `same`: nothing had changed. `unkept`: the index folder could not be written. */
  readonly outcome: "new" | "same" | "unkept" | "planned";
}

/** The corpus as it is now, read and compared with the index in use. */
interface Reading {
  readonly encoder: Encoder;
  readonly models: Models;
  readonly previous: PreviousIndex | null;
  readonly documents: readonly Document[];
  readonly plan: ReturnType<typeof planPassages>;
  readonly lexicon: string;
  readonly fingerprint: string;
  readonly summary: Omit<Summary, "version" | "outcome" | "calibration">;
}

/** What would be done, without writing anything. Throws as `reindex` does. */
export async function planReindex(
  config: Config,
  encoder: Encoder | Promise<Encoder>,
  options: IndexingOptions,
): Promise<Summary> {
  const reading = await read(config, encoder, options);
  const outcome = isSame(reading) ? "same" : "planned";
  const { summary, previous } = reading;
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
    const reading = await read(config, encoder, options);
    const { summary, previous, fingerprint } = reading;
    if (previous && isSame(reading)) {
      const { version, rolledBack } = previous.current;
      if (release && (rolledBack || fingerprintThatFits(previous) !== fingerprint))
        await makeCurrent(indexDir, version, { rolledBack: false, fits: fingerprint }).catch(unkept);
      return {
        summary: { ...summary, version, calibration: previous.calibration, outcome: "same" },
        index: null,
      };
    }
    const { manifest } = previous ?? {};
    if (manifest?.encoder === reading.encoder.id && manifest.models !== reading.models.id)
      options.onNotice?.(
        "Refusal has not been checked on this corpus with the trained models in use; it is checked now.",
      );
    const index = await build(reading, options);
    options.signal?.throwIfAborted();
    const known = isMadeAlike(reading)
      ? stillKnown(previous?.calibration, reading.models, changedPassages(reading), summary.passages)
      : null;
    const calibration = known ?? (await calibrate(index, reading.models, { signal: options.signal }));
    for (const warning of warningsOf(calibration)) options.onNotice?.(warning);
    const replaces = previous?.current.version ?? null;
    const origin = { fingerprint, lexicon: sha256(reading.lexicon), replaces };
    const version = release ? await saveIndex(indexDir, index, calibration, origin).catch(unkept) : undefined;
    return version === undefined
      ? { summary: { ...summary, version: replaces, calibration, outcome: "unkept" }, index }
      : { summary: { ...summary, version, calibration, outcome: "new" }, index: null };
  } finally {
    await release?.();
  }
}

async function read(
  config: Config,
  opening: Encoder | Promise<Encoder>,
  options: IndexingOptions,
): Promise<Reading> {
  const { onProgress, onNotice, signal } = options;
  const onDamage = ({ message }: DamagedIndex) =>
    onNotice?.(`The index is damaged (${message}); it is built anew from the corpus.`);
  const texts = await openPreviousTexts(config.indexDir, onDamage);
  const lexicon = await readSideFile(config.corpusDir, LEXICON_FILE);
  // While other processes read what is new, encoder and index are opened. Where one fails, the other ends.
  const giveUp = new AbortController();
  const [corpus, [encoder, previous]] = await Promise.all([
    readCorpus(config.corpusDir, {
      known: knownTexts(texts),
      onProgress: (done, total) => onProgress?.(done, total, "Reading"),
      signal: AbortSignal.any([giveUp.signal, ...(signal ? [signal] : [])]),
    }),
    Promise.resolve(opening).then(
      async (own) => [own, texts && (await openPrevious(texts, config.indexDir, own, onDamage))] as const,
    ),
  ]).catch((error: unknown) => {
    giveUp.abort(error);
    throw error;
  });
  for (const warning of corpus.warnings) onNotice?.(warning);
  const plan = planPassages(corpus.documents, previous);
  const quotable = new Set(plan.passages.map(({ document }) => document));
  const documents = corpus.documents.filter(({ info }) => quotable.has(info.id));
  const empty = corpus.documents.filter(({ info }) => !quotable.has(info.id));
  const failures = [
    ...corpus.failures,
    ...empty.map(({ info }) => ({ file: info.file, reason: NOTHING_TO_QUOTE })),
  ];
  if (documents.length === 0) throw nothingToIndex(config.corpusDir, failures);
  const failed = new Set(failures.map(({ file }) => file));
  const changes = compareDocuments([...(previous?.documents.values() ?? [])], documents, failed);
  const models = await modelsFor(config, encoder.id);
  const fingerprint = fingerprintOf({ corpus: corpus.state, lexicon }, encoder.id, models.id);
  return {
    encoder,
    models,
    previous,
    documents,
    plan,
    lexicon,
    fingerprint,
    summary: {
      changes,
      failures,
      documents: documents.length,
      passages: plan.passages.length,
      encoded: plan.missing.length,
    },
  };
}

/** Whether the index in use already holds what the corpus now gives. A file that is left out changes nothing. */
function isSame(reading: Reading): boolean {
  return (
    isMadeAlike(reading) &&
    reading.previous?.manifest.models === reading.models.id &&
    !isChanged(reading.summary.changes)
  );
}

/** Whether the index in use was made as the next one is, but for the corpus and the models that judge. */
function isMadeAlike({ encoder, previous, lexicon }: Reading): boolean {
  const { encoder: id, lexicon: before, parts } = previous?.manifest ?? {};
  return id === encoder.id && before === sha256(lexicon) && JSON.stringify(parts) === JSON.stringify(PARTS);
}

/** Passages that are new, and those that are gone. */
function changedPassages({ plan, previous }: Reading): number {
  const kept = plan.from.reduce((sum, before) => sum + (before === -1 ? 0 : 1), 0);
  return plan.from.length - kept + (previous?.passages.length ?? 0) - kept;
}

const NOTHING_TO_QUOTE = "holds nothing that could be quoted: no paragraph, list or table, only headings.";

function nothingToIndex(corpusDir: string, failures: readonly Failure[]): UserError {
  const reasons = failures.map(({ file, reason }) => `\n  ${file}: ${reason}`).join("");
  return new UserError(
    `${corpusDir}: there is no document to index. Put reports (.pdf, .html, .docx, .txt, .md) into it.${reasons}`,
  );
}

function build(reading: Reading, options: IndexingOptions): Promise<BuiltIndex> {
  const { encoder } = reading;
  const { lexicon, problems } = parseLexicon(reading.lexicon);
  for (const problem of problems) options.onNotice?.(`${LEXICON_FILE} ${problem}; the line is left out`);
  return buildIndex(reading.documents, encoder, {
    lexicon,
    previous: reading.previous,
    plan: reading.plan,
    emptyStore: emptyGraph(encoder.dimensions),
    onProgress: options.onProgress,
    signal: options.signal,
  });
}
