// models/ on disk -> the small trained parts beside the encoder: ranker, sentence chooser, calibration,
// message kinds. Ranker, chooser and calibration belong to one encoder; for another one there may be a
// fitted set in the index folder, else plain rules stand in.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { type Calibration, REFUSAL_FEATURES } from "./refusal.ts";
import { SENTENCE_FEATURES } from "./sentences.ts";
import { FEATURES } from "../retrieval/features.ts";
import type { MessageModel } from "../retrieval/message-kind.ts";
import { checkNetwork, type Network } from "../retrieval/network.ts";

export interface Models {
  readonly ranker: Network | null;
  readonly sentences: Network | null;
  readonly calibration: Calibration | null;
  readonly messages: MessageModel | null;
}

export const NO_MODELS: Models = { ranker: null, sentences: null, calibration: null, messages: null };

/** What `ranker.json` holds. */
export interface RankerFile {
  /** `Encoder.id` that it was fitted for. */
  readonly encoder: string;
  readonly ranker: Network;
  readonly sentences: Network;
  readonly calibration: Calibration;
}

/** Reads the models for an encoder. Throws `UserError` naming a file that can't be used. */
export async function readModels(folder: string, encoderId: string): Promise<Models> {
  const file = join(folder, "ranker.json");
  const fitted = await readJson<RankerFile>(file);
  const messages = await readJson<MessageModel>(join(folder, "messages.json"));
  if (!fitted || fitted.encoder !== encoderId) return { ...NO_MODELS, messages };
  return {
    ranker: checkNetwork(fitted.ranker, FEATURES, file),
    sentences: checkNetwork(fitted.sentences, SENTENCE_FEATURES, file),
    calibration: {
      ...fitted.calibration,
      network: checkNetwork(fitted.calibration.network, REFUSAL_FEATURES, file),
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
