// Corpora asked with an encoder that never saw them -> the small networks: ranker, sentence chooser,
// calibration with its two thresholds. Each is fitted on corpora that the one before it did not see.

import type { Calibration } from "../answer/refusal.ts";
import { SENTENCE_FEATURES } from "../answer/sentences.ts";
import { FEATURES } from "../retrieval/features.ts";
import type { MessageModel } from "../retrieval/message-kind.ts";
import type { Network } from "../retrieval/network.ts";
import type { Askers } from "./askers.ts";
import type { Propensity } from "./balance.ts";
import type { TrainingCorpus } from "./corpora.ts";
import type { LabelledMessage } from "./message-kind.ts";
import { fitNetwork } from "./network.ts";
import { type Random, seeded } from "./random.ts";
import { fitRefusal, measure } from "./refusal.ts";

/** Messages that ask nothing of the documents, asked of each corpus. */
const MESSAGES = 60;

export interface SmallModels {
  readonly ranker: Network;
  readonly sentences: Network;
  readonly calibration: Calibration;
  /** Lines for the model card: what was measured on corpora kept apart. */
  readonly report: readonly string[];
}

/** What the ranker learns on, what the calibration learns on, and what both are measured on. */
export interface CorporaApart {
  readonly ranking: readonly TrainingCorpus[];
  readonly refusing: readonly TrainingCorpus[];
  readonly measuring: readonly TrainingCorpus[];
}

/** Fits the networks. `corpora` must not have been in the training of the askers' encoder, and share nothing. */
export async function fitSmallModels(
  corpora: CorporaApart,
  askers: Askers,
  messages: { readonly model: MessageModel; readonly held: readonly LabelledMessage[] },
  propensity: Propensity,
  seed: number,
  log: (line: string) => void,
): Promise<SmallModels> {
  const random = seeded(seed);
  const made = await askers.lists(corpora.ranking);
  const lists = made.flatMap(({ ranking }) => ranking);
  const sentenceLists = made.flatMap((own) => own.sentences);
  log(`ranker: ${lists.length} lists; sentences: ${sentenceLists.length}`);
  const ranker = fitNetwork(lists, {
    inputs: FEATURES,
    hidden: 12,
    epochs: 8,
    rate: 0.004,
    decay: 3e-4,
    members: 6,
    random,
    loss: "list",
  });
  const sentences = fitNetwork(sentenceLists, {
    inputs: SENTENCE_FEATURES,
    hidden: 6,
    epochs: 12,
    rate: 0.01,
    decay: 3e-4,
    members: 2,
    random,
    loss: "list",
  });
  log("ranker fitted");

  const scored = async (asked: readonly TrainingCorpus[], extra: readonly LabelledMessage[]) => {
    const drawn = asked.map(() => draw(extra, MESSAGES, random));
    return (await askers.scored(asked, drawn, { ranker, model: messages.model })).flat();
  };
  const half = Math.floor(messages.held.length / 2);
  const fitting = await scored(corpora.refusing, messages.held.slice(0, half));
  log(`calibration: ${fitting.length} questions and messages`);
  const calibration = fitRefusal(fitting, propensity, random);
  const report = measure(await scored(corpora.measuring, messages.held.slice(half)), calibration);
  return { ranker, sentences, calibration, report };
}

function draw<T>(items: readonly T[], count: number, random: Random): T[] {
  return items.length === 0 ? [] : Array.from({ length: count }, () => random.pick(items));
}
