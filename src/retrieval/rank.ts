// A question -> the index's passages, best first: candidates from every score, their features, the
// ranker's network. The one path from a question to a ranking, whoever asks.

import type { Filter } from "../types.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { FEATURES, featureContext, features, type FeatureContext } from "./features.ts";
import { matchWords } from "./matching.ts";
import { type Network, score } from "./network.ts";
import { parseQuestion } from "./question.ts";
import { allScores, cheapScores, topPlaces } from "./scores.ts";

/** Candidates taken from each score. */
const POOL = 30;

export interface Candidate {
  readonly place: number;
  readonly score: number;
  readonly features: Float32Array;
}

export interface Ranking {
  readonly context: FeatureContext;
  /** Best first. */
  readonly candidates: readonly Candidate[];
}

/**
 * Ranks an index's passages for a question. Without a ranker: by the sum of normalised scores.
 * `include` are passages (places) that are candidates whatever their scores.
 */
export async function rank(
  text: string,
  index: OpenIndex,
  ranker: Network | null,
  filter: Filter = {},
  include: readonly number[] = [],
): Promise<Ranking> {
  const question = parseQuestion(text);
  const [vector] = await index.encoder.encode([text], "query");
  const within = placesWithin(index, filter);
  const cheap = await cheapScores(question, vector!, index, within, include);
  const matching = await matchWords(question.terms, index, cheap.pool);
  const scores = allScores(cheap, matching, vector!, index);
  const allowedPlaces = within && new Set(within);
  const allowed = (place: number) => allowedPlaces === null || allowedPlaces.has(place);
  const context = featureContext(question, matching, index, scores, allowed);
  const pool = new Set<number>([...include.filter(allowed), ...cheap.near.filter(allowed).slice(0, POOL)]);
  for (const values of [
    scores.expanded,
    scores.late,
    scores.lateContext,
    scores.lateSentence,
    scores.denseSentence,
  ]) {
    for (const place of topPlaces(values, POOL, allowed)) pool.add(place);
  }
  const candidates = [...pool].map((place): Candidate => {
    const values = features(place, context);
    return { place, features: values, score: ranker ? score(ranker, values) : fallback(values) };
  });
  return { context, candidates: candidates.toSorted((a, b) => b.score - a.score || a.place - b.place) };
}

const at = (name: (typeof FEATURES)[number]) => FEATURES.indexOf(name);
const UNTRAINED = [at("expandedOfBest"), at("dense"), at("lateContext"), at("lateSentence")];

/** For encoders without a fitted ranker: the mean of the normalised scores. */
function fallback(values: Float32Array): number {
  return UNTRAINED.reduce((sum, i) => sum + values[i]!, 0) / UNTRAINED.length;
}

/** The places of the passages that may be quoted; null where all may. */
function placesWithin(index: OpenIndex, { document, since, until }: Filter): number[] | null {
  if (!document && !since && !until) return null;
  const documents = new Set<string>();
  for (const { info } of index.documents.values()) {
    if (document && info.id !== document) continue;
    const published = info.published;
    // A date known to the year only is in a range that touches that year.
    if (since && !(published && published >= since.slice(0, published.length))) continue;
    if (until && !(published && published.slice(0, until.length) <= until)) continue;
    documents.add(info.id);
  }
  return index.passages.flatMap((passage, place) => (documents.has(passage.document) ? [place] : []));
}
