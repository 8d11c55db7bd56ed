// Corpora asked with an encoder that never saw them -> the small networks: ranker, sentence chooser,
// calibration with its two thresholds. Each is fitted on corpora that the one before it did not see.

import { type Calibration, refusalFeatures } from "../answer/refusal.ts";
import { SENTENCE_FEATURES } from "../answer/sentences.ts";
import { FEATURES } from "../retrieval/features.ts";
import { type MessageModel, messageKinds } from "../retrieval/message-kind.ts";
import { type Network, score } from "../retrieval/network.ts";
import { rank } from "../retrieval/rank.ts";
import type { OpenIndex } from "../index/open-index.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { Encoder } from "../types.ts";
import type { Propensity } from "./balance.ts";
import type { TrainingCorpus } from "./corpora.ts";
import { makeExamples, type RankingExample, sentenceExample } from "./examples.ts";
import type { LabelledMessage } from "./message-kind.ts";
import { fitNetwork, type List } from "./network.ts";
import { type Random, seeded } from "./random.ts";
import { fitRefusal, measure, type Scored } from "./refusal.ts";

/** Messages that ask nothing of the documents, asked of each corpus. */
const MESSAGES = 60;
/** Wrong candidates kept for each question. */
const HARDEST = 40;

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

/** Fits the networks. `corpora` must not have been in the encoder's training, and share nothing. */
export async function fitSmallModels(
  corpora: CorporaApart,
  encoder: Encoder,
  lexicon: Lexicon,
  messages: { readonly model: MessageModel; readonly held: readonly LabelledMessage[] },
  propensity: Propensity,
  seed: number,
  log: (line: string) => void,
): Promise<SmallModels> {
  const random = seeded(seed);
  const lists: List[] = [];
  const sentenceLists: List[] = [];
  await makeExamples(corpora.ranking, encoder, lexicon, (examples, corpus) => {
    for (const example of examples) {
      if (example.right.includes(1)) lists.push(hardest(example));
      const list = sentenceExample(example);
      if (list) sentenceLists.push(list);
    }
    if (corpus % 10 === 0) log(`examples: ${lists.length} lists`);
  });
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

  const scoredOf = async (asked: readonly TrainingCorpus[], extra: readonly LabelledMessage[]) => {
    const out: Scored[] = [];
    await makeExamples(asked, encoder, lexicon, (examples) => {
      for (const example of examples) out.push(scoredExample(example, ranker, messages.model));
      // Messages that ask nothing of the documents, asked of this corpus.
      const index = examples[0]?.index;
      if (index)
        pending.push(
          askMessages(drawn(extra, MESSAGES, random), index, ranker, messages.model).then((rows) =>
            out.push(...rows),
          ),
        );
    });
    await Promise.all(pending.splice(0));
    return out;
  };
  const pending: Promise<unknown>[] = [];
  const half = Math.floor(messages.held.length / 2);
  const fitting = await scoredOf(corpora.refusing, messages.held.slice(0, half));
  const calibration = fitRefusal(fitting, propensity, random);
  const report = measure(await scoredOf(corpora.measuring, messages.held.slice(half)), calibration);
  return { ranker, sentences, calibration, report };
}

/** The right candidates and the hardest wrong ones: the others teach little and cost as much. */
function hardest({ values, right, weight, ranking }: RankingExample): List {
  const kept = ranking.candidates
    .map((_, i) => i)
    // Untrained rankings are sorted by the plain sum of scores.
    .filter((i) => right[i] === 1 || i < HARDEST);
  return { values: kept.map((i) => values[i]!), right: kept.map((i) => right[i]!), weight: weight ?? 1 };
}

function drawn<T>(items: readonly T[], count: number, random: Random): T[] {
  return items.length === 0 ? [] : Array.from({ length: count }, () => items[random.below(items.length)]!);
}

function scoredExample(
  { question, ranking, right }: RankingExample,
  ranker: Network,
  model: MessageModel,
): Scored {
  const candidates = ranking.candidates
    .map((candidate, i) => ({
      ...candidate,
      score: score(ranker, candidate.features) + candidate.bonus,
      right: right[i] === 1,
    }))
    .toSorted((a, b) => b.score - a.score);
  return {
    kind: question.kind,
    text: question.text,
    answerable: question.answers.length > 0,
    right: candidates[0]?.right ?? false,
    features: refusalFeatures({ ...ranking, candidates }, messageKinds(question.text, model).question),
  };
}

async function askMessages(
  messages: readonly LabelledMessage[],
  index: OpenIndex,
  ranker: Network,
  model: MessageModel,
): Promise<Scored[]> {
  const out: Scored[] = [];
  for (const { text, kind } of messages) {
    const ranking = await rank(text, index, ranker);
    out.push({
      kind,
      text,
      answerable: false,
      right: false,
      features: refusalFeatures(ranking, messageKinds(text, model).question),
    });
  }
  return out;
}
