// A question -> why each of the first passages ranks where it does: the features that set its score apart
// most from a middling candidate's, first by what they look at.

import type { OpenEngine } from "../engine.ts";
import { byFamily, contributions } from "../retrieval/contributions.ts";
import { inOrder } from "../retrieval/order.ts";
import { rank, scorer } from "../retrieval/rank.ts";
import { rerank } from "../retrieval/rerank.ts";
import type { Question } from "../types.ts";

const SHOWN = 5;
const REASONS = 6;

/** The explanation, ending with a newline. */
export async function renderExplanation(question: Question, { index, models }: OpenEngine): Promise<string> {
  const { ranker, variant } = models;
  const ranking = await rank(question.text, index, ranker, question.filter, [], variant);
  const { candidates, context, below } = inOrder(await rerank(question.text, ranking, models.reranker));
  // A reranked passage has the score of its new place.
  const scores = new Map(ranking.candidates.map(({ place, score }) => [place, score]));
  const scoreOf = scorer(models);
  const words = context.matching.words.map(
    (word) => `${word.stem} ${Math.round(word.share * 100)} %${word.known ? "" : " (unknown)"}`,
  );
  const lines = [
    "",
    `Words and what they weigh: ${words.join(", ")}`,
    `Asked for: ${[...context.question.wants].join(", ") || "nothing in particular"}`,
  ];
  const middle = candidates[Math.floor(candidates.length / 2)];
  for (const [i, { place, features, bonus, crossScore }] of candidates.slice(0, SHOWN).entries()) {
    const passage = index.passages[place]!;
    const own = scores.get(place)!;
    const cross = crossScore === undefined ? "" : `  cross-encoder ${crossScore.toFixed(2)}`;
    lines.push(
      "",
      `${i + 1}. ${passage.id}${passage.paragraph === null ? "" : ` ¶ ${passage.paragraph}`}  score ${own.toFixed(2)}${cross}  ${passage.text.slice(0, 60).replace(/\s/g, " ")}…`,
    );
    const all = contributions(features, (middle ?? candidates[0])!.features, scoreOf).filter(
      ({ by }) => by !== 0,
    );
    const families = byFamily(all).map(({ family, by }) => `${family} ${signed(by)}`);
    if (families.length > 0) lines.push(`   ${families.join(", ")}`);
    if (below.includes(place))
      lines.push("   first, as it stands below the heading that the question repeats");
    if (bonus !== 0)
      lines.push(
        `   ${signed(bonus)}  ${bonus < 0 ? "only says what words mean, or gives shares and no count" : "names whom the question names"}`,
      );
    for (const { feature, own: value, by } of all.slice(0, REASONS))
      lines.push(`   ${signed(by)}  ${feature} ${value.toFixed(2)}`);
  }
  return `${lines.join("\n")}\n`;
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : ""}${value.toFixed(2)}`;
}
