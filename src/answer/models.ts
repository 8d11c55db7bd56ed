// models/ on disk -> the small trained parts beside the encoder: ranker, sentence chooser, calibration,
// message kinds. Ranker, chooser and calibration belong to one encoder; for another one there may be a
// set fitted to it beside the downloaded models, else plain rules stand in.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, PROJECT_DIR } from "../config.ts";
import { messageOf, UserError } from "../errors.ts";
import type { StoredCalibration } from "../index/calibration.ts";
import { sha256 } from "../index/versions.ts";
import { type Calibration, REFUSAL_FEATURES } from "./refusal.ts";
import { SENTENCE_FEATURES } from "./sentences.ts";
import { FEATURES } from "../retrieval/features.ts";
import type { MessageModel } from "../retrieval/message-kind.ts";
import { checkNetwork, type Network } from "../retrieval/network.ts";
import type { Variant } from "../retrieval/rank.ts";
import type { Reranker } from "../types.ts";

export interface Models {
  /** SHA-256 of the files that they were read from: thresholds that were checked with other ones mean nothing. */
  readonly id: string;
  /** Opened apart from the others (encoder/reranker.ts); null when none is set. */
  readonly reranker: Reranker | null;
  /** What ranks; without it the ranker. */
  readonly variant?: Variant;
  readonly ranker: Network | null;
  readonly sentences: Network | null;
  readonly calibration: Calibration | null;
  readonly messages: MessageModel | null;
  /** Questions about something else, asked as the documents are asked, to which nothing was fitted. */
  readonly probes: readonly string[];
}

export const NO_MODELS: Models = {
  id: "",
  reranker: null,
  ranker: null,
  sentences: null,
  calibration: null,
  messages: null,
  probes: [],
};

/** What `ranker.json` holds. */
export interface RankerFile {
  /** `Encoder.id` that it was fitted for. */
  readonly encoder: string;
  readonly ranker: Network;
  readonly sentences: Network;
  readonly calibration: Calibration;
}

/** Where the networks fitted to an encoder other than the bundled one are kept. */
export function fittedFile(cacheDir: string, encoderId: string): string {
  return join(cacheDir, `ranker-${encoderId.replace(/[^\w.@-]+/g, "_")}.json`);
}

/** Reads the models that the settings name. Throws as `readModels` does. */
export function modelsFor(config: Config, encoderId: string): Promise<Models> {
  return readModels(join(PROJECT_DIR, "models"), config.modelCacheDir, encoderId);
}

/** The models with an index's own thresholds; null where those were checked with other models, or never. */
export function withThresholds(models: Models, own: StoredCalibration | null): Models | null {
  if (own?.models !== models.id) return null;
  const { calibration } = models;
  return calibration && own.thresholds
    ? { ...models, calibration: { ...calibration, ...own.thresholds } }
    : models;
}

/**
 * Reads the models for an encoder: those of `folder`, or those fitted to it and kept in `cacheDir`.
 * Throws `UserError` naming a file that can't be used.
 */
export async function readModels(folder: string, cacheDir: string, encoderId: string): Promise<Models> {
  const own = join(folder, "ranker.json");
  const bundled = await readJson<RankerFile>(own);
  const file = bundled?.value.encoder === encoderId ? own : fittedFile(cacheDir, encoderId);
  const read = file === own ? bundled : await readJson<RankerFile>(file);
  const fitted = read?.value.encoder === encoderId ? read : null;
  const messages = await readJson<MessageModel>(join(folder, "messages.json"));
  const probes = await readJson<readonly string[]>(join(folder, "probes.json"));
  const common = {
    id: sha256([fitted, messages, probes].map((part) => part?.sha256 ?? "none").join("\n")),
    reranker: null,
    messages: messages?.value ?? null,
    probes: probes?.value ?? [],
  };
  if (!fitted) return { ...NO_MODELS, ...common };
  const { ranker, sentences, calibration } = fitted.value;
  return {
    ...common,
    ranker: checkNetwork(ranker, FEATURES, file),
    sentences: checkNetwork(sentences, SENTENCE_FEATURES, file),
    calibration: {
      ...calibration,
      right: checkNetwork(calibration.right, REFUSAL_FEATURES, file),
      answerable: checkNetwork(calibration.answerable, REFUSAL_FEATURES, file),
    },
  };
}

interface ReadFile<T> {
  readonly value: T;
  readonly sha256: string;
}

/** What each file held last: a file that says the same is not parsed again. */
const parsed = new Map<string, ReadFile<unknown>>();

async function readJson<T>(path: string): Promise<ReadFile<T> | null> {
  try {
    const bytes = await readFile(path);
    const sum = sha256(bytes);
    const known = parsed.get(path);
    const read = known?.sha256 === sum ? known : { value: JSON.parse(bytes.toString("utf8")), sha256: sum };
    parsed.set(path, read);
    return read as ReadFile<T>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new UserError(
      `${path}: can't be read (${messageOf(error)}). Restore it from the repository (git checkout).`,
    );
  }
}
