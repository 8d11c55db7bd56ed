// A question set as the evaluation uses it, whatever format it was read from; `at` is always `file:line`.
// Plain data; the readers are beside it.

import type { Filter } from "../../types.ts";

/** A place in the documents that answers. */
export interface Evidence {
  readonly document: string;
  /** The printed paragraph number; null where none is printed, undefined where nobody said. */
  readonly paragraph: string | null | undefined;
  readonly page: number | null;
  readonly quote: string | null;
}

export interface TestQuestion {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  /** `numeric`, `unanswerable_near_miss`, …: what results are broken down by. */
  readonly type: string;
  /** Whether the documents answer; null: unknown, the question is asked but not scored. */
  readonly answerable: boolean | null;
  /** Whether one evidence makes a whole answer, or only all of them together. */
  readonly need: "any" | "all";
  readonly evidence: readonly Evidence[];
  /** The gold answer and its aliases. */
  readonly answers: readonly string[];
  /** What may be quoted; undefined where nothing is said. */
  readonly filter?: Filter;
}

/** One question, or a conversation of several. */
export interface TestItem {
  readonly id: string;
  readonly at: string;
  readonly isConversation: boolean;
  readonly turns: readonly TestQuestion[];
}

/** Types given to conversations' questions that have none, and to other questions that have none. */
export const FIRST_TURN = "first_turn";
export const FOLLOW_UP = "follow_up";
export const UNTYPED = "untyped";

/** Whether a question's type is that of one the documents only seem to answer. */
export const isNearMiss = (type: string): boolean => /near_?miss/i.test(type);
/** Whether a question's type is that of one that has nothing to do with the documents. */
export const isOffTopic = (type: string): boolean => /off_?topic|chit_?chat/i.test(type);
