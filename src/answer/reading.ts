// A message and the conversation before it -> what is asked, the passages ranked for it, and whether they
// answer. A short message is read by itself too, where it may stand alone.

import type { OpenIndex } from "../index/open-index.ts";
import { type Understood, understand } from "../retrieval/conversation.ts";
import type { MessageKind } from "../retrieval/message-kind.ts";
import { mendSpelling } from "../retrieval/mend-spelling.ts";
import { blend, inOrder, type Ordered } from "../retrieval/order.ts";
import { parseQuestion } from "../retrieval/question.ts";
import { rank, type Ranking } from "../retrieval/rank.ts";
import { rerank } from "../retrieval/rerank.ts";
import type { Outcome, Question } from "../types.ts";
import type { Models } from "./models.ts";
import { gapOf } from "./reason.ts";
import { judge, type Judgement, refusalFeatures } from "./refusal.ts";
import { DOUBTFUL } from "./small-talk.ts";

const NONE: Judgement = { outcome: "none", confidence: 0 };
/** The last quotation itself is asked for. */
const AGAIN: Judgement = { outcome: "answer", confidence: 1 };

export interface Reading {
  readonly understood: Understood;
  /** What is searched for, its spelling mended. */
  readonly mended: string;
  /** What is asked in this message itself: which sentence answers, and what the answer must offer, is decided by it. */
  readonly focus: string;
  readonly ranking: Ordered;
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
  // A message is ranked by itself for both of its readings.
  const rankings = new Map<string, Promise<Ranking>>();
  const ranked = (text: string, include: readonly number[]): Promise<Ranking> => {
    const key = `${include.join()} ${text}`;
    const known =
      rankings.get(key) ?? rank(text, index, models.ranker, question.filter, include, models.variant);
    rankings.set(key, known);
    return known;
  };
  const interpret = async (understood: Understood): Promise<Reading> => {
    const mended = await mendSpelling(understood.text, index);
    const before = placesOf(understood, index);
    const alone =
      understood.own > 0 ? await ranked(await mendSpelling(understood.focus, index), before) : null;
    const plain = await ranked(mended, [...before, ...(alone?.candidates.map(({ place }) => place) ?? [])]);
    const blended = alone ? blend(plain, alone, understood.own) : plain;
    const reranked = await rerank(mended, blended, models.reranker);
    const ranking = inOrder(reranked, understood);
    const focus = focusOf(understood, mended);
    const gap = understood.again ? null : gapOf(parseQuestion(mended), focus, ranking);
    const judged = () =>
      judge(
        refusalFeatures(ranking, understood.sure && understood.followUp ? 1 : isQuestion),
        models.calibration,
      );
    const nothing = ranking.candidates.length === 0 || gap !== null;
    const judgement = nothing ? NONE : understood.again ? AGAIN : assured(judged(), ranking, models);
    return { understood, mended, focus, ranking, gap, ...judgement };
  };
  const understood = understand(question.text, question.history ?? []);
  if (understood.followUp && !understood.sure) {
    // Of the authority of which was spoken, all the same.
    const alone = await interpret({ ...understand(question.text, []), before: understood.before });
    if (isQuestion < DOUBTFUL) return alone;
    const both = await interpret(understood);
    return alone.outcome === "answer" && alone.confidence > both.confidence ? alone : both;
  }
  return interpret(understood);
}

/** What stands below a heading answers the question that repeats it, whatever its words. */
function assured(judged: Judgement, { below }: Ordered, { calibration }: Models): Judgement {
  if (below.length === 0 || !calibration) return judged;
  return { outcome: "answer", confidence: Math.max(judged.confidence, calibration.assert) };
}

/** Of a follow-up the message alone: what the question before it asked is answered already. */
function focusOf({ followUp, again, focus }: Understood, mended: string): string {
  return followUp && !again ? focus : mended;
}

/** Where the passages quoted last stand, with their neighbours. */
function placesOf({ before, leans }: Understood, index: OpenIndex): number[] {
  return (leans ? before : []).flatMap((id) => {
    const place = index.places.get(id);
    return place === undefined
      ? []
      : [place - 1, place, place + 1].filter(
          (other) => index.passages[other]?.document === index.passages[place]!.document,
        );
  });
}
