// A quoted sentence and the question -> the words that answer, to be shown in bold. Where no kind of
// answer is asked for, or none is found: nothing.

import type { Span } from "../types.ts";
import type { Matching } from "../retrieval/matching.ts";
import type { ParsedQuestion } from "../retrieval/question.ts";
import { findSupport } from "../retrieval/support.ts";
import type { LexicalIndex } from "../index/lexical.ts";

const BECAUSE =
  /\b(?:because(?: of)?|due to|as a result of|in response to|owing to|caused by|prompted by|following|in recognition of|to ensure|in order to|so that)\s+/i;

/** The answering words in `sentence` (a span of `text`), in order. */
export function boldSpans(
  text: string,
  sentence: Span,
  question: ParsedQuestion,
  matching: Matching,
  lexical: LexicalIndex,
): Span[] {
  const own = text.slice(sentence.start, sentence.end);
  const span =
    findSupport(own, question, matching, lexical)?.span ??
    (question.wants.has("reason") ? reason(own) : null);
  return span ? [{ start: sentence.start + span.start, end: sentence.start + span.end }] : [];
}

/** The clause behind "because", "due to", …, up to the sentence's end or a semicolon. */
function reason(sentence: string): Span | null {
  const match = BECAUSE.exec(sentence);
  if (!match) return null;
  const start = match.index + match[0].length;
  const end = start + sentence.slice(start).search(/[;.](?:\s|$)|$/);
  return end > start ? { start, end } : null;
}
