// A question against the index's words: for each content word of the question, how near every word of
// the index is to it (1 for the same stem, else the cosine of their word vectors). Passages and
// sentences are scored from that: each question word counts with its best match there
// (late interaction, Khattab & Zaharia 2020, arXiv 2004.12832), weighted by what the word weighs. Where the
// lexicon says the same in other words, and all of them stand there, that is a match, too.

import type { OpenIndex } from "../index/open-index.ts";
import { lengthOf } from "../index/open-index.ts";
import { dot } from "../index/vector-store.ts";
import { expand } from "../text/lexicon.ts";
import { MEASURE_WORDS, STOP_WORDS, type Term } from "../text/terms.ts";

export interface QuestionWord {
  readonly stem: string;
  readonly isNumber: boolean;
  /** Its number among the index's words; -1 if none holds it. */
  readonly number: number;
  /** Whether the index holds it or the encoder knows it. */
  readonly known: boolean;
  /** Its share of the question's weight; all together 1. */
  readonly share: number;
  /** Nearness to every word of the index, -1 to 1. */
  readonly nearness: Float32Array;
}

export interface Matching {
  readonly words: readonly QuestionWord[];
  /** Nearness of the whole question to a set of words, -1 to 1. */
  score(...sets: readonly Int32Array[]): number;
  /** The best match of each question word in a set of words. */
  bests(set: Int32Array): number[];
  /** Nearness of the whole question, from the best match of each of its words. */
  weigh(bests: readonly number[]): number;
  /** The best match of one question word in sets of words. */
  best(word: QuestionWord, ...sets: readonly Int32Array[]): number;
  /** Share of the question's weight that is there to the letter. */
  covered(...sets: readonly Int32Array[]): number;
}

/** What a measure word counts beside others. */
export const MEASURE = 0.3;
/** How near a word is to what says the same by the lexicon: "in care" to "looked after children". */
const SYNONYM = 0.7;

/** The question's content words; all of them when none carries content. */
export function contentTerms(terms: readonly Term[]): Term[] {
  const content = terms.filter((term) => term.isNumber || !STOP_WORDS.has(term.word));
  const seen = new Set<string>();
  return (content.length > 0 ? content : terms).filter((term) => !seen.has(term.stem) && seen.add(term.stem));
}

/** Compares a question's words with those of the passages at `pool` (places). */
export async function matchWords(
  terms: readonly Term[],
  index: OpenIndex,
  pool: Iterable<number>,
): Promise<Matching> {
  const { lexical, words: known, encoder } = index;
  const content = contentTerms(terms);
  const vectors =
    known && encoder.wordVectors ? await encoder.wordVectors(content.map((term) => term.word)) : null;
  const d = encoder.dimensions;
  const wanted = new Uint8Array(lexical.stems.length);
  for (const place of pool) {
    for (const word of lexical.passages[place]!.text) wanted[word] = 1;
    for (const word of lexical.passages[place]!.context) wanted[word] = 1;
  }
  const raw = content.map((term, i) => {
    const number = lexical.numbers.get(term.stem) ?? -1;
    const nearness = new Float32Array(lexical.stems.length);
    const vector = vectors?.[i];
    const length = vector ? lengthOf(vector) : 0;
    if (vector && known && length > 1e-6 && !term.isNumber) {
      for (let word = 0; word < nearness.length; word++)
        if (wanted[word]) nearness[word] = dot(known.units, word * d, vector, 0, d) / length;
    }
    if (number >= 0) nearness[number] = 1;
    return {
      isMeasure: MEASURE_WORDS.has(term.word),
      stem: term.stem,
      isNumber: term.isNumber,
      number,
      nearness,
      length,
      known: number >= 0 || length > 1e-6,
    };
  });
  // A word that the encoder does not know weighs as much as the heaviest of the others.
  const heaviest = Math.max(...raw.map(({ length }) => length), 0);
  const weightOf = ({ length, number, isMeasure }: (typeof raw)[number]) =>
    (isMeasure && raw.some((word) => !word.isMeasure) ? MEASURE : 1) * rarity({ length, number });
  const rarity = ({ length, number }: { length: number; number: number }) =>
    heaviest > 0
      ? length > 1e-6
        ? length
        : heaviest
      : number >= 0
        ? lexical.idf[number]!
        : Math.log(1 + lexical.passages.length);
  const total = raw.reduce((sum, word) => sum + weightOf(word), 0) || 1;
  const words = raw.map((word): QuestionWord => ({ ...word, share: weightOf(word) / total }));
  const synonyms = synonymsOf(content, index);
  // Called some thousand times for each question: nothing is made anew in it.
  const bestOf = (w: number, sets: readonly Int32Array[]) => {
    const { nearness } = words[w]!;
    let top = -1;
    for (const set of sets) for (const other of set) if (nearness[other]! > top) top = nearness[other]!;
    const same = synonyms[w]!;
    if (top >= SYNONYM || same.length === 0) return top;
    return sets.some((set) => holdsOne(set, same)) ? SYNONYM : top;
  };
  const weigh = (bests: readonly number[]) => words.reduce((sum, { share }, w) => sum + share * bests[w]!, 0);
  return {
    words,
    best: (word, ...sets) => bestOf(words.indexOf(word), sets),
    bests: (set) => words.map((_, w) => bestOf(w, [set])),
    weigh,
    score: (...sets) => weigh(words.map((_, w) => bestOf(w, sets))),
    covered: (...sets) =>
      words.reduce(
        (sum, word) =>
          sum + (word.number >= 0 && sets.some((set) => set.includes(word.number)) ? word.share : 0),
        0,
      ),
  };
}

/** Whether all words of one of the phrases stand in a set of words. */
function holdsOne(set: Int32Array, phrases: readonly Phrase[]): boolean {
  for (const phrase of phrases) if (holdsAll(set, phrase)) return true;
  return false;
}

function holdsAll(set: Int32Array, phrase: Phrase): boolean {
  for (const word of phrase) if (!set.includes(word)) return false;
  return true;
}

/** The words of a phrase, by their numbers among the index's words. */
type Phrase = readonly number[];

/**
 * For each content word of a question: the phrases that say the same as the phrase that it stands in, by the
 * lexicon. Those with a word that no passage holds are left out.
 */
function synonymsOf(content: readonly Term[], { lexical, lexicon }: OpenIndex): (readonly Phrase[])[] {
  const out = content.map((): readonly Phrase[] => []);
  const stems = content.map(({ stem }) => stem);
  for (const { from, to, forms } of expand(stems, lexicon)) {
    const phrases = forms
      .map((form) => form.map((stem) => lexical.numbers.get(stem) ?? -1))
      .filter((phrase) => !phrase.includes(-1));
    for (let w = from; w < to; w++) out[w] = phrases;
  }
  return out;
}
