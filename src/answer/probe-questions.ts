// An index -> questions that it certainly answers, made of its own passages: three words of a sentence.
// No chance in it: the same index gives the same questions. They are easier than people's, who use
// other words: what goes wrong with these is amiss.

import type { OpenIndex } from "../index/open-index.ts";
import { STOP_WORDS, terms } from "../text/terms.ts";

export interface ProbeQuestion {
  readonly text: string;
  /** Id of the passage that it was made of. */
  readonly passage: string;
}

/** Passages shorter than this, in characters, say too little to be asked about. */
const SHORTEST = 60;
/** Words in a question. */
const WORDS = 3;

/** At most `count` questions, one from each of as many equal stretches of the index. */
export function ownQuestions(index: OpenIndex, count: number): ProbeQuestion[] {
  const { passages } = index;
  const stretches = Math.min(count, passages.length);
  const startOf = (stretch: number) => Math.floor((stretch * passages.length) / stretches);
  return Array.from({ length: stretches }, (_, i) => {
    for (let place = startOf(i); place < startOf(i + 1); place++) {
      const { kind, text, id } = passages[place]!;
      if ((kind !== "paragraph" && kind !== "item") || text.length < SHORTEST) continue;
      const words = wordsOf(place, index);
      if (words.length >= 2) return [{ text: `What about ${words.join(" and ")}?`, passage: id }];
    }
    return [];
  }).flat();
}

/** Of the longest sentence's words the second, fourth and sixth by rarity, in the order of the sentence. */
function wordsOf(place: number, { passages, lexical }: OpenIndex): string[] {
  const { sentences } = lexical.passages[place]!;
  const [longest] = sentences.toSorted((a, b) => b.end - b.start - (a.end - a.start));
  if (!longest) return [];
  const content = terms(passages[place]!.text.slice(longest.start, longest.end)).filter(
    ({ isNumber, word }) => !isNumber && !STOP_WORDS.has(word),
  );
  const idf = (stem: string) => lexical.idf[lexical.numbers.get(stem) ?? -1] ?? 0;
  return [...new Map(content.map((term) => [term.stem, term])).values()]
    .toSorted((a, b) => idf(b.stem) - idf(a.stem))
    .filter((_, i) => i % 2 === 1)
    .slice(0, WORDS)
    .toSorted((a, b) => a.start - b.start)
    .map(({ word }) => word);
}
