// A question and the whole index's scores for it -> what a passage's features are compared with: the best
// of each score, the newest document, the best passage of each document.

import { datedAt } from "../documents/dates.ts";
import type { OpenIndex } from "../index/open-index.ts";
import type { Matching } from "./matching.ts";
import { isIndexed, type Place } from "./place.ts";
import type { ParsedQuestion } from "./question.ts";
import { recencyOf } from "./time.ts";

/** Scores of the whole index for one question, by passage place. */
export interface Scores {
  readonly bm25: Float32Array;
  /** BM25 with the lexicon's expansions. */
  readonly expanded: Float32Array;
  readonly dense: Float32Array;
  readonly late: Float32Array;
  readonly lateContext: Float32Array;
  readonly lateSentence: Float32Array;
  /** Cosine of the best sentence. */
  readonly denseSentence: Float32Array;
}

export interface FeatureContext {
  readonly question: ParsedQuestion;
  /** The authorities that the question names, and whether documents of the index are about one of them. */
  readonly places: readonly Place[];
  readonly placeIndexed: boolean;
  readonly matching: Matching;
  readonly index: OpenIndex;
  readonly scores: Scores;
  readonly best: Readonly<Record<keyof Scores, number>>;
  /** BM25 of a passage that held every question word once or so. */
  readonly bm25Mass: number;
  /** The newest document's date. */
  readonly newest: string;
  /** How new each document is among the others: 1 the newest, 0 the oldest or undated. */
  readonly recency: ReadonlyMap<string, number>;
  /** Best `lateContext` in each document that has one above 0. */
  readonly bestOf: ReadonlyMap<string, number>;
}

/** What the passages' features are compared with. */
export function featureContext(
  question: ParsedQuestion,
  places: readonly Place[],
  matching: Matching,
  index: OpenIndex,
  scores: Scores,
  allowed: (place: number) => boolean,
): FeatureContext {
  const best = Object.fromEntries(
    Object.entries(scores).map(([name, values]: [string, Float32Array]) => {
      let top = 0;
      for (let place = 0; place < values.length; place++)
        if (values[place]! > top && allowed(place)) top = values[place]!;
      return [name, top];
    }),
  ) as Record<keyof Scores, number>;
  let bm25Mass = 0;
  for (const word of matching.words)
    bm25Mass += word.number >= 0 ? index.lexical.idf[word.number]! : Math.log(1 + index.passages.length);
  const bestOf = new Map<string, number>();
  for (const [place, value] of scores.lateContext.entries()) {
    if (value <= 0) continue;
    const { document } = index.passages[place]!;
    bestOf.set(document, Math.max(bestOf.get(document) ?? 0, value));
  }
  const newest = [...index.documents.values()]
    .map(({ info }) => datedAt(info) ?? "")
    .reduce((a, b) => (b > a ? b : a), "");
  const placeIndexed = isIndexed(places, index);
  return {
    question,
    places,
    placeIndexed,
    matching,
    index,
    scores,
    best,
    bm25Mass,
    newest,
    recency: recencyOf(index),
    bestOf,
  };
}
