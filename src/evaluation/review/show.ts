// What a review shows, and the keys it takes. How answers and passages look is the caller's.

import type { Answer } from "../../types.ts";
import type { Pickable } from "./gold.ts";

/** The keys, a line each. */
export const HELP = `  1        passage 1 answers; "1 3": either does; "1+3": only both together
  n        the documents don't answer it (a near miss)
  o        it has nothing to do with the documents
  e        edit the words of the question
  m        more passages        v 2   the whole of passage 2
  f WORDS  find passages by other words
  s        skip for now         u     undo the last one
  q        quit; all that was decided is kept
`;

export const PROMPT = "1 2 … n o e m v f s u q, ? for help> ";

/** How things look. */
export interface Show {
  /** The bot's answer. */
  answer(answer: Answer): string;
  /** A numbered passage; `right` marks what the candidate names, `whole` leaves nothing out. */
  passage(number: number, passage: Pickable, marks: { right: boolean; whole: boolean }): string;
  /** Anybody's words, harmless to a terminal. */
  words(text: string): string;
}

export interface Step {
  readonly text: string;
  readonly prompt: string;
  /** What the line holds already where it can be edited. */
  readonly prefill: string;
}
