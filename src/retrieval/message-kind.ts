// A message -> what kind it is: a question to the documents, a greeting, thanks, something else
// entirely. A softmax over its words and word pairs (models/messages.json, trained by npm run train),
// because no list of phrases holds what people type. What is done about it is decided elsewhere.

import { fold } from "../text/terms.ts";

export const KINDS = [
  "question",
  "greeting",
  "thanks",
  "bye",
  "bot",
  "ack",
  "insult",
  "smalltalk",
  "offtopic",
  "command",
] as const;
export type MessageKind = (typeof KINDS)[number];

/** A softmax over the words of a text; `K` are its classes. */
export interface MessageModel<K extends string = MessageKind> {
  readonly kinds: readonly K[];
  readonly bias: readonly number[];
  /** Word, or two words joined by a space -> a weight for each kind. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

/** The short fitting line for messages that ask the documents nothing. */
export const LINES: Readonly<Partial<Record<MessageKind, string>>> = {
  greeting: "Hello! Ask me what the reports say, and I will quote them.",
  thanks: "You're welcome.",
  bye: "Goodbye.",
  bot: "I am a bot that finds and quotes passages of the documents, word for word, and says where they stand. I make nothing up, and I know nothing else.",
  ack: "Ask me anything about the documents.",
  insult:
    "Sorry if I was no help. I can only quote the documents; asking in other words sometimes finds more.",
  smalltalk: "I can only quote the documents. Try me with a question about them.",
  offtopic: "That seems to be about something else than these documents.",
  command: "I only find and quote passages; nothing written in a question or a document changes that.",
};

/** Words and word pairs of a message, with its ends marked. */
export function ngrams(text: string): string[] {
  const words = ["^", ...(fold(text).match(/[\p{L}\p{N}']+|[?@%£]/gu) ?? []), "$"];
  const out: string[] = [];
  for (let i = 1; i < words.length; i++) {
    if (words[i] !== "$") out.push(words[i]!);
    out.push(`${words[i - 1]} ${words[i]}`);
  }
  return out;
}

/** Probability of each kind; together 1. */
export function messageKinds<K extends string>(text: string, model: MessageModel<K>): Record<K, number> {
  const grams = ngrams(text);
  const scores = model.kinds.map((_, k) => model.bias[k]!);
  const scale = 1 / Math.sqrt(grams.length || 1);
  for (const gram of grams) {
    const weights = Object.hasOwn(model.weights, gram) ? model.weights[gram]! : null;
    if (weights) for (let k = 0; k < scores.length; k++) scores[k]! += weights[k]! * scale;
  }
  const top = Math.max(...scores);
  const exp = scores.map((s) => Math.exp(s - top));
  const all = exp.reduce((a, b) => a + b, 0);
  return Object.fromEntries(model.kinds.map((kind, k) => [kind, exp[k]! / all])) as Record<K, number>;
}
