// A sentence and a question -> the words in it that answer best, and how well they are supported: the
// figure, name, date or grade that stands nearest to what was asked. Bold words and the refusal both
// come from here.

import type { Span } from "../types.ts";
import type { LexicalIndex } from "../index/lexical.ts";
import { findExplanation } from "../text/acronyms.ts";
import { fold, terms } from "../text/terms.ts";
import { type AnswerKind, comparesNationally, findAnswers } from "./evidence.ts";
import type { Matching, QuestionWord } from "./matching.ts";
import type { ParsedQuestion } from "./question.ts";

export interface Support {
  /** In the sentence. */
  readonly span: Span;
  readonly kind: AnswerKind | "explanation";
  /** How near the question's words stand, about 0 to 1. */
  readonly value: number;
  /** How near the word that is counted stands behind a figure, 0 to 1; 0 for other kinds. */
  readonly beside: number;
}

/** Kinds in the order in which they decide: what is more exact first. */
const KINDS: readonly AnswerKind[] = [
  "money",
  "percent",
  "duration",
  "frequency",
  "number",
  "date",
  "person",
  "grade",
  "place",
  "organisation",
];
/** What it counts when the very thing that is counted stands behind a figure. */
const FOCUS = 0.35;
/** What makes a figure a rate, no count: "39.3 per 10,000 children". */
const RATE = /^\s+per\s+(?:\d|head|capita)/i;
const ASKS_RATE = /\b(?:rates?|per|proportion|average|figures?|stat\w*)\b/;
/** Nearness below this is chance. */
const NEAR = 0.35;
/** Clauses end here: a figure belongs with the words of its own clause first. */
const CLAUSE = /[,;:()–—]|\s(?:and|but|while|whereas|compared (?:to|with)|against|although|though)\s/g;

/** The best supported answer in a sentence; null when nothing of the wanted kind is in it. */
export function findSupport(
  sentence: string,
  question: ParsedQuestion,
  matching: Matching,
  lexical: LexicalIndex,
): Support | null {
  if (question.acronym !== null) {
    const span = findExplanation(sentence, question.acronym.short);
    if (span) return { span, kind: "explanation", value: 1, beside: 0 };
    if (question.acronym.only) return null;
  }
  const asked = fold(question.text);
  for (const kind of KINDS) {
    if (!wantsKind(kind, question)) continue;
    const candidates = findAnswers(sentence, kind).filter(
      ({ start, end }) =>
        isNew(sentence.slice(start, end), asked, kind) &&
        !(kind === "number" && RATE.test(sentence.slice(end)) && !ASKS_RATE.test(asked)),
    );
    const best = nearest(candidates, sentence, question, matching, lexical, kind);
    if (best) return { ...best, kind };
  }
  return null;
}

/** Whether an answer of a kind that can be seen in a sentence is asked for. */
export function wantsSomething(question: ParsedQuestion): boolean {
  return question.acronym?.only === true || KINDS.some((kind) => wantsKind(kind, question));
}

/** Asks for a length of time, or how often: a bare figure says neither. */
const TIMED = /^(?!.*\b(?:how many|numbers?|figures?)\b).*\bhow (?:long|often|regularly|frequently)\b/i;

function wantsKind(kind: AnswerKind, { wants, text }: ParsedQuestion): boolean {
  if (kind === "number" && TIMED.test(text)) return false;
  if (kind === "organisation") return wants.has("organisation") && !wants.has("number");
  if (kind === "person") return wants.has("person") && !wants.has("number");
  return wants.has(kind);
}

/** What the question itself says is no answer to it. */
function isNew(candidate: string, asked: string, kind: AnswerKind): boolean {
  const folded = fold(candidate).trim();
  if (folded.length < 2 && !/\d/.test(folded)) return false;
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
  sentence: string,
  question: ParsedQuestion,
  matching: Matching,
  lexical: LexicalIndex,
  kind: AnswerKind,
): Omit<Support, "kind"> | null {
  if (candidates.length === 0) return null;
  const found = terms(sentence).map((term) => ({ ...term, number: lexical.numbers.get(term.stem) ?? -1 }));
  const clauses = boundaries(sentence);
  const focus = matching.words.find((word) => word.stem === question.focus);
  const asksRate = /\brates?\b/i.test(question.text);
  const clauseOf = (at: number) => clauses.findLastIndex((start) => start <= at);
  let best: Omit<Support, "kind"> | null = null;
  for (const span of candidates) {
    const here = clauseOf(span.start);
    let value = 0;
    for (const word of matching.words) {
      let reach = 0;
      for (const term of found) {
        if (term.number < 0 || (term.start >= span.start && term.end <= span.end)) continue;
        const near = word.nearness[term.number]!;
        if (near < NEAR) continue;
        const distance = Math.min(Math.abs(term.start - span.end), Math.abs(span.start - term.end)) / 6;
        const apart = Math.abs(clauseOf(term.start) - here);
        reach = Math.max(reach, (near * (apart === 0 ? 1 : 0.75)) / (1 + 0.12 * distance));
      }
      value += word.share * reach;
    }
    const counted = focus && kind === "number" ? beside(span, found, focus) : 0;
    value += FOCUS * counted;
    if (kind === "number" && asksRate && RATE.test(sentence.slice(span.end))) value += FOCUS;
    const around = sentence.slice(Math.max(0, span.start - 40), span.end + 30);
    const national = comparesNationally(around);
    value += question.national === national ? 0.03 : -0.12;
    for (const year of question.years) if (around.includes(String(year))) value += 0.15;
    if (!best || value > best.value) best = { span, value, beside: counted };
  }
  return best;
}

/** How near the word that is counted stands behind a figure: 1 right behind it, 0 from four words on. */
function beside(
  span: Span,
  found: readonly { start: number; number: number }[],
  focus: QuestionWord,
): number {
  const behind = found.filter((term) => term.start >= span.end).slice(0, 4);
  return behind.reduce(
    (top, term, i) => Math.max(top, term.number < 0 ? 0 : focus.nearness[term.number]! * (1 - i / 4)),
    0,
  );
}

/** Where clauses begin. Commas inside figures do not end one. */
function boundaries(sentence: string): number[] {
  const ends = [...sentence.matchAll(CLAUSE)].filter(
    ({ index }) => !/\d,\d/.test(sentence.slice(index - 1, index + 2)),
  );
  return [0, ...ends.map(({ index }) => index)];
}
