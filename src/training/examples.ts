// Corpora and an encoder -> examples for the small networks: lists of candidates for the ranker,
// sentences of the right passage for the chooser. The features are those of a real question, made by
// the same code.

import { rank, type Ranking } from "../retrieval/rank.ts";
import { buildIndex } from "../index/build.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { parseQuestion } from "../retrieval/question.ts";
import { sentenceFeatures } from "../answer/sentences.ts";
import type { Encoder } from "../types.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { LabelledQuestion, TrainingCorpus } from "./corpora.ts";
import type { List } from "./network.ts";
import { oneLine } from "./stories.ts";

export interface RankingExample extends List {
  readonly question: LabelledQuestion;
  /** The corpus that it belongs to, for splitting. */
  readonly corpus: number;
  readonly ranking: Ranking;
  readonly index: OpenIndex;
}

/** Questions of time count more: there are few of them, and every one is about what the others lack. */
const TIME_WEIGHT = 3;

/** Asks every question of every corpus; `visit` gets each corpus's examples, so that they need not all be kept. */
export async function makeExamples(
  corpora: readonly TrainingCorpus[],
  encoder: Encoder,
  lexicon: Lexicon,
  visit: (examples: RankingExample[], corpus: number) => void,
): Promise<void> {
  for (const [c, corpus] of corpora.entries()) {
    const index = await buildIndex(corpus.documents, encoder, { lexicon });
    const examples: RankingExample[] = [];
    for (const question of corpus.questions) {
      const gold = new Set(question.answers.flatMap((id) => index.places.get(id) ?? []));
      if (question.answers.length > 0 && gold.size === 0) continue;
      const ranking = await rank(question.text, index, null);
      examples.push({
        question,
        corpus: c,
        ranking,
        index,
        values: ranking.candidates.map((candidate) => candidate.features),
        right: ranking.candidates.map((candidate) => (gold.has(candidate.place) ? 1 : 0)),
        weight: question.kind === "time" ? TIME_WEIGHT : 1,
      });
    }
    visit(examples, c);
  }
}

/** The sentences of the right passage, the one that holds the answer marked; null where it can't be told. */
export function sentenceExample({ question, right, ranking, index }: RankingExample): List | null {
  const at = right.indexOf(1);
  if (question.span === null || at < 0) return null;
  const place = ranking.candidates[at]!.place;
  const passage = index.passages[place]!;
  const { sentences } = index.lexical.passages[place]!;
  if (sentences.length < 2) return null;
  const span = oneLine(question.span);
  const holding = sentences.map((sentence) =>
    passage.text.slice(sentence.start, sentence.end).includes(span) ? 1 : 0,
  );
  if (!holding.includes(1)) return null;
  return {
    values: sentenceFeatures(passage, sentences, parseQuestion(question.text), ranking.context.matching),
    right: holding,
  };
}
