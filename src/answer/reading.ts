// A message and the conversation before it -> what is asked, the passages ranked for it, and whether they
// answer. A short message is read by itself too, where it may stand alone.

import { datedAt } from "../documents/dates.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { type Understood, understand } from "../retrieval/conversation.ts";
import type { MessageKind } from "../retrieval/message-kind.ts";
import { leadInsFirst } from "../retrieval/lead-in.ts";
import { mendSpelling } from "../retrieval/mend-spelling.ts";
import { namedPlaceFirst } from "../retrieval/named-place.ts";
import { authorityOfDocument } from "../retrieval/place.ts";
import { parseQuestion } from "../retrieval/question.ts";
import { rank, type Candidate, type Ranking } from "../retrieval/rank.ts";
import { rerank } from "../retrieval/rerank.ts";
import type { DocumentInfo, Outcome, Question } from "../types.ts";
import type { Models } from "./models.ts";
import { gapOf } from "./reason.ts";
import { judge, type Judgement, refusalFeatures } from "./refusal.ts";
import { DOUBTFUL } from "./small-talk.ts";

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

const NONE: Judgement = { outcome: "none", confidence: 0 };
/** The last quotation itself is asked for. */
const AGAIN: Judgement = { outcome: "answer", confidence: 1 };

export interface Reading {
  readonly understood: Understood;
  /** What is searched for, its spelling mended. */
  readonly mended: string;
  /** What is asked in this message itself: which sentence answers, and what the answer must offer, is decided by it. */
  readonly focus: string;
  readonly ranking: Ranking;
  /** Why it cannot be answered, where that can be told without weighing anything; then it is not. */
  readonly gap: string | null;
  readonly outcome: Outcome;
  readonly confidence: number;
}

/** Reads a message with the conversation before it; a short one also by itself, where that is answered. */
export async function readMessage(
  question: Question,
  kinds: Record<MessageKind, number> | null,
  index: OpenIndex,
  models: Models,
): Promise<Reading> {
  const isQuestion = kinds?.question ?? 1;
  const interpret = async (understood: Understood): Promise<Reading> => {
    const mended = await mendSpelling(understood.text, index);
    const before = placesOf(understood, index);
    const plain = await rank(mended, index, models.ranker, question.filter, before, models.variant);
    const reranked = await rerank(mended, plain, models.reranker);
    const ranking = leadInsFirst(
      namedPlaceFirst(newestFirst(withBefore(reranked, understood, index), index)),
      index,
    );
    const focus = focusOf(understood, mended);
    const gap = understood.again ? null : gapOf(parseQuestion(mended), focus, ranking);
    const judged = () =>
      judge(
        refusalFeatures(ranking, understood.sure && understood.followUp ? 1 : isQuestion),
        models.calibration,
      );
    const nothing = ranking.candidates.length === 0 || gap !== null;
    const judgement = nothing ? NONE : understood.again ? AGAIN : judged();
    return { understood, mended, focus, ranking, gap, ...judgement };
  };
  const understood = understand(question.text, question.history ?? []);
  if (understood.followUp && !understood.sure) {
    const alone = await interpret(understand(question.text, []));
    if (alone.outcome === "answer" || isQuestion < DOUBTFUL) return alone;
  }
  return interpret(understood);
}

/** Of a follow-up the message alone: what the question before it asked is answered already. */
function focusOf({ followUp, again, focus }: Understood, mended: string): string {
  return followUp && !again ? focus : mended;
}

/** Where the passages quoted last stand, with their neighbours. */
function placesOf({ before }: Understood, index: OpenIndex): number[] {
  return before.flatMap((id) => {
    const place = index.places.get(id);
    return place === undefined
      ? []
      : [place - 1, place, place + 1].filter(
          (other) => index.passages[other]?.document === index.passages[place]!.document,
        );
  });
}

/**
 * Where several documents answer as well and no time is asked for, the newest comes first: judgements
 * of different years update each other.
 */
function newestFirst(ranking: Ranking, index: OpenIndex): Ranking {
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
  const order = [
    ...tied.toSorted((a, b) => yearOf(b).localeCompare(yearOf(a))),
    ...candidates.filter((candidate) => !tied.includes(candidate)),
  ];
  // They change places, and so do their scores.
  return {
    ...ranking,
    candidates: order.map((candidate, i) => ({ ...candidate, score: candidates[i]!.score })),
  };
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

/** Passages quoted last, and their neighbours, come first when a message leans on them. */
function withBefore(ranking: Ranking, { before, again }: Understood, index: OpenIndex): Ranking {
  if (before.length === 0) return ranking;
  const bonus = new Map<number, number>();
  const add = (place: number, value: number) => bonus.set(place, Math.max(bonus.get(place) ?? 0, value));
  for (const [i, id] of before.slice(0, BEFORE.length).entries()) {
    const place = index.places.get(id);
    if (place === undefined) continue;
    add(place, again ? 1000 - i : BEFORE[i]!);
    for (const other of [place - 1, place + 1])
      if (index.passages[other]?.document === index.passages[place]!.document) add(other, BESIDE);
  }
  const candidates = ranking.candidates.map((candidate) => ({
    ...candidate,
    score: candidate.score + (bonus.get(candidate.place) ?? 0),
  }));
  return { ...ranking, candidates: candidates.toSorted((a, b) => b.score - a.score || a.place - b.place) };
}
