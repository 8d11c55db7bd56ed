// What kind of message it is, and whether the documents answer it -> the short line for a message that
// asks them nothing.

import { LINES, type MessageKind } from "../retrieval/message-kind.ts";
import type { Outcome } from "../types.ts";

/** Kinds that ask nothing at all; the others may be questions that look odd. */
const CHAT: ReadonlySet<MessageKind> = new Set([
  "greeting",
  "thanks",
  "bye",
  "bot",
  "ack",
  "insult",
  "smalltalk",
]);
/** A message this unlikely to be a question to the documents is none, whatever they hold: so are 1 % of questions. */
const NO_QUESTION = 0.4;
/** …and so is one this unlikely that is about something else (0.6 %), unless the documents hold its words. */
const OFF_TOPIC = 0.3;
/** Where the documents don't answer, a likelier one may still get a fitting line. */
export const DOUBTFUL = 0.5;

/**
 * The line for a message that asks the documents nothing, and whether it hides what is near; null for
 * questions. `spoken`: the documents, or the conversation about them, speak of it.
 */
export function smallTalk(
  kinds: Record<MessageKind, number>,
  outcome: Outcome,
  spoken: boolean,
): { line: string; hides: boolean } | null {
  const [kind] = (Object.entries(kinds) as [MessageKind, number][]).reduce((a, b) => (b[1] > a[1] ? b : a));
  const hides = CHAT.has(kind);
  const limit = outcome === "none" ? DOUBTFUL : hides ? NO_QUESTION : spoken ? 0 : OFF_TOPIC;
  const line = LINES[kind];
  return line !== undefined && kinds.question < limit ? { line, hides } : null;
}
