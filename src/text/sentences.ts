// A paragraph -> its sentences as spans. Intl.Segmenter does the work; this mends what it does not
// know: abbreviations, initials, lower-case continuations, and sentences that begin with a figure. Give it
// one paragraph at a time: on a whole document the segmenter is quadratic on Node 20.

import type { Span } from "../types.ts";
import { SHORT_TITLES } from "./titles.ts";

const segmenter = new Intl.Segmenter("en-GB", { granularity: "sentence" });

/** Ends that do not end a sentence: titles, initials, Latin abbreviations. */
const ABBREVIATION = new RegExp(
  `(?:^|[\\s(“"‘'])(?:${SHORT_TITLES}|Sir|St|Dept|Ltd|[A-Z]|[Vv]s|[Cc]f|[Ee]\\.g|[Ii]\\.e|[Aa]pprox)\\.\\s*$`,
);

/**
 * Ends that do not end a sentence before a number only: "No. 5", but "They said no. The council …"; nor does
 * a list's own number, "2. 31 children …".
 */
const BEFORE_NUMBER =
  /(?:^|[\s(“"‘'.])(?:nos?|paras?|secs?|figs?|vols?|refs?|regs?|apps?|eds?|ch|ss|tel|ext|incl?|etc|al|est|[a-z]|pp|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun)\.\s*$|^\s*\d{1,3}\.\s*$/i;

/**
 * Between sentences of which the second begins with a figure: where a word in small letters follows it, the
 * segmenter sees no end (Unicode Standard Annex 29, rule SB8).
 */
const BEFORE_FIGURE = /(?<=(?:(?<!\.\.)\.|[!?])["'”’)\]]*\s+)(?=[“"‘'(]?[£$€]?\d)/g;
const FIGURE = /^[“"‘'(]?[£$€]?\d/;

/** What has no end for so many characters is no sentence; it is cut between words. */
const LONGEST = 1200;
/** Characters that the segmenter is given at a time: on long texts it is quadratic. */
const STRETCH = 6000;

/** How much of a sentence is looked at to tell: more than any abbreviation with what stands around it. */
const TAIL = 80;

/** Sentences of one paragraph, in order, without surrounding white space. Worked example:
 *  `"Mr. Hall left. He was 62."` -> `"Mr. Hall left."`, `"He was 62."`. */
export function sentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const end of ends(text)) {
    const next = text.slice(end, end + 4);
    const long = end - start >= LONGEST;
    if (end < text.length && !long && !endsSentence(text.slice(Math.max(start, end - TAIL), end), next))
      continue;
    const span = trimmed(text, start, end);
    if (span.end > span.start) spans.push(span);
    start = end;
  }
  return spans;
}

/** Where the segmenter ends sentences. It is given a stretch at a time, and words without end are cut. */
function* ends(text: string): Generator<number> {
  let from = 0;
  while (from < text.length) {
    const stretch = text.slice(from, from + STRETCH);
    let last = 0;
    for (const { index, segment } of segmenter.segment(stretch)) {
      // The stretch's last sentence goes on in the next one.
      if (index + segment.length === stretch.length && from + STRETCH < text.length && index > 0) break;
      const figures = [...segment.matchAll(BEFORE_FIGURE)].map((match) => index + match.index);
      last = index + segment.length;
      let begin = index;
      for (const end of [...figures, last]) {
        for (let cut = begin + LONGEST; cut < end; cut += LONGEST) yield from + spaceBefore(stretch, cut);
        if (end > begin) yield from + end;
        begin = end;
      }
    }
    from += last;
  }
}

/** The beginning of the word that stands at `at`, not far before it. */
function spaceBefore(text: string, at: number): number {
  const space = text.lastIndexOf(" ", at);
  return space > at - LONGEST / 2 ? space + 1 : at;
}

function endsSentence(tail: string, next: string): boolean {
  if (/\n\s*$/.test(tail)) return true;
  if (ABBREVIATION.test(tail) || (FIGURE.test(next) && BEFORE_NUMBER.test(tail))) return false;
  return !/^\p{Ll}/u.test(next);
}

/** The span without white space at its ends. */
export function trimmed(text: string, start: number, end: number): Span {
  while (start < end && /\s/.test(text[start] ?? "")) start++;
  while (end > start && /\s/.test(text[end - 1] ?? "")) end--;
  return { start, end };
}
