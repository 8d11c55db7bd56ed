// Passages as the ranker scored them -> the order in which they answer. What no score of a passage alone
// says: what was quoted last, which of several documents is the newest, which place a passage names when no
// document is about it, which sentence introduces a list. Leaves scores to rank.ts and rerank.ts.

import { datedAt } from "../documents/dates.ts";
import type { DocumentInfo } from "../types.ts";
import type { Understood } from "./conversation.ts";
import { FEATURES } from "./features.ts";
import { leadInsFirst } from "./lead-in.ts";
import { authorityOfDocument } from "./place.ts";
import { bestFirst, type Candidate, type Ranking } from "./rank.ts";

/** Passages within this of the first one's score answer as well, as far as the ranker can tell. */
const TIE = 0.3;
/** …and of reports of one kind on one authority: what a newer one says counts, if it comes near. */
const SUCCESSION = 1.5;
/** …and as far as the cross-encoder can, its logits within this: odds that differ less than 2.7-fold. */
const CROSS_TIE = 1;
/** Added to the score of the passages quoted last, when a message leans on them. */
const BEFORE = [2, 1.4, 1];
/** …and of their neighbours in the document. */
const BESIDE = 0.7;
/** Taken from the score of a passage about another authority than that of which was spoken. */
const AWAY = 4;
/** What stands below the heading that a question repeats is this much before the rest, and before one another. */
const STEP = 0.01;

const PLACE = FEATURES.indexOf("place");

/** How a message leans on the turn before. */
type Leaning = Pick<Understood, "before" | "leans" | "again">;
const NOTHING_BEFORE: Leaning = { before: [], leans: false, again: false };

export interface Ordered extends Ranking {
  /** The places below the heading that the question repeats: the first of the candidates; empty where it repeats none. */
  readonly below: readonly number[];
}

/** Puts a ranking into its final order. */
export function inOrder(ranking: Ranking, leaning: Leaning = NOTHING_BEFORE): Ordered {
  return headingFirst(leadInsFirst(namedPlaceFirst(newestFirst(withBefore(ranking, leaning)))));
}

/**
 * A ranking in which each score is mixed with that of another question's ranking, `share` of it being the
 * other's. What the other didn't rank is as low there as its last.
 */
export function blend(ranking: Ranking, other: Ranking, share: number): Ranking {
  const scores = new Map(other.candidates.map(({ place, score }) => [place, score]));
  const last = other.candidates.at(-1)?.score ?? 0;
  const candidates = ranking.candidates.map((candidate) => ({
    ...candidate,
    score: (1 - share) * candidate.score + share * (scores.get(candidate.place) ?? last),
  }));
  return { ...ranking, candidates: bestFirst(candidates) };
}

/**
 * Passages quoted last, and their neighbours, come first when a message is about them. Whatever it is about,
 * it stays with the authority of which was spoken, unless it names another.
 */
function withBefore(ranking: Ranking, { before, leans, again }: Leaning): Ranking {
  const { index, places } = ranking.context;
  const quoted = before.flatMap((id) => index.places.get(id) ?? []);
  if (quoted.length === 0) return ranking;
  const bonus = new Map<number, number>();
  const add = (place: number, value: number) => bonus.set(place, Math.max(bonus.get(place) ?? 0, value));
  for (const [i, place] of (leans ? quoted.slice(0, BEFORE.length) : []).entries()) {
    add(place, again ? 1000 - i : BEFORE[i]!);
    for (const other of [place - 1, place + 1])
      if (index.passages[other]?.document === index.passages[place]!.document) add(other, BESIDE);
  }
  const authorityAt = (place: number) =>
    authorityOfDocument(index.documents.get(index.passages[place]!.document)!.info);
  const spoken = new Set(["", ...quoted.map(authorityAt)]);
  const isAway = (place: number) => places.length === 0 && spoken.size > 1 && !spoken.has(authorityAt(place));
  const candidates = ranking.candidates.map((candidate) => ({
    ...candidate,
    score: candidate.score + (bonus.get(candidate.place) ?? 0) - (isAway(candidate.place) ? AWAY : 0),
  }));
  return { ...ranking, candidates: bestFirst(candidates) };
}

/**
 * Where several documents answer as well and no time is asked for, the newest comes first: judgements
 * of different years update each other.
 */
function newestFirst(ranking: Ranking): Ranking {
  const { index } = ranking.context;
  const { years, notYears, months, after, before } = ranking.context.question;
  const timed = years.length + notYears.length + months.length > 0 || after !== null || before !== null;
  const { candidates } = ranking;
  const best = candidates[0];
  if (timed || best === undefined) return ranking;
  const infoOf = ({ place }: Candidate) => index.documents.get(index.passages[place]!.document)!.info;
  const yearOf = (candidate: Candidate) => (datedAt(infoOf(candidate)) ?? "").slice(0, 4);
  const tied = candidates.filter((candidate) => {
    const gap = isSuccession(infoOf(best), infoOf(candidate)) ? SUCCESSION : TIE;
    return best.score - candidate.score < gap && crossGap(best, candidate) < CROSS_TIE;
  });
  return toFront(
    tied.toSorted((a, b) => yearOf(b).localeCompare(yearOf(a))),
    ranking,
  );
}

/** Whether two documents are reports of one kind on one authority, of which the newer one counts. */
function isSuccession(a: DocumentInfo, b: DocumentInfo): boolean {
  return (
    a.kind === b.kind && authorityOfDocument(a) !== "" && authorityOfDocument(a) === authorityOfDocument(b)
  );
}

function crossGap({ crossScore: a }: Candidate, { crossScore: b }: Candidate): number {
  return a === undefined || b === undefined ? 0 : Math.abs(a - b);
}

/**
 * Passages that name the place asked about come first, where no document is about it: what is said of Slough
 * in a report on another authority is all that there is to say.
 */
export function namedPlaceFirst(ranking: Ranking): Ranking {
  if (ranking.context.placeIndexed) return ranking;
  return toFront(
    ranking.candidates.filter(({ features }) => features[PLACE] === 1),
    ranking,
  );
}

/**
 * What stands below the heading that the question repeats comes first, in its order. Of several documents it is
 * that of the likeliest passage, or of its newest successor; the others keep their scores, so that what a newer
 * document of another kind says is still near.
 */
function headingFirst(ranking: Ranking): Ordered {
  const { candidates, context } = ranking;
  const asked = new Set(ranking.asked);
  const infoOf = ({ place }: Candidate) =>
    context.index.documents.get(context.index.passages[place]!.document)!.info;
  const all = candidates.filter(({ place }) => asked.has(place));
  const likeliest = all[0];
  if (likeliest === undefined) return { ...ranking, below: [] };
  const { id } = all
    .map(infoOf)
    .filter((info) => info === infoOf(likeliest) || isSuccession(info, infoOf(likeliest)))
    .reduce((a, b) => ((datedAt(b) ?? "") > (datedAt(a) ?? "") ? b : a));
  const own = all.filter((one) => infoOf(one).id === id).toSorted((a, b) => a.place - b.place);
  const top = candidates[0]!.score;
  const first = own.map((one, i) => ({ ...one, score: top + (own.length - i) * STEP }));
  return {
    ...ranking,
    candidates: [...first, ...candidates.filter((one) => !own.includes(one))],
    below: own.map(({ place }) => place),
  };
}

/** They change places with the others, and so do their scores: how sure the ranking is remains the same. */
function toFront(some: readonly Candidate[], ranking: Ranking): Ranking {
  if (some.length === 0) return ranking;
  const { candidates } = ranking;
  const order = [...some, ...candidates.filter((candidate) => !some.includes(candidate))];
  return {
    ...ranking,
    candidates: order.map((candidate, i) => ({ ...candidate, score: candidates[i]!.score })),
  };
}
