// A question against every passage of an index: the cheap scores, by place. Lexical, lexical with the
// lexicon's expansions, dense, and word by word over the passage, its best sentence and its context.

import type { SentenceWords } from "../index/lexical.ts";
import type { OpenIndex, WordVectors } from "../index/open-index.ts";
import { lengthOf } from "../index/open-index.ts";
import { dot } from "../index/vector-store.ts";
import { expand } from "../text/lexicon.ts";
import { MEASURE_WORDS } from "../text/terms.ts";
import type { Scores } from "./feature-context.ts";
import { contentTerms, type Matching, MEASURE } from "./matching.ts";
import type { ParsedQuestion } from "./question.ts";

/** What a synonym counts beside the word itself; single words are more ambiguous than phrases. */
const SYNONYM_WORD = 0.35;
const SYNONYM_PHRASE = 0.6;

/** Up to this many passages each is compared word by word; above, only the candidates of the cheap scores. */
const ALL = 3000;
/** Candidates of each cheap score in a larger index. */
const CHEAP_POOL = 300;

/** The scores that need no word-by-word comparison, and the passages worth one. */
export interface CheapScores {
  readonly bm25: Float32Array;
  readonly expanded: Float32Array;
  /** Cosines; 0 where they were not taken. */
  readonly dense: Float32Array;
  readonly pool: Int32Array;
  /** The nearest by vector, nearest first. */
  readonly near: readonly number[];
}

/**
 * Lexical and dense scores. `vector` is the question's unit vector; `within` are the places that may be
 * quoted (null: all), `include` places that are compared in any case.
 */
export async function cheapScores(
  question: ParsedQuestion,
  vector: Float32Array,
  index: OpenIndex,
  within: readonly number[] | null = null,
  include: readonly number[] = [],
): Promise<CheapScores> {
  const n = index.passages.length;
  const bm25 = new Float32Array(n);
  for (const term of contentTerms(question.terms)) {
    index.lexical.score(term.stem, MEASURE_WORDS.has(term.word) ? MEASURE : 1, bm25);
  }
  const expanded = bm25.slice();
  addExpansions(question, index, expanded);
  const { pool, near } = await poolOf(vector, expanded, index, within, include);
  const d = index.encoder.dimensions;
  const dense = new Float32Array(n);
  for (const place of pool) dense[place] = dot(index.vectors, place * d, vector, 0, d);
  return { bm25, expanded, dense, pool, near };
}

/** The passages worth a comparison word by word: all of a small index or of few documents, else the likeliest. */
async function poolOf(
  vector: Float32Array,
  expanded: Float32Array,
  { passages, store, vectors, encoder }: OpenIndex,
  within: readonly number[] | null,
  include: readonly number[],
): Promise<Pick<CheapScores, "pool" | "near">> {
  const n = passages.length;
  if (n > ALL && within !== null && within.length <= ALL) {
    const d = encoder.dimensions;
    const cosine = (place: number) => dot(vectors, place * d, vector, 0, d);
    const byCosine = within.map((place) => ({ place, cosine: cosine(place) }));
    const near = byCosine.toSorted((a, b) => b.cosine - a.cosine).slice(0, CHEAP_POOL);
    return { pool: Int32Array.from(new Set([...within, ...include])), near: near.map(({ place }) => place) };
  }
  const near = (await store.nearest(vector, Math.min(n, CHEAP_POOL))).map(({ place }) => place);
  if (n <= ALL) return { pool: Int32Array.from({ length: n }, (_, place) => place), near };
  const allowed = within && new Set(within);
  const lexical = topPlaces(expanded, CHEAP_POOL, (place) => allowed === null || allowed.has(place));
  return { pool: Int32Array.from(new Set([...near, ...lexical, ...include])), near };
}

/** Adds the word-by-word scores; -1 where the pool doesn't hold the place. */
export function allScores(
  { bm25, expanded, dense, pool }: CheapScores,
  matching: Matching,
  vector: Float32Array,
  index: OpenIndex,
): Scores {
  const empty = () => new Float32Array(index.passages.length).fill(-1);
  const scores: Scores = {
    bm25,
    expanded,
    dense,
    late: empty(),
    lateContext: empty(),
    lateSentence: empty(),
    denseSentence: empty(),
  };
  const similarity = sentenceSimilarity(vector, index);
  for (const place of pool) {
    const words = index.lexical.passages[place]!;
    const { sentences } = words;
    // A passage's own words are its sentences' words: what is best in it is best in one of them.
    const bySentence = sentences.map((sentence) => matching.bests(sentence.words));
    const own = matching.words.map((_, w) => bySentence.reduce((top, bests) => Math.max(top, bests[w]!), -1));
    const around = matching.bests(words.context);
    scores.late[place] = matching.weigh(own);
    scores.lateContext[place] = matching.weigh(own.map((best, w) => Math.max(best, around[w]!)));
    scores.lateSentence[place] = bySentence.reduce((top, bests) => Math.max(top, matching.weigh(bests)), -1);
    scores.denseSentence[place] = sentences.reduce(
      (top, sentence) => Math.max(top, similarity(sentence)),
      -1,
    );
  }
  return scores;
}

/** The `count` best places that are allowed and score above zero, best first. */
export function topPlaces(
  values: Float32Array,
  count: number,
  allowed: (place: number) => boolean = () => true,
): number[] {
  const top: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    if (value <= 0 || !allowed(place)) continue;
    if (top.length === count && value <= values[top[count - 1]!]!) continue;
    let i = top.length;
    while (i > 0 && values[top[i - 1]!]! < value) i--;
    top.splice(i, 0, place);
    if (top.length > count) top.pop();
  }
  return top;
}

/** Directions of sentences, kept for indexes small enough to be compared whole. */
const directions = new WeakMap<OpenIndex, Map<number, Float32Array>>();

/** Cosine of the question and a sentence, the sentence being the sum of its words' vectors; 0 without word vectors. */
function sentenceSimilarity(vector: Float32Array, index: OpenIndex): (sentence: SentenceWords) => number {
  const { words, encoder, passages } = index;
  if (!words) return () => 0;
  const d = encoder.dimensions;
  const kept = passages.length <= ALL ? (directions.get(index) ?? new Map<number, Float32Array>()) : null;
  if (kept) directions.set(index, kept);
  const scratch = new Float32Array(d);
  return (sentence) => {
    let direction = kept?.get(sentence.number);
    if (!direction) {
      direction = kept ? new Float32Array(d) : scratch.fill(0);
      addDirection(sentence.words, words, direction);
      kept?.set(sentence.number, direction);
    }
    return dot(direction, 0, vector, 0, d);
  };
}

/** Writes a sentence's direction, a unit vector, into an array of zeros. */
function addDirection(sentence: Int32Array, { units, weights }: WordVectors, into: Float32Array): void {
  const d = into.length;
  for (const word of sentence) {
    const from = word * d;
    const weight = weights[word]!;
    for (let k = 0; k < d; k++) into[k]! += weight * units[from + k]!;
  }
  const length = lengthOf(into);
  if (length > 1e-6) for (let k = 0; k < d; k++) into[k]! /= length;
}

function addExpansions(question: ParsedQuestion, index: OpenIndex, into: Float32Array): void {
  const stems = contentTerms(question.terms).map((term) => term.stem);
  const buffer = new Float32Array(into.length);
  for (const { from, to, forms } of expand(stems, index.lexicon)) {
    // Of all that says the same, a passage counts with what it holds most of.
    const best = new Float32Array(into.length);
    for (const form of forms) {
      buffer.fill(0);
      const weight =
        (to - from > 1 || form.length > 1 ? SYNONYM_PHRASE : SYNONYM_WORD) / Math.sqrt(form.length);
      for (const stem of form) if (!stems.includes(stem)) index.lexical.score(stem, weight, buffer);
      for (let i = 0; i < best.length; i++) if (buffer[i]! > best[i]!) best[i] = buffer[i]!;
    }
    for (let i = 0; i < best.length; i++) into[i]! += best[i]!;
  }
}
