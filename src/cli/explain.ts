// A question -> why each of the first passages ranks where it does: the features that moved its score
// most against a middling candidate's.

import type { OpenEngine } from "../engine.ts";
import { FEATURES } from "../retrieval/features.ts";
import { rank } from "../retrieval/rank.ts";
import { rerank } from "../retrieval/rerank.ts";
import { score } from "../retrieval/network.ts";
import type { Question } from "../types.ts";

const SHOWN = 5;
const REASONS = 6;

/** The explanation, ending with a newline. */
export async function renderExplanation(question: Question, { index, models }: OpenEngine): Promise<string> {
  const ranking = await rank(question.text, index, models.ranker, question.filter);
  const { candidates, context } = await rerank(question.text, ranking, models.reranker);
  // A reranked passage has the score of its new place.
  const scores = new Map(ranking.candidates.map(({ place, score }) => [place, score]));
  const words = context.matching.words.map(
    (word) => `${word.stem} ${Math.round(word.share * 100)} %${word.known ? "" : " (unknown)"}`,
  );
  const lines = [
    "",
    `Words and what they weigh: ${words.join(", ")}`,
    `Asked for: ${[...context.question.wants].join(", ") || "nothing in particular"}`,
  ];
  const middle = candidates[Math.floor(candidates.length / 2)];
  for (const [i, { place, features, crossScore }] of candidates.slice(0, SHOWN).entries()) {
    const passage = index.passages[place]!;
    const own = scores.get(place)!;
    const cross = crossScore === undefined ? "" : `  cross-encoder ${crossScore.toFixed(2)}`;
    lines.push(
      "",
      `${i + 1}. ${passage.id}${passage.paragraph === null ? "" : ` ¶ ${passage.paragraph}`}  score ${own.toFixed(2)}${cross}  ${passage.text.slice(0, 60).replace(/\s/g, " ")}…`,
    );
    // What a feature is worth: the score without it, that is with the middle candidate's value instead.
    const worth = FEATURES.map((name, f) => {
      const without = features.slice();
      without[f] = middle?.features[f] ?? 0;
      return { name, value: features[f]!, worth: models.ranker ? own - score(models.ranker, without) : 0 };
    }).toSorted((a, b) => Math.abs(b.worth) - Math.abs(a.worth));
    for (const { name, value, worth: by } of worth.slice(0, REASONS))
      lines.push(`   ${by >= 0 ? "+" : ""}${by.toFixed(2)}  ${name} ${value.toFixed(2)}`);
  }
  return `${lines.join("\n")}\n`;
}
