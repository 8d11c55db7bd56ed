// An answer -> what a conversation remembers of it, and whether the documents were asked anything at all.

import { LINES } from "../retrieval/message-kind.ts";
import type { Answer, Turn } from "../types.ts";

/** What is remembered of an answer. */
export function turnOf(answer: Answer): Turn {
  return {
    question: answer.question,
    // Small talk leaves nothing for a follow-up to lean on.
    understood: answer.outcome === "none" && answer.related.length === 0 ? "" : answer.understood,
    outcome: answer.outcome,
    passages: answer.quotes.map((quote) => quote.passage),
  };
}

/** Whether the message was small talk or a command: what it got is a fitting line, and no gap in the documents. */
export function asksNothing({ outcome, message, related }: Answer): boolean {
  const { offtopic, ...lines } = LINES;
  if (outcome !== "none" || message === offtopic) return false;
  return related.length === 0 || Object.values(lines).includes(message ?? "");
}
