// A paragraph -> its sentences as spans. Intl.Segmenter does the work; this mends what it does not
// know: abbreviations, initials, and lower-case continuations. Give it one paragraph at a time: on a
// whole document the segmenter is quadratic on Node 20.

import type { Span } from "../types.ts";

const segmenter = new Intl.Segmenter("en-GB", { granularity: "sentence" });

/** Ends that do not end a sentence: titles, Latin abbreviations, "No. 5", single initials. */
const ABBREVIATION =
  /(?:^|[\s(“"‘'])(?:Mr|Mrs|Ms|Dr|Prof|Sir|Rev|Cllr|Hon|St|No|Nos|para|paras|p|pp|vs|cf|e\.g|i\.e|approx|Dept|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|[A-Z])\.\s*$/i;

/** Sentences of one paragraph, in order, without surrounding white space. Worked example:
 *  `"Mr. Hall left. He was 62."` -> `"Mr. Hall left."`, `"He was 62."`. */
export function sentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    const end = index + segment.length;
    const next = text.slice(end).match(/^\S/)?.[0] ?? "";
    if (end < text.length && !endsSentence(text.slice(start, end), next)) continue;
    const span = trimmed(text, start, end);
    if (span.end > span.start) spans.push(span);
    start = end;
  }
  return spans;
}

function endsSentence(sentence: string, next: string): boolean {
  if (/\n\s*$/.test(sentence)) return true;
  if (ABBREVIATION.test(sentence)) return false;
  return !/\p{Ll}/u.test(next);
}

/** The span without white space at its ends. */
export function trimmed(text: string, start: number, end: number): Span {
  while (start < end && /\s/.test(text[start] ?? "")) start++;
  while (end > start && /\s/.test(text[end - 1] ?? "")) end--;
  return { start, end };
}
