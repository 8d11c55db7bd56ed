// A corpus and an encoder -> examples for the small networks: lists of candidates for the ranker,
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
  readonly ranking: Ranking;
  readonly index: OpenIndex;
}

/** Questions of time count more: there are few of them, and every one is about what the others lack. */
const TIME_WEIGHT = 3;
/** Wrong candidates kept for each question. */
const HARDEST = 40;

/** Asks a corpus's questions, with scores that no ranker has weighed. */
export async function makeExamples(
  { documents, questions }: TrainingCorpus,
  encoder: Encoder,
  lexicon: Lexicon,
): Promise<RankingExample[]> {
  const index = await buildIndex(documents, encoder, { lexicon });
  const examples: RankingExample[] = [];
  for (const question of questions) {
    const gold = new Set(question.answers.flatMap((id) => index.places.get(id) ?? []));
    if (question.answers.length > 0 && gold.size === 0) continue;
    const ranking = await rank(question.text, index, null);
    examples.push({
      question,
      ranking,
      index,
      values: ranking.candidates.map((candidate) => candidate.features),
      right: ranking.candidates.map((candidate) => (gold.has(candidate.place) ? 1 : 0)),
      weight: question.kind === "time" ? TIME_WEIGHT : 1,
    });
  }
  return examples;
}

/** What the ranker and the sentence chooser learn from. */
export interface Lists {
  readonly ranking: readonly List[];
  readonly sentences: readonly List[];
}

/** The lists of candidates, and of sentences, that a corpus's answered questions make. */
export function listsOf(examples: readonly RankingExample[]): Lists {
  return {
    ranking: examples.filter((example) => example.right.includes(1)).map(hardest),
    sentences: examples.flatMap((example) => sentenceExample(example) ?? []),
  };
}

/** The right candidates and the hardest wrong ones: the others teach little and cost as much. */
function hardest({ values, right, weight, ranking }: RankingExample): List {
  const kept = ranking.candidates
    .map((_, i) => i)
    // Untrained rankings are sorted by the plain sum of scores.
    .filter((i) => right[i] === 1 || i < HARDEST);
  return { values: kept.map((i) => values[i]!), right: kept.map((i) => right[i]!), weight: weight ?? 1 };
}

/** The sentences of the right passage, the one that holds the answer marked; null where it can't be told. */
function sentenceExample({ question, right, ranking, index }: RankingExample): List | null {
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
