// Config -> the engine that every door talks to: the encoder opened, an index that fits the corpus
// (built when missing, outdated or damaged), the trained parts, and one path from question to answer.

import { answerQuestion } from "./answer/answer.ts";
import { type Models, modelsFor, withThresholds } from "./answer/models.ts";
import { paragraphAround, paragraphByNumber, paragraphStarts } from "./answer/paragraph.ts";
import { type Config, PROJECT_DIR } from "./config.ts";
import { isPartialDate } from "./documents/dates.ts";
import { openEncoder } from "./encoder/open.ts";
import { showProgress } from "./encoder/progress.ts";
import { openReranker } from "./encoder/reranker.ts";
import type { ModelOptions } from "./encoder/source.ts";
import type { StoredCalibration } from "./index/calibration.ts";
import type { OpenIndex } from "./index/open-index.ts";
import type { Variant } from "./retrieval/rank.ts";
import { fingerprintOf, readState } from "./corpus-state.ts";
import { UserError } from "./errors.ts";
import { IndexLocked } from "./index/lock.ts";
import { fingerprintThatFits, loadIndex, type Manifest } from "./index/store.ts";
import { whyUnusable } from "./index/usable.ts";
import { type Current, DamagedIndex, readCurrent, readManifest } from "./index/versions.ts";
import type { IndexingOptions } from "./indexing/survey.ts";
import { reindex as reindexCorpus, type Summary } from "./indexing/reindex.ts";
import type { Encoder, Engine, Filter, Question, Reranker } from "./types.ts";

/** Longer questions are refused: nobody asks so, and a message must not cost minutes. Characters. */
export const MAX_QUESTION = 2000;

export interface EngineOptions extends IndexingOptions {
  /** An encoder that is open already; else the one that the settings name is opened. */
  readonly encoder?: Encoder | undefined;
  /** A cross-encoder that is open already, null for none; else the one that the settings name is opened. */
  readonly reranker?: Reranker | null | undefined;
  /** What ranks the passages (the ranker). */
  readonly variant?: Variant | undefined;
}

/** An engine with what it runs on. */
export interface OpenEngine extends Engine {
  /** The index's version on disk; null when it is only in memory. */
  readonly version: string | null;
  readonly index: OpenIndex;
  readonly models: Models;
  /** A document's text, for checking quotations of a question set; undefined for an unknown one. */
  textOf(document: string): string | undefined;
}

/**
 * Opens the engine. The index is opened when it fits corpus, encoder and program, else built and
 * kept. Throws `UserError` when corpus, encoder or settings can't be used.
 */
export async function openEngine(config: Config, given: EngineOptions = {}): Promise<OpenEngine> {
  const told = new Set<string>();
  const options: EngineOptions = {
    ...given,
    // What is found out when opening is found out again when building.
    onNotice: (notice) => {
      if (!told.has(notice)) given.onNotice?.(notice);
      told.add(notice);
    },
  };
  const state = await readState(config);
  const encoder = options.encoder ?? (await encoderOf(config));
  // Opened before a build, so that a wrong name is told at once.
  const models = await openModels(config, encoder, options);
  const fits = (manifest: Manifest, current: Current) =>
    current.rolledBack ||
    fingerprintThatFits({ manifest, current }) === fingerprintOf(state, encoder.id, models.id);
  const kept =
    (await openCurrent(config, encoder, fits, options)) ?? (await rebuild(config, encoder, options));
  return engineOf(kept, modelsOf(kept, models, options));
}

/**
 * Opens a version of the index as it is on disk, whatever the corpus holds by now; builds nothing.
 * Throws `DamagedIndex` when it is not whole, `UserError` when it was made by another program or for
 * another encoder.
 */
export async function openVersion(
  config: Config,
  version: string,
  options: EngineOptions = {},
): Promise<OpenEngine> {
  const encoder = options.encoder ?? (await encoderOf(config));
  const made = await readManifest<Manifest>(config.indexDir, version);
  const unusable = whyUnusable(made, encoder.id);
  if (unusable !== null)
    throw new UserError(`${version} ${unusable}. Restart it, or run npm run index with its settings.`);
  const { index, calibration, manifest } = await loadIndex(config.indexDir, version, encoder);
  const kept = { index, calibration, version, builtAt: manifest.builtAt };
  return engineOf(kept, modelsOf(kept, await openModels(config, encoder, options), options));
}

async function openModels(config: Config, encoder: Encoder, options: EngineOptions): Promise<Models> {
  const reranker = options.reranker === undefined ? await rerankerOf(config) : options.reranker;
  const models = await modelsFor(config, encoder.id);
  return { ...models, reranker, ...(options.variant && { variant: options.variant }) };
}

/** The thresholds in force are the index's own; where it has none for these models, that is told. */
function modelsOf({ calibration, version }: Kept, models: Models, { onNotice }: EngineOptions): Models {
  const own = withThresholds(models, calibration);
  if (own === null)
    onNotice?.(
      `${version}: refusal has not been checked on it with the trained models in use; npm run index does that.`,
    );
  return own ?? models;
}

/** The encoder that the settings name; a download shows its progress. */
export function encoderOf(config: Config): Promise<Encoder> {
  return openEncoder(modelOptions(config, config.encoderModel));
}

/** The cross-encoder that the settings name, null when they name none. */
async function rerankerOf(config: Config): Promise<Reranker | null> {
  return config.rerankerModel === "" ? null : openReranker(modelOptions(config, config.rerankerModel));
}

function modelOptions({ modelCacheDir, hubUrl }: Config, model: string): ModelOptions {
  return { model, projectDir: PROJECT_DIR, cacheDir: modelCacheDir, hubUrl, onProgress: showProgress(model) };
}

/** An open index, with its version on disk (null: only in memory) and when it was built (ISO 8601). */
export interface Kept {
  readonly index: OpenIndex;
  /** Null in versions of before it was kept. */
  readonly calibration: StoredCalibration | null;
  readonly version: string | null;
  readonly builtAt: string;
}

/** An engine over an open index. */
export function engineOf({ index, version, builtAt }: Omit<Kept, "calibration">, models: Models): OpenEngine {
  const counts = new Map<string, number>();
  for (const { document } of index.passages) counts.set(document, (counts.get(document) ?? 0) + 1);
  return {
    index,
    models,
    version,
    encoder: index.encoder.id,
    ...(models.reranker && { reranker: models.reranker.id }),
    builtAt,
    documents: [...index.documents.values()].map(({ info }) => info),
    passageCount: (document) => counts.get(document) ?? 0,
    textOf: (document) => index.documents.get(document)?.text,
    ask: async (question) => {
      checkQuestion(question, index);
      return answerQuestion(question, index, models);
    },
    around: async (passage) => paragraphAround(passage, index),
    find: async (document, number) => {
      checkFilter({ document }, index);
      return paragraphByNumber(document, number, index);
    },
    paragraphs: async (document) => {
      checkFilter({ document }, index);
      return paragraphStarts(document, index);
    },
  };
}

/** The index on disk when it is whole, made for this program and encoder, and `fits`; null otherwise. */
async function openCurrent(
  { indexDir }: Config,
  encoder: Encoder,
  fits: (manifest: Manifest, current: Current) => boolean,
  { onNotice }: IndexingOptions,
): Promise<Kept | null> {
  try {
    const current = await readCurrent(indexDir);
    if (current === null) return null;
    const manifest = await readManifest<Manifest>(indexDir, current.version);
    const unusable = whyUnusable(manifest, encoder.id);
    if (unusable !== null && current.rolledBack)
      onNotice?.(
        `${current.version}, to which the index was rolled back, ${unusable}; the index is built anew.`,
      );
    if (unusable !== null || !fits(manifest, current)) return null;
    const { index, calibration } = await loadIndex(indexDir, current.version, encoder);
    if (current.rolledBack) onNotice?.(rolledBackNotice(current.version));
    return { index, calibration, version: current.version, builtAt: manifest.builtAt };
  } catch (error) {
    if (!(error instanceof DamagedIndex)) throw error;
    onNotice?.(`The index is damaged (${error.message}); it is built anew from the corpus.`);
    return null;
  }
}

const rolledBackNotice = (version: string) =>
  `The index was rolled back to ${version} and stays so, whatever the corpus holds, until npm run index.`;

/**
 * Builds the index and keeps it; where the folder can't be written, it serves from memory. While another
 * process is building, the one in use is better than none.
 */
async function rebuild(config: Config, encoder: Encoder, options: IndexingOptions): Promise<Kept> {
  try {
    const { index, summary } = await reindexCorpus(config, encoder, options);
    for (const { file, reason } of summary.failures) options.onNotice?.(`${file}: left out: ${reason}`);
    if (index) {
      options.onNotice?.("The index is used from memory, and built again at the next start.");
      return { index, calibration: summary.calibration, version: null, builtAt: new Date().toISOString() };
    }
  } catch (error) {
    if (!(error instanceof IndexLocked)) throw error;
    const before = await openCurrent(config, encoder, () => true, {});
    if (!before) throw error;
    options.onNotice?.(
      `Another process is writing the index; until it is done, answers come from the one built ${before.builtAt}.`,
    );
    return before;
  }
  const made = await openCurrent(config, encoder, () => true, options);
  if (!made)
    throw new UserError(`${config.indexDir}: the index that was just made can't be opened. Try again.`);
  return made;
}

/** Indexes the corpus as it is, with the encoder that the settings name. Throws as `indexing/reindex.ts` does. */
export async function reindex(config: Config, options: EngineOptions = {}): Promise<Summary> {
  const encoder = options.encoder ?? (await encoderOf(config));
  return (await reindexCorpus(config, encoder, options)).summary;
}

function checkQuestion({ text, filter, top }: Question, index: OpenIndex): void {
  if (text.trim() === "")
    throw new UserError("The question is empty. Ask, for example: what was the NEET rate for care leavers?");
  if (text.length > MAX_QUESTION) {
    throw new UserError(
      `The question has ${text.length} characters; ${MAX_QUESTION} is the limit. Ask in a sentence or two.`,
    );
  }
  if (top !== undefined && (!Number.isInteger(top) || top < 1))
    throw new UserError(`Expected \`top\` to be a whole number from 1 and up, got ${top}.`);
  checkFilter(filter ?? {}, index);
}

function checkFilter({ document, since, until }: Filter, index: OpenIndex): void {
  if (document !== undefined && !index.documents.has(document)) {
    throw new UserError(
      `There is no document "${document}". The documents are: ${[...index.documents.keys()].join(", ")}.`,
    );
  }
  for (const [name, date] of [
    ["since", since],
    ["until", until],
  ] as const) {
    if (date !== undefined && !isPartialDate(date)) {
      throw new UserError(
        `Expected \`${name}\` to be a date such as 2014, 2014-08 or 2014-08-08, got "${date}".`,
      );
    }
  }
}
