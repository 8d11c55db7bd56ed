// Ranked items of a list -> the sentence that introduces them, first, where it is that which answers:
// "501 children are looked after. Of this number: 56 live in children's homes, …".

import type { OpenIndex } from "../index/open-index.ts";
import { contentStems } from "../text/terms.ts";
import type { Candidate, Ranking } from "./rank.ts";

/** A word that is this much nearer to the item's own words is answered by the item. */
const NEARER = 0.05;

/** The sentence that introduces an item comes right before it where the item adds nothing to what is asked. */
export function leadInsFirst(ranking: Ranking): Ranking {
  const { candidates, context } = ranking;
  const first = candidates[0];
  const place = first && introductionOf(first.place, context.index);
  const lead = candidates.find((candidate) => candidate.place === place);
  if (!first || !lead || addsSomething(first, ranking)) return ranking;
  return {
    ...ranking,
    candidates: [{ ...lead, score: first.score }, ...candidates.filter((other) => other !== lead)],
  };
}

/** Where the sentence stands that introduces an item, undefined for what is no item. */
function introductionOf(place: number, { passages }: OpenIndex): number | undefined {
  const { document, leadIn, list } = passages[place]!;
  if (!leadIn || list === undefined) return undefined;
  for (let before = place - 1; passages[before]?.document === document; before--) {
    if (passages[before]!.text === leadIn.text) return before;
    if (passages[before]!.list !== list && passages[before]!.kind !== "footnote") return undefined;
  }
  return undefined;
}

/** Whether some word of the question is nearer to the item's own words than to those that introduce it. */
function addsSomething({ place }: Candidate, { context }: Ranking): boolean {
  const { index } = context;
  const { text, leadIn } = index.passages[place]!;
  const numbers = (words: string) =>
    Int32Array.from(contentStems(words).flatMap((stem) => index.lexical.numbers.get(stem) ?? []));
  const own = numbers(text);
  const before = numbers(leadIn!.text);
  const { words, best } = context.matching;
  return words.some((word) => best(word, own) > best(word, before) + NEARER);
}
