// A quoted sentence and the question -> the words that answer, to be shown in bold. Where no kind of
// answer is asked for, or none is found: nothing.

import type { Span } from "../types.ts";
import type { Matching } from "../retrieval/matching.ts";
import type { ParsedQuestion } from "../retrieval/question.ts";
import { findSupport } from "../retrieval/support.ts";
import type { LexicalIndex } from "../index/lexical.ts";
import { findPeople, POST } from "../retrieval/names.ts";
import { fold } from "../text/terms.ts";

const IS_POST = new RegExp(`\\b(?:${POST}|member|spokes\\w+|secretary)\\b`);
const BECAUSE =
  /\b(?:because(?: of)?|due to|as a result of|in response to|owing to|caused by|prompted by|following|in recognition of|to ensure|in order to|so that)\s+/i;

/** "Who is Ann Hall?": a name with a capital, or all of it small. */
const WHO_IS =
  /^(?:so |and |but |ok )?who(?:['’]s| is| was| are)\s+((?!(?:the|a|an|in|on|at|it|this|that|they|their|our|we|responsible|to|being|not)\b)(?:[\p{L}.’'-]+\s+){0,3}[\p{L}’'-]+)\s*\??\s*$/iu;

/** The answering words in `sentence` (a span of `text`), in order. */
export function boldSpans(
  text: string,
  sentence: Span,
  question: ParsedQuestion,
  matching: Matching,
  lexical: LexicalIndex,
): Span[] {
  const own = text.slice(sentence.start, sentence.end);
  const named = WHO_IS.exec(question.text)?.[1];
  const span =
    named === undefined
      ? (findSupport(own, question, matching, lexical)?.span ??
        (question.wants.has("reason") ? reason(own) : null))
      : roleOf(named, own);
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

/** What somebody is, as it stands before or behind their name: "Ann Hall, director of services, said". */
function roleOf(named: string, sentence: string): Span | null {
  const surname = fold(named.trim().split(/\s+/).at(-1)!);
  const person = findPeople(sentence).find(({ start, end }) =>
    fold(sentence.slice(start, end)).endsWith(surname),
  );
  if (!person) return null;
  const behind = /^,\s+([^,.;:“”"]{3,120})/.exec(sentence.slice(person.end));
  const start = person.end + (behind ? behind[0].length - behind[1]!.length : 0);
  if (behind && IS_POST.test(fold(behind[1]!))) return { start, end: start + behind[1]!.length };
  const before = /([^,.;:“”"\s][^,.;:“”"]{2,120}?),?\s+$/.exec(sentence.slice(0, person.start));
  if (!before || !IS_POST.test(fold(before[1]!))) return null;
  return { start: before.index, end: before.index + before[1]!.length };
}
