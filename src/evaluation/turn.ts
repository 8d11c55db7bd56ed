// An answer -> what a conversation remembers of it, so that a follow-up is asked as in the other doors.
// What is made of it is retrieval's business.

import type { Answer, Turn } from "../types.ts";

/** The turn that the next question of the conversation gets as history. */
export function turnOf(answer: Answer): Turn {
  const first = answer.quotes[0];
  return {
    question: answer.question,
    understood: answer.understood,
    outcome: answer.outcome,
    passages: answer.quotes.map((quote) => quote.passage),
    bold: first?.bold.map(({ start, end }) => first.text.slice(start, end)) ?? [],
  };
}
