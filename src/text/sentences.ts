// A paragraph -> its sentences as spans. Intl.Segmenter does the work; this mends what it does not
// know: abbreviations, initials, and lower-case continuations. Give it one paragraph at a time: on a
// whole document the segmenter is quadratic on Node 20.

import type { Span } from "../types.ts";

const segmenter = new Intl.Segmenter("en-GB", { granularity: "sentence" });

/** Ends that do not end a sentence: titles, initials, Latin abbreviations. */
const ABBREVIATION =
  /(?:^|[\s(“"‘'])(?:Mr|Mrs|Ms|Dr|Prof|Sir|Rev|Cllr|Hon|St|Dept|Ltd|[A-Z]|[Vv]s|[Cc]f|[Ee]\.g|[Ii]\.e|[Aa]pprox)\.\s*$/;

/** Ends that do not end a sentence before a number only: "No. 5", but "They said no. The council …". */
const BEFORE_NUMBER =
  /(?:^|[\s(“"‘'])(?:nos?|paras?|pp?|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.\s*$/i;

/** How much of a sentence is looked at to tell: more than any abbreviation with what stands around it. */
const TAIL = 80;

/** Sentences of one paragraph, in order, without surrounding white space. Worked example:
 *  `"Mr. Hall left. He was 62."` -> `"Mr. Hall left."`, `"He was 62."`. */
export function sentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    const end = index + segment.length;
    const next = text.slice(end).match(/^\S/)?.[0] ?? "";
    if (end < text.length && !endsSentence(text.slice(Math.max(start, end - TAIL), end), next)) continue;
    const span = trimmed(text, start, end);
    if (span.end > span.start) spans.push(span);
    start = end;
  }
  return spans;
}

function endsSentence(tail: string, next: string): boolean {
  if (/\n\s*$/.test(tail)) return true;
  if (ABBREVIATION.test(tail) || (/\d/.test(next) && BEFORE_NUMBER.test(tail))) return false;
  return !/\p{Ll}/u.test(next);
}

/** The span without white space at its ends. */
export function trimmed(text: string, start: number, end: number): Span {
  while (start < end && /\s/.test(text[start] ?? "")) start++;
  while (end > start && /\s/.test(text[end - 1] ?? "")) end--;
  return { start, end };
}
