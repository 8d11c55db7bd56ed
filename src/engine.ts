// Config -> the engine that every door talks to: the encoder opened, an index that fits the corpus
// (built when missing, outdated or damaged), the trained parts, and one path from question to answer.

import { join } from "node:path";
import { answerQuestion } from "./answer/answer.ts";
import { type Models, readModels } from "./answer/models.ts";
import { type Config, PROJECT_DIR } from "./config.ts";
import { fingerprintOf, readState } from "./corpus-state.ts";
import { openEncoder } from "./encoder/open.ts";
import { showProgress } from "./encoder/progress.ts";
import { UserError } from "./errors.ts";
import { IndexLocked } from "./index/lock.ts";
import type { OpenIndex } from "./index/open-index.ts";
import { fingerprintThatFits, FORMAT, loadIndex, type Manifest, PARTS } from "./index/store.ts";
import { type Current, DamagedIndex, readCurrent, readManifest } from "./index/versions.ts";
import { type IndexingOptions, reindex } from "./indexing/reindex.ts";
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
export async function openEngine(config: Config, given: IndexingOptions = {}): Promise<OpenEngine> {
  const told = new Set<string>();
  const options: IndexingOptions = {
    ...given,
    // What is found out when opening is found out again when building.
    onNotice: (notice) => {
      if (!told.has(notice)) given.onNotice?.(notice);
      told.add(notice);
    },
  };
  const state = await readState(config);
  const encoder = await encoderOf(config);
  const fits = (manifest: Manifest, current: Current) =>
    current.rolledBack || fingerprintThatFits({ manifest, current }) === fingerprintOf(state, encoder.id);
  const { index, builtAt } =
    (await openCurrent(config, encoder, fits, options)) ?? (await rebuild(config, encoder, options));
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

interface Opened {
  readonly index: OpenIndex;
  readonly builtAt: string;
}

/** The index on disk when it is whole, made for this program and encoder, and `fits`; null otherwise. */
async function openCurrent(
  { indexDir }: Config,
  encoder: Encoder,
  fits: (manifest: Manifest, current: Current) => boolean,
  { onNotice }: IndexingOptions,
): Promise<Opened | null> {
  try {
    const current = await readCurrent(indexDir);
    if (current === null) return null;
    const manifest = await readManifest<Manifest>(indexDir, current.version);
    const usable =
      manifest.format === FORMAT &&
      manifest.parts.lexical === PARTS.lexical &&
      manifest.encoder === encoder.id;
    if (!usable && current.rolledBack)
      onNotice?.(
        `${current.version}, to which the index was rolled back, was made for another encoder or program; the index is built anew.`,
      );
    if (!usable || !fits(manifest, current)) return null;
    const { index } = await loadIndex(indexDir, current.version, encoder);
    if (current.rolledBack) onNotice?.(rolledBackNotice(current.version));
    return { index, builtAt: manifest.builtAt };
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
async function rebuild(config: Config, encoder: Encoder, options: IndexingOptions): Promise<Opened> {
  try {
    const { index, summary } = await reindex(config, encoder, options);
    for (const { file, reason } of summary.failures) options.onNotice?.(`${file}: left out: ${reason}`);
    if (index) {
      options.onNotice?.("The index is used from memory, and built again at the next start.");
      return { index, builtAt: new Date().toISOString() };
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
