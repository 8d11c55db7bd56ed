// A question's answer -> its marks: one flat record that every metric is made from. Null where a mark
// doesn't apply. Leaves averaging to summary.ts.

import type { Answer, Outcome } from "../types.ts";
import {
  answerInQuotes,
  citationExact,
  isRight,
  judgeDocuments,
  judgePassages,
  type Ranking,
  sameWords,
} from "./match.ts";
import { exactMatch, tokenF1 } from "./metrics/spans.ts";
import type { AnsweredItem, Asked } from "./run.ts";
import { containsWords } from "./comparable.ts";
import type { TextOf } from "./sets/check.ts";
import type { TestQuestion } from "./sets/types.ts";

export interface Marks {
  readonly id: string;
  readonly type: string;
  /** The documents of the evidence. */
  readonly documents: readonly string[];
  /** Whether the documents answer; null: the question isn't scored. */
  readonly answerable: boolean | null;
  /** Whether the question follows others in a conversation. */
  readonly isFollowUp: boolean;
  readonly outcome: Outcome;
  readonly confidence: number;
  /** Null without evidence. */
  readonly passages: Ranking | null;
  readonly documentRanking: Ranking | null;
  /** Whether the first quote answers; had it been refused, the first passage. False if unanswerable. */
  readonly right: boolean | null;
  /** +1 answered right, 0 refused, -1 answered wrong. */
  readonly points: 1 | 0 | -1 | null;
  readonly answerInQuote: boolean | null;
  readonly answerF1: number | null;
  readonly answerExact: number | null;
  readonly citationExact: boolean | null;
  /** Quotes shown, and those of them that stand word for word in their document; null when unchecked. */
  readonly quotes: { readonly shown: number; readonly proved: number } | null;
  readonly ms: number;
}

/** The marks of an item's questions, in the order asked. */
export function judge({ asked }: AnsweredItem, textOf: TextOf): Marks[] {
  return asked.map((one, i) => marksOf(one, i > 0, textOf));
}

function marksOf({ test, answer }: Asked, isFollowUp: boolean, textOf: TextOf): Marks {
  const { answerable, evidence, answers } = test;
  const hasEvidence = evidence.length > 0;
  const right = answerable === null ? null : answerable && isAnswerRight(test, answer);
  const first = answer.quotes[0];
  const bold = first?.bold.map(({ start, end }) => first.text.slice(start, end)).join(" ") ?? "";
  const spans = answerable === true && answers.length > 0;
  return {
    id: test.id,
    type: test.type,
    documents: [...new Set(evidence.map(({ document }) => document))],
    answerable,
    isFollowUp,
    outcome: answer.outcome,
    confidence: answer.confidence,
    passages: hasEvidence ? judgePassages(evidence, answer.passages.slice(0, 10)) : null,
    documentRanking: hasEvidence ? judgeDocuments(evidence, answer.passages.slice(0, 10)) : null,
    right,
    points: right === null ? null : answer.outcome === "none" ? 0 : right ? 1 : -1,
    answerInQuote: answerable === true ? answerInQuotes(test, answer.quotes) : null,
    answerF1: spans ? tokenF1(bold, answers) : null,
    answerExact: spans ? exactMatch(bold, answers) : null,
    citationExact: answerable === true && first !== undefined ? citationExact(evidence, first) : null,
    quotes: provedQuotes(answer, textOf),
    ms: answer.ms,
  };
}

/** By the place that is quoted first; without evidence, by the gold answer standing there. */
function isAnswerRight({ evidence, answers }: TestQuestion, answer: Answer): boolean {
  const shown = answer.quotes[0] ?? answer.passages[0];
  if (shown === undefined) return false;
  if (evidence.length > 0) return evidence.some((one) => isRight(one, shown));
  return answers.some((one) => containsWords(shown.text, one));
}

function provedQuotes(answer: Answer, textOf: TextOf): Marks["quotes"] {
  const checked = [...answer.quotes, ...answer.related].flatMap((quote) => {
    const text = textOf(quote.document);
    return text === undefined ? [] : [isVerbatim(quote, text)];
  });
  return checked.length === 0 ? null : { shown: checked.length, proved: checked.filter(Boolean).length };
}

/** The quote's pieces, cut from the document, make its text; without pieces, it stands there somewhere. */
function isVerbatim(quote: Answer["quotes"][number], text: string): boolean {
  if (quote.pieces.length === 0) {
    const evidence = { document: quote.document, paragraph: null, page: null, quote: quote.text };
    return sameWords(evidence, { ...quote, text });
  }
  const cut = quote.pieces.map(({ start, end, join }, i) => (i === 0 ? "" : join) + text.slice(start, end));
  return cut.join("") === quote.text;
}
