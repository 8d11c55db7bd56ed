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
/** A message this unlikely to be a question to the documents is none, whatever they hold; of questions to reports 0.8 % are. */
const NO_QUESTION = 0.4;
/** …and so is one this unlikely that is about something else (of questions to reports 0.3 %), unless the documents hold its words. */
const OFF_TOPIC = 0.3;
/** Where the documents don't answer, a likelier one may still get a fitting line. */
export const DOUBTFUL = 0.5;

/** Share of a message's weight that stands in the first passage to the letter: then the documents speak of it… */
const SPOKEN = 0.7;
/** …and so much where it is refused anyhow: that the matter is another one would be wrong. */
const NEARLY_SPOKEN = 0.5;

/**
 * What stands before a question to the documents and tells nothing about it: "thanks but", "do you know".
 */
const PREAMBLE =
  /^\s*(?:(?:(?:many )?thanks|thank you|thx|cheers|ta|ok(?:ay)?|sorry|great|hi|hello)\b\s*(?:[,!.]+\s*(?:(?:but|and|so|now)\b)?|(?:but|and|so|now)\b)[\s,]*)?(?:(?:do|can|could|would|are) you (?:know|tell (?:me|us)|say|find(?: out)?|sure|able to (?:say|tell(?: me| us)?|find(?: out)?))\s+(?:(?:if|whether|that|about)\s+)?)?/i;

/** A message without what stands before its question; itself where too little is left. */
export function withoutPreamble(text: string): string {
  const rest = text.replace(PREAMBLE, "");
  return rest.trim().split(/\s+/).length < 3 ? text : rest;
}

/**
 * The line for a message that asks the documents nothing, and whether it hides what is near; null for
 * questions. `covered`: the share of its weight that stands in the first passage to the letter, 1 where
 * the conversation is about it.
 */
export function smallTalk(
  kinds: Record<MessageKind, number>,
  outcome: Outcome,
  covered: number,
): { line: string; hides: boolean } | null {
  const [kind] = (Object.entries(kinds) as [MessageKind, number][]).reduce((a, b) => (b[1] > a[1] ? b : a));
  // An order may ask for something as well, with words of the documents.
  const hides = CHAT.has(kind) || (kind === "command" && covered === 0);
  const line = LINES[kind];
  if (line === undefined || kinds.question >= limitOf(kind, outcome, covered)) return null;
  return { line, hides };
}

/** The probability of a question below which a message is taken for what it is likeliest. */
function limitOf(kind: MessageKind, outcome: Outcome, covered: number): number {
  const refused = outcome === "none";
  if (kind === "offtopic" && covered >= (refused ? NEARLY_SPOKEN : SPOKEN)) return 0;
  if (refused) return DOUBTFUL;
  if (CHAT.has(kind)) return NO_QUESTION;
  return covered >= SPOKEN ? 0 : OFF_TOPIC;
}
