// An answer -> what a conversation remembers of it.

import type { Answer, Turn } from "../types.ts";

/** What is remembered of an answer. */
export function turnOf(answer: Answer): Turn {
  const first = answer.quotes[0];
  return {
    question: answer.question,
    understood: answer.understood,
    outcome: answer.outcome,
    passages: answer.quotes.map((quote) => quote.passage),
    bold: first === undefined ? [] : first.bold.map(({ start, end }) => first.text.slice(start, end)),
  };
}
