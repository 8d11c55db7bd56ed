// A corpus's questions, and messages that ask nothing of it, ranked by the trained ranker -> what the
// calibration is fitted to, or measured on.

import { refusalFeatures } from "../answer/refusal.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { type MessageModel, messageKinds } from "../retrieval/message-kind.ts";
import { type Network, score } from "../retrieval/network.ts";
import { rank } from "../retrieval/rank.ts";
import type { RankingExample } from "./examples.ts";
import type { LabelledMessage } from "./message-kind.ts";
import type { Scored } from "./refusal.ts";

/** What ranks, and what is asked of each corpus beside its own questions. */
export interface Asking {
  readonly ranker: Network;
  readonly model: MessageModel;
}

/** Scores a corpus's examples, then messages that ask nothing of the documents, asked of the same corpus. */
export async function scoredOf(
  examples: readonly RankingExample[],
  messages: readonly LabelledMessage[],
  asking: Asking,
): Promise<Scored[]> {
  const out = examples.map((example) => scoredExample(example, asking));
  const index = examples[0]?.index;
  if (index) for (const message of messages) out.push(await scoredMessage(message, index, asking));
  return out;
}

function scoredExample({ question, ranking, right }: RankingExample, { ranker, model }: Asking): Scored {
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

async function scoredMessage(
  { text, kind }: LabelledMessage,
  index: OpenIndex,
  { ranker, model }: Asking,
): Promise<Scored> {
  const ranking = await rank(text, index, ranker);
  const features = refusalFeatures(ranking, messageKinds(text, model).question);
  return { kind, text, answerable: false, right: false, features };
}
