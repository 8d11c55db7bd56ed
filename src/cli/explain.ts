// A question -> why each of the first passages ranks where it does: the features that set its score apart
// most from a middling candidate's, first by what they look at.

import type { OpenEngine } from "../engine.ts";
import { byFamily, contributions } from "../retrieval/contributions.ts";
import { rank, scorer } from "../retrieval/rank.ts";
import type { Question } from "../types.ts";

const SHOWN = 5;
const REASONS = 6;

/** The explanation, ending with a newline. */
export async function renderExplanation(question: Question, { index, models }: OpenEngine): Promise<string> {
  const { ranker, variant } = models;
  const { candidates, context } = await rank(question.text, index, ranker, question.filter, [], variant);
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
  for (const [i, { place, score: own, features }] of candidates.slice(0, SHOWN).entries()) {
    const passage = index.passages[place]!;
    lines.push(
      "",
      `${i + 1}. ${passage.id}${passage.paragraph === null ? "" : ` ¶ ${passage.paragraph}`}  score ${own.toFixed(2)}  ${passage.text.slice(0, 60).replace(/\s/g, " ")}…`,
    );
    const all = contributions(features, (middle ?? candidates[0])!.features, scoreOf).filter(
      ({ by }) => by !== 0,
    );
    const families = byFamily(all).map(({ family, by }) => `${family} ${signed(by)}`);
    if (families.length > 0) lines.push(`   ${families.join(", ")}`);
    for (const { feature, own: value, by } of all.slice(0, REASONS))
      lines.push(`   ${signed(by)}  ${feature} ${value.toFixed(2)}`);
  }
  return `${lines.join("\n")}\n`;
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : ""}${value.toFixed(2)}`;
}
