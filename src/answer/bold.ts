// A quoted sentence and the question -> the words that answer: the figure, name, date or grade that
// stands nearest to what was asked. Where no kind of answer is asked for, or none is found: nothing.

import type { Span } from "../types.ts";
import { ANSWER_PATTERNS, findAnswers } from "../retrieval/evidence.ts";
import type { Matching } from "../retrieval/matching.ts";
import type { ParsedQuestion } from "../retrieval/question.ts";
import type { LexicalIndex } from "../index/lexical.ts";
import { fold, terms } from "../text/terms.ts";

type Kind = keyof typeof ANSWER_PATTERNS;

/** Kinds in the order in which they decide: a percentage before a number, a name before an organisation. */
const KINDS: readonly Kind[] = ["percent", "number", "date", "person", "grade", "place", "organisation"];
/** Nearness below this is chance. */
const NEAR = 0.35;
/** Clauses end here: a figure belongs with the words of its own clause first. */
const CLAUSE = /[,;:()–—]|\s(?:and|but|while|whereas|compared (?:to|with)|against|although|though)\s/g;

/** The answering words in `sentence` (a span of `text`), in order. */
export function boldSpans(
  text: string,
  sentence: Span,
  question: ParsedQuestion,
  matching: Matching,
  lexical: LexicalIndex,
): Span[] {
  const own = text.slice(sentence.start, sentence.end);
  const asked = fold(question.text);
  for (const kind of KINDS) {
    if (!wantsKind(kind, question)) continue;
    const candidates = findAnswers(own, kind).filter(({ start, end }) =>
      isNew(own.slice(start, end), asked, kind),
    );
    const best = nearest(candidates, own, question, matching, lexical);
    if (best) return [{ start: sentence.start + best.start, end: sentence.start + best.end }];
  }
  return question.wants.has("reason") ? reason(own, sentence) : [];
}

function wantsKind(kind: Kind, { wants }: ParsedQuestion): boolean {
  if (kind === "organisation") return wants.has("organisation") && !wants.has("number");
  if (kind === "person") return wants.has("person") && !wants.has("number");
  return wants.has(kind);
}

/** What the question itself says is no answer to it; single capitalised words that begin a sentence are no names. */
function isNew(candidate: string, asked: string, kind: Kind): boolean {
  const folded = fold(candidate).trim();
  if (folded.length < 2 && !/\d/.test(folded)) return false;
  if (
    kind === "organisation" &&
    /^(?:the|in|of|a|this|these|it|they|at|and|for|as|most|some|many|all|where|when)$/.test(folded)
  )
    return false;
  return (
    kind === "grade" ||
    !new RegExp(`(?<![\\p{L}\\d])${folded.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\d])`, "u").test(
      asked,
    )
  );
}

/** The candidate among whose neighbours stand the words of the question. */
function nearest(
  candidates: readonly Span[],
  own: string,
  question: ParsedQuestion,
  matching: Matching,
  lexical: LexicalIndex,
): Span | null {
  const found = terms(own).map((term) => ({ ...term, number: lexical.numbers.get(term.stem) ?? -1 }));
  const clauses = boundaries(own);
  const clauseOf = (at: number) => clauses.findLastIndex((start) => start <= at);
  let best: Span | null = null;
  let top = -Infinity;
  for (const candidate of candidates) {
    const here = clauseOf(candidate.start);
    let value = 0;
    for (const word of matching.words) {
      let reach = 0;
      for (const term of found) {
        if (term.number < 0 || (term.start >= candidate.start && term.end <= candidate.end)) continue;
        const near = word.nearness[term.number]!;
        if (near < NEAR) continue;
        const distance =
          Math.min(Math.abs(term.start - candidate.end), Math.abs(candidate.start - term.end)) / 6;
        const apart = Math.abs(clauseOf(term.start) - here);
        reach = Math.max(reach, (near * (apart === 0 ? 1 : 0.75)) / (1 + 0.12 * distance));
      }
      value += word.share * reach;
    }
    const near = own.slice(Math.max(0, candidate.start - 40), candidate.end + 30);
    const national = /\b(?:national|nationally|England|average|country)\b/i.test(near);
    value += question.national === national ? 0.03 : -0.12;
    for (const year of question.years) if (near.includes(String(year))) value += 0.15;
    if (value > top) {
      top = value;
      best = candidate;
    }
  }
  return best;
}

function boundaries(own: string): number[] {
  // Commas inside figures do not end a clause.
  return [
    0,
    ...[...own.matchAll(CLAUSE)]
      .filter(({ index }) => !/\d,\d/.test(own.slice(index - 1, index + 2)))
      .map(({ index }) => index),
  ];
}

/** The clause behind "because", "due to", …, up to the sentence's end or a semicolon. */
function reason(own: string, sentence: Span): Span[] {
  const match =
    /\b(?:because(?: of)?|due to|as a result of|in response to|owing to|caused by|prompted by|following|in recognition of|to ensure|in order to|so that)\s+/i.exec(
      own,
    );
  if (!match) return [];
  const start = match.index + match[0].length;
  const end = start + own.slice(start).search(/[;.](?:\s|$)|$/);
  return end > start ? [{ start: sentence.start + start, end: sentence.start + end }] : [];
}
