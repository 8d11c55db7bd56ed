// Config -> the engine that every door talks to: the encoder opened, an index that fits the corpus
// (built when missing, outdated or damaged), the trained parts, and one path from question to answer.

import { join } from "node:path";
import { answerQuestion } from "./answer/answer.ts";
import { type Models, readModels } from "./answer/models.ts";
import { type Config, PROJECT_DIR } from "./config.ts";
import { type CorpusState, fingerprintOf, readState } from "./corpus-state.ts";
import { openEncoder } from "./encoder/open.ts";
import { showProgress } from "./encoder/progress.ts";
import { UserError } from "./errors.ts";
import type { OpenIndex } from "./index/open-index.ts";
import { loadIndex, type Manifest } from "./index/store.ts";
import { currentVersion, DamagedIndex, readManifest } from "./index/versions.ts";
import { buildAndSave, type IndexingOptions } from "./indexing/reindex.ts";
import type { Encoder, Engine, Filter, Question } from "./types.ts";

/** Longer questions are refused: nobody asks so, and a message must not cost minutes. Characters. */
export const MAX_QUESTION = 2000;

/** An engine that can be closed, with what it runs on. */
export interface OpenEngine extends Engine {
  readonly index: OpenIndex;
  readonly models: Models;
  /** A document's text, for checking quotations of a question set; undefined for an unknown one. */
  textOf(document: string): string | undefined;
  close(): Promise<void>;
}

/**
 * Opens the engine. The index is opened when it fits corpus, encoder and program, else built and
 * kept. Throws `UserError` when corpus, encoder or settings can't be used.
 */
export async function openEngine(config: Config, options: IndexingOptions = {}): Promise<OpenEngine> {
  const state = await readState(config);
  const encoder = await encoderOf(config);
  const { index, builtAt } =
    (await openCurrent(config, encoder, state, options)) ?? (await rebuild(config, encoder, state, options));
  const models = await readModels(join(PROJECT_DIR, "models"), config.modelCacheDir, encoder.id);
  return engineOf(index, models, builtAt);
}

/** The encoder that the settings name; a download shows its progress. */
export function encoderOf(config: Config): Promise<Encoder> {
  return openEncoder({
    model: config.encoderModel,
    projectDir: PROJECT_DIR,
    cacheDir: config.modelCacheDir,
    hubUrl: config.hubUrl,
    onProgress: showProgress(config.encoderModel),
  });
}

/** An engine over an open index. */
export function engineOf(index: OpenIndex, models: Models, builtAt: string): OpenEngine {
  const counts = new Map<string, number>();
  for (const { document } of index.passages) counts.set(document, (counts.get(document) ?? 0) + 1);
  return {
    index,
    models,
    encoder: index.encoder.id,
    builtAt,
    documents: [...index.documents.values()].map(({ info }) => info),
    passageCount: (document) => counts.get(document) ?? 0,
    textOf: (document) => index.documents.get(document)?.text,
    ask: async (question) => {
      checkQuestion(question, index);
      return answerQuestion(question, index, models);
    },
    close: async () => undefined,
  };
}

/** The index on disk when it is whole and fits; null when it has to be built. */
async function openCurrent(
  config: Config,
  encoder: Encoder,
  state: CorpusState,
  { onNotice }: IndexingOptions,
) {
  try {
    const version = await currentVersion(config.indexDir);
    if (version === null) return null;
    const { fingerprint } = await readManifest<Manifest>(config.indexDir, version);
    if (fingerprint !== fingerprintOf(state, encoder.id)) return null;
    const { index, manifest } = await loadIndex(config.indexDir, version, encoder);
    return { index, builtAt: manifest.builtAt };
  } catch (error) {
    if (!(error instanceof DamagedIndex)) throw error;
    onNotice?.(`The index is damaged (${error.message}); it is built anew from the corpus.`);
    return null;
  }
}

/** Builds the index and keeps it; where the folder can't be written, it serves from memory. */
async function rebuild(config: Config, encoder: Encoder, state: CorpusState, options: IndexingOptions) {
  const { index, summary } = await buildAndSave(config, encoder, state, options);
  for (const { file, reason } of summary.failures) options.onNotice?.(`${file}: left out: ${reason}`);
  return { index, builtAt: new Date().toISOString() };
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
    if (date !== undefined && !/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/.test(date)) {
      throw new UserError(
        `Expected \`${name}\` to be a date such as 2014, 2014-08 or 2014-08-08, got "${date}".`,
      );
    }
  }
}
