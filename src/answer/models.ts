// models/ on disk -> the small trained parts beside the encoder: ranker, sentence chooser, calibration,
// message kinds. Ranker, chooser and calibration belong to one encoder; for another one there may be a
// set fitted to it beside the downloaded models, else plain rules stand in.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { type Calibration, REFUSAL_FEATURES } from "./refusal.ts";
import { SENTENCE_FEATURES } from "./sentences.ts";
import { FEATURES } from "../retrieval/features.ts";
import type { MessageModel } from "../retrieval/message-kind.ts";
import { checkNetwork, type Network } from "../retrieval/network.ts";
import type { Variant } from "../retrieval/rank.ts";
import type { Reranker } from "../types.ts";

export interface Models {
  /** Opened apart from the others (encoder/reranker.ts); null when none is set. */
  readonly reranker: Reranker | null;
  /** What ranks; without it the ranker. */
  readonly variant?: Variant;
  readonly ranker: Network | null;
  readonly sentences: Network | null;
  readonly calibration: Calibration | null;
  readonly messages: MessageModel | null;
}

export const NO_MODELS: Models = {
  reranker: null,
  ranker: null,
  sentences: null,
  calibration: null,
  messages: null,
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

/**
 * Reads the models for an encoder: those of `folder`, or those fitted to it and kept in `cacheDir`.
 * Throws `UserError` naming a file that can't be used.
 */
export async function readModels(folder: string, cacheDir: string, encoderId: string): Promise<Models> {
  const bundled = await readJson<RankerFile>(join(folder, "ranker.json"));
  const file = bundled?.encoder === encoderId ? join(folder, "ranker.json") : fittedFile(cacheDir, encoderId);
  const fitted = bundled?.encoder === encoderId ? bundled : await readJson<RankerFile>(file);
  const messages = await readJson<MessageModel>(join(folder, "messages.json"));
  if (!fitted || fitted.encoder !== encoderId) return { ...NO_MODELS, messages };
  return {
    reranker: null,
    ranker: checkNetwork(fitted.ranker, FEATURES, file),
    sentences: checkNetwork(fitted.sentences, SENTENCE_FEATURES, file),
    calibration: {
      ...fitted.calibration,
      right: checkNetwork(fitted.calibration.right, REFUSAL_FEATURES, file),
      answerable: checkNetwork(fitted.calibration.answerable, REFUSAL_FEATURES, file),
    },
    messages,
  };
}

async function readJson<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new UserError(
      `${path}: can't be read (${messageOf(error)}). Restore it from the repository (git checkout).`,
    );
  }
}
