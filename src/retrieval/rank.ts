// A question -> the index's passages, best first: candidates from every score, their features, the
// ranker's network. The one path from a question to a ranking, whoever asks.

import type { Filter, Span } from "../types.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { datedAt } from "../documents/dates.ts";
import { authorityOfDocument, isIndexed, type Place, placesNamed } from "./place.ts";
import { featureContext, type FeatureContext, type Scores } from "./feature-context.ts";
import { type Feature, FEATURES, features } from "./features.ts";
import { contentTerms, matchWords } from "./matching.ts";
import { type Network, score } from "./network.ts";
import type { AcronymAsked } from "./acronym-asked.ts";
import { isOnlyDefinition } from "./definition.ts";
import { placesAsked } from "./heading-asked.ts";
import { givesSharesOnly } from "./evidence.ts";
import { findExplanation } from "../text/acronyms.ts";
import { STOP_WORDS, terms } from "../text/terms.ts";
import { namedIn, type People, peopleNamed } from "./people.ts";
import { type ParsedQuestion, parseQuestion } from "./question.ts";
import { allScores, cheapScores, topPlaces } from "./scores.ts";

/** Candidates taken from each score. */
const POOL = 30;
/** Added to the score of a passage that names the people whom the question names, or quotes them. */
const NAMED = 2;
/** …and of one that only says what grades mean, where that is not asked. */
const DEFINITION = -6;

/** Passages below headings that are candidates whatever their scores. */
const BELOW = 60;

/** …and of one that gives shares and no count, where a count is asked for. */
const SHARES = -1.5;
const HOW_MANY = /\bhow many\b(?!.*\b(?:percent|per cent|%|share|proportion|rate)\b)/i;

/**
 * What ranks: BM25F alone, the encoder's cosine alone, both and the word-by-word scores summed without
 * training, or the trained ranker (where none is fitted to the encoder, `hybrid` stands in).
 */
export const VARIANTS = ["lexical", "dense", "hybrid", "ranker"] as const;
export type Variant = (typeof VARIANTS)[number];

export interface Candidate {
  readonly place: number;
  readonly score: number;
  /** What of the ranker's score is not the features': that it names whom the question names, or only defines a word. */
  readonly bonus: number;
  readonly features: Float32Array;
  /** The cross-encoder's logit, of passages that it has read. */
  readonly crossScore?: number;
}

export interface Ranking {
  readonly context: FeatureContext;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** The people whom the question names, as far as the documents know them. */
  readonly people: People | null;
  /** The places below headings that say what the question says; empty where none does. */
  readonly asked: readonly number[];
}

/**
 * Ranks an index's passages for a question. `include` are passages (places) that are candidates whatever
 * their scores.
 */
export async function rank(
  text: string,
  index: OpenIndex,
  ranker: Network | null,
  filter: Filter = {},
  include: readonly number[] = [],
  variant: Variant = "ranker",
): Promise<Ranking> {
  const scoreOf = scorer({ variant, ranker });
  const places = placesNamed(text, index);
  const question = withoutPlaces(parseQuestion(text), places, index);
  const [vector] = await index.encoder.encode([text], "query");
  const people = peopleNamed(question, index);
  const within = placesWithin(index, filter, places, people);
  const allowedPlaces = within && new Set(within);
  const allowed = (place: number) => allowedPlaces === null || allowedPlaces.has(place);
  const asked = placesAsked(question, index).filter(allowed);
  const included = [...include, ...explaining(question.acronym, index), ...asked.slice(0, BELOW)];
  const cheap = await cheapScores(question, vector!, index, within, included);
  const matching = await matchWords(question.terms, index, cheap.pool);
  const scores = allScores(cheap, matching, vector!, index);
  const context = featureContext(question, places, matching, index, scores, allowed);
  const near = variant === "lexical" ? [] : cheap.near.filter(allowed).slice(0, POOL);
  const pool = new Set<number>([...included.filter(allowed), ...near]);
  for (const values of poolsOf(variant, scores)) {
    for (const place of topPlaces(values, POOL, allowed)) pool.add(place);
  }
  const candidates = [...pool].map((place): Candidate => {
    const values = features(place, context);
    const bonus =
      (people ? NAMED * namedIn(place, people, index) : 0) +
      (isOnlyDefinition(index.passages[place]!, question) ? DEFINITION : 0) +
      (HOW_MANY.test(text) && givesSharesOnly(index.passages[place]!.text) ? SHARES : 0);
    return { place, features: values, bonus, score: scoreOf(values) + bonus };
  });
  return { context, people, asked, candidates: bestFirst(candidates) };
}

/** Candidates by falling score; of equals, what stands first. */
export function bestFirst(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => b.score - a.score || a.place - b.place);
}

/** The names of authorities that documents are about tell nothing in these; a name that no document is about stays. */
function withoutPlaces(question: ParsedQuestion, places: readonly Place[], index: OpenIndex): ParsedQuestion {
  if (places.length === 0) return question;
  const keys = new Set([...index.documents.values()].map(({ info }) => authorityOfDocument(info)));
  const named = places.filter(({ key }) => keys.has(key));
  if (named.length === 0) return question;
  const text = question.text.toLowerCase();
  const isIn = ({ start, end }: Span, name: string) => {
    const at = text.indexOf(name.toLowerCase(), Math.max(0, end - name.length));
    return at >= 0 && at <= start && end <= at + name.length;
  };
  const left = question.terms.filter((term) => !named.some(({ name }) => isIn(term, name)));
  return contentTerms(left).some(({ word }) => !STOP_WORDS.has(word))
    ? { ...question, terms: left }
    : question;
}

/** The passages that spell out an abbreviation, among the any number that use it. */
function explaining(acronym: AcronymAsked | null, { lexical, passages }: OpenIndex): number[] {
  if (acronym === null) return [];
  const holding = new Float32Array(passages.length);
  for (const { stem } of terms(acronym.short)) lexical.score(stem, 1, holding);
  return topPlaces(
    holding,
    POOL,
    (place) => holding[place]! > 0 && findExplanation(passages[place]!.text, acronym.short) !== null,
  );
}

/** The scores whose best passages become candidates; the nearest by vector are candidates but for `lexical`. */
function poolsOf(variant: Variant, scores: Scores): Float32Array[] {
  if (variant === "lexical") return [scores.bm25];
  if (variant === "dense") return [];
  return [scores.expanded, scores.late, scores.lateContext, scores.lateSentence, scores.denseSentence];
}

const at = (name: Feature) => FEATURES.indexOf(name);
/** What each untrained variant adds up, in equal parts. */
const SUMMED: Readonly<Record<Exclude<Variant, "ranker">, readonly number[]>> = {
  lexical: [at("bm25")],
  dense: [at("dense")],
  hybrid: [at("expandedOfBest"), at("dense"), at("lateContext"), at("lateSentence")],
};
/**
 * Brings the sums to the ranker's unit, in which ties and the weight of a conversation are stated: on
 * questions of the shipped set, the first and the tenth are then as far apart.
 */
const UNIT = 30;

/** What ranks: the variant, or `hybrid` where no ranker is fitted to the encoder. */
export function rankedBy({ variant = "ranker", ranker }: Ranks): Variant {
  return variant === "ranker" && !ranker ? "hybrid" : variant;
}

export interface Ranks {
  readonly variant?: Variant | undefined;
  readonly ranker: Network | null;
}

/** From a candidate's features to its score. */
export function scorer(ranks: Ranks): (features: ArrayLike<number>) => number {
  const { ranker } = ranks;
  const by = rankedBy(ranks);
  if (by === "ranker") return (values) => score(ranker!, values);
  const summed = SUMMED[by];
  return (values) => (UNIT * summed.reduce((sum, i) => sum + values[i]!, 0)) / summed.length;
}

/**
 * The places of the passages that may be quoted; null where all may. Where the question names an
 * authority that documents are about, those about others are left out; where it names people, the
 * documents that don't name them.
 */
function placesWithin(
  index: OpenIndex,
  filter: Filter,
  named: readonly Place[],
  people: People | null,
): number[] | null {
  const keys = isIndexed(named, index) ? new Set(["", ...named.map(({ key }) => key)]) : null;
  const { document, since, until } = filter;
  if (!document && !since && !until && !keys && !people) return null;
  const documents = new Set<string>();
  for (const { info } of index.documents.values()) {
    if (document && info.id !== document) continue;
    const published = datedAt(info);
    // A date known to the year only is in a range that touches that year.
    if (since && !(published && published >= since.slice(0, published.length))) continue;
    if (until && !(published && published.slice(0, until.length) <= until)) continue;
    if (keys && !keys.has(authorityOfDocument(info))) continue;
    documents.add(info.id);
  }
  const naming = [...documents].filter((id) => people?.documents.has(id));
  if (naming.length > 0) for (const id of documents) if (!naming.includes(id)) documents.delete(id);
  return index.passages.flatMap((passage, place) => (documents.has(passage.document) ? [place] : []));
}
