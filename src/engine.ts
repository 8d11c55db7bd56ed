// Config -> the engine that every door talks to: encoder and reranker opened, an index that fits the
// corpus (built when missing, outdated or damaged), the trained parts, and one path from question to
// answer.

import { join } from "node:path";
import { answerQuestion } from "./answer/answer.ts";
import { type Models, readModels } from "./answer/models.ts";
import { paragraphAround, paragraphByNumber, paragraphStarts } from "./answer/paragraph.ts";
import { type Config, PROJECT_DIR } from "./config.ts";
import { type CorpusState, fingerprintOf, LEXICON_FILE, readState } from "./corpus-state.ts";
import { isPartialDate } from "./documents/dates.ts";
import { readCorpus, type Failure } from "./documents/read.ts";
import { openEncoder } from "./encoder/open.ts";
import { showProgress } from "./encoder/progress.ts";
import { openReranker } from "./encoder/reranker.ts";
import type { ModelOptions } from "./encoder/source.ts";
import { messageOf, UserError } from "./errors.ts";
import { buildIndex, passageInput } from "./index/build.ts";
import { withLock } from "./index/lock.ts";
import type { OpenIndex } from "./index/open-index.ts";
import { FORMAT, loadIndex, type Manifest, saveIndex } from "./index/store.ts";
import { parseLexicon } from "./text/lexicon.ts";
import type { Variant } from "./retrieval/rank.ts";
import { currentVersion, DamagedIndex, readManifest } from "./index/versions.ts";
import type { Document, Encoder, Engine, Filter, Question, Reranker } from "./types.ts";

/** Longer questions are refused: nobody asks so, and a message must not cost minutes. Characters. */
export const MAX_QUESTION = 2000;

export interface EngineOptions {
  /** An encoder that is open already; else the one that the settings name is opened. */
  readonly encoder?: Encoder | undefined;
  /** A cross-encoder that is open already, null for none; else the one that the settings name is opened. */
  readonly reranker?: Reranker | null | undefined;
  /** Called while passages are encoded. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Told what people should know: a damaged index, files left out. */
  readonly onNotice?: ((notice: string) => void) | undefined;
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
export async function openEngine(config: Config, options: EngineOptions = {}): Promise<OpenEngine> {
  const state = await readState(config);
  const encoder = options.encoder ?? (await encoderOf(config));
  // Opened before a build, so that a wrong name is told at once.
  const models = await modelsFor(config, encoder, options);
  const kept =
    (await openCurrent(config, encoder, state, options)) ?? (await rebuild(config, encoder, state, options));
  return engineOf(kept, models);
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
  if (made.format !== FORMAT || made.encoder !== encoder.id) {
    const [theirs, ours] =
      made.format === FORMAT
        ? [`with the encoder ${made.encoder}`, `uses ${encoder.id}`]
        : [`in format ${made.format}`, `reads format ${FORMAT}`];
    throw new UserError(
      `${version} was made ${theirs}, but this program ${ours}. Restart it, or run npm run index with its settings.`,
    );
  }
  const { index, manifest } = await loadIndex(config.indexDir, version, encoder);
  return engineOf({ index, version, builtAt: manifest.builtAt }, await modelsFor(config, encoder, options));
}

async function modelsFor(config: Config, encoder: Encoder, options: EngineOptions): Promise<Models> {
  const reranker = options.reranker === undefined ? await rerankerOf(config) : options.reranker;
  const models = await readModels(join(PROJECT_DIR, "models"), config.modelCacheDir, encoder.id);
  return { ...models, reranker, ...(options.variant && { variant: options.variant }) };
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
  readonly version: string | null;
  readonly builtAt: string;
}

/** An engine over an open index. */
export function engineOf({ index, version, builtAt }: Kept, models: Models): OpenEngine {
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

/** The index on disk when it is whole and fits; null when it has to be built. */
async function openCurrent(
  config: Config,
  encoder: Encoder,
  state: CorpusState,
  { onNotice }: EngineOptions,
): Promise<Kept | null> {
  try {
    const version = await currentVersion(config.indexDir);
    if (version === null) return null;
    const { fingerprint } = await readManifest<Manifest>(config.indexDir, version);
    if (fingerprint !== fingerprintOf(state, encoder.id)) return null;
    const { index, manifest } = await loadIndex(config.indexDir, version, encoder);
    return { index, version, builtAt: manifest.builtAt };
  } catch (error) {
    if (!(error instanceof DamagedIndex)) throw error;
    onNotice?.(`The index is damaged (${error.message}); it is built anew from the corpus.`);
    return null;
  }
}

/** What a build did, by file. */
export interface BuildSummary {
  readonly version: string | null;
  readonly documents: readonly Document[];
  readonly passages: number;
  readonly encoded: number;
  readonly failures: readonly Failure[];
}

/** Builds the index and keeps it; where the folder can't be written, it serves from memory. */
async function rebuild(
  config: Config,
  encoder: Encoder,
  state: CorpusState,
  options: EngineOptions,
): Promise<Kept> {
  const { index, summary } = await buildAndSave(config, encoder, state, options);
  for (const { file, reason } of summary.failures) options.onNotice?.(`${file}: left out: ${reason}`);
  const { version } = summary;
  const { builtAt } =
    version === null
      ? { builtAt: new Date().toISOString() }
      : await readManifest<Manifest>(config.indexDir, version);
  return { index, version, builtAt };
}

/** Reads the corpus and builds the index anew, whether or not anything changed. */
export async function reindex(config: Config, options: EngineOptions = {}): Promise<BuildSummary> {
  const state = await readState(config);
  const encoder = options.encoder ?? (await encoderOf(config));
  return (await buildAndSave(config, encoder, state, options)).summary;
}

/** Reads the corpus, encodes what is new, and commits a new version. */
async function buildAndSave(
  config: Config,
  encoder: Encoder,
  state: CorpusState,
  options: EngineOptions,
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
    if (error instanceof UserError) throw error;
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
