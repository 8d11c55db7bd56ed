// What is known of the passages' words -> an index that scores them and tells each passage's and
// sentence's words by number, which word-by-word matching reads. All of it lies in a few typed arrays,
// as it is kept on disk; objects are made when they are asked for. Filling the arrays is
// lexical-build.ts's business.
//
// BM25 with fields: Robertson, Zaragoza & Taylor, "Simple BM25 extension to multiple weighted fields"
// (CIKM 2004): a term's frequencies are weighted and length-normalised per field, summed, then saturated.
// idf as in Lucene: ln(1 + (N - n + 0.5) / (n + 0.5)), never negative.

import type { Span } from "../types.ts";

/** Saturation of a term's frequency. */
export const K1 = 1.2;

/** The arrays of a lexical index. A list of lists is one array of values and one of where each list begins. */
export interface LexicalArrays {
  /** Word -> how many passages hold it among their own. */
  readonly ownCount: Int32Array;
  /** Word -> its postings: passages that hold it, with the weighted, length-normalised frequency over all fields. */
  readonly postingsFrom: Int32Array;
  readonly postingPlaces: Int32Array;
  readonly postingWeights: Float32Array;
  /** Passage -> its own words counted, stop words left out. */
  readonly lengths: Int32Array;
  /** Passage -> its first sentence. */
  readonly sentencesFrom: Int32Array;
  /** Sentence -> its span of the passage's text. */
  readonly sentenceStart: Int32Array;
  readonly sentenceEnd: Int32Array;
  /** Sentence -> its words and those of the lead-in, each once. */
  readonly wordsFrom: Int32Array;
  readonly words: Int32Array;
  /** Passage -> its context; passages under one heading share theirs. */
  readonly contextOf: Int32Array;
  /** Context -> words of lead-in, section and title, each once. */
  readonly contextsFrom: Int32Array;
  readonly contextWords: Int32Array;
}

export interface LexicalData {
  /** Number -> stem, and its commonest written form (for encoding and spelling). */
  readonly stems: readonly string[];
  readonly forms: readonly string[];
  readonly arrays: LexicalArrays;
}

export interface SentenceWords extends Span {
  /** Its number among all sentences of the index. */
  readonly number: number;
  /** Word numbers, each once. */
  readonly words: Int32Array;
}

export interface PassageWords {
  readonly sentences: readonly SentenceWords[];
  /** Own words and those of the lead-in; one that stands in several sentences comes several times. */
  readonly text: Int32Array;
  /** Words of lead-in, section and title, each once. */
  readonly context: Int32Array;
  /** Own words counted, stop words left out. */
  readonly length: number;
}

export interface LexicalIndex extends LexicalData {
  /** Stem -> number. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly idf: Float32Array;
  /** How many passages hold the word among their own. */
  readonly ownCount: Int32Array;
  readonly passages: readonly PassageWords[];
  /** Adds `weight` × the BM25F score of a stem to the passages that hold it. */
  score(stem: string, weight: number, into: Float32Array): void;
}

/** Opens an index over its arrays. */
export function openLexical(data: LexicalData): LexicalIndex {
  const { stems, arrays } = data;
  const { ownCount, postingsFrom, postingPlaces, postingWeights, lengths } = arrays;
  const numbers = new Map(stems.map((stem, number) => [stem, number]));
  // Rarity is counted over own words: a word of a heading stands above many passages, yet says much.
  const idf = Float32Array.from(ownCount, (n) => Math.log(1 + (lengths.length - n + 0.5) / (n + 0.5)));
  return {
    ...data,
    numbers,
    idf,
    ownCount,
    passages: Array.from(lengths, (_, place) => new WordsOfPassage(arrays, place)),
    score(stem, weight, into) {
      const number = numbers.get(stem);
      if (number === undefined) return;
      for (let i = postingsFrom[number]!; i < postingsFrom[number + 1]!; i++) {
        const frequency = postingWeights[i]!;
        into[postingPlaces[i]!]! += (weight * idf[number]! * frequency * (K1 + 1)) / (frequency + K1);
      }
    },
  };
}

/** A passage's words, read from the arrays whenever they are asked for. */
class WordsOfPassage implements PassageWords {
  readonly #arrays: LexicalArrays;
  readonly #place: number;

  constructor(arrays: LexicalArrays, place: number) {
    this.#arrays = arrays;
    this.#place = place;
  }

  get sentences(): SentenceWords[] {
    const { sentencesFrom, sentenceStart, sentenceEnd, wordsFrom, words } = this.#arrays;
    const out: SentenceWords[] = [];
    for (let i = sentencesFrom[this.#place]!; i < sentencesFrom[this.#place + 1]!; i++) {
      const own = words.subarray(wordsFrom[i], wordsFrom[i + 1]);
      out.push({ number: i, start: sentenceStart[i]!, end: sentenceEnd[i]!, words: own });
    }
    return out;
  }

  get text(): Int32Array {
    const { sentencesFrom, wordsFrom, words } = this.#arrays;
    return words.subarray(wordsFrom[sentencesFrom[this.#place]!], wordsFrom[sentencesFrom[this.#place + 1]!]);
  }

  get context(): Int32Array {
    const { contextOf, contextsFrom, contextWords } = this.#arrays;
    const context = contextOf[this.#place]!;
    return contextWords.subarray(contextsFrom[context], contextsFrom[context + 1]);
  }

  get length(): number {
    return this.#arrays.lengths[this.#place]!;
  }
}
