// A question that is not answered -> why, in one line, where a reason is known: the documents speak of
// another year, give no figure, or do not know the words. Never about the facts themselves.

import { FEATURES } from "../retrieval/features.ts";
import { passageInput } from "../index/plan.ts";
import { unmetDemand } from "./demand.ts";
import type { ParsedQuestion } from "../retrieval/question.ts";
import type { Ranking } from "../retrieval/rank.ts";
import { unknownNames } from "../retrieval/unknown-names.ts";

const PLAIN = "The documents don't seem to say.";
/** First passages that must offer what is demanded. */
const NEAREST = 3;

type Ranked = Pick<Ranking, "candidates" | "context">;

/** The line to show. */
export function reasonOf(question: ParsedQuestion, { candidates, context }: Ranked): string {
  const first = candidates[0];
  if (!first) return "There is nothing to search in: no document fits these limits.";
  const unknown = context.matching.words.filter((word) => !word.known);
  if (unknown.length > 0 && unknown.length === context.matching.words.length) {
    return "The documents don't use any of these words.";
  }
  const text = context.index.passages[first.place]!.text;
  const gap = gapOf(question, { candidates, context }) ?? notMentioned(question, context);
  if (gap !== null) return gap;
  if (
    question.acronym?.only &&
    !candidates.some(({ features }) => features[FEATURES.indexOf("explains")]! > 0)
  ) {
    return `${PLAIN} I found no place that spells out ${question.acronym.short}.`;
  }
  if (question.years.length > 0 && !question.years.some((year) => text.includes(String(year)))) {
    return `${PLAIN} What comes nearest is not about ${question.years.join(" or ")}.`;
  }
  if ((question.wants.has("number") || question.wants.has("percent")) && !/\d/.test(text)) {
    return `${PLAIN} What comes nearest gives no figure.`;
  }
  return PLAIN;
}

/**
 * Why the first passage may be no answer, whatever it looks like: it holds nothing of what is demanded, or
 * the question names what no document knows. Null where there is no such reason.
 */
export function doubtOf(question: ParsedQuestion, { candidates, context }: Ranked): string | null {
  const first = candidates[0];
  if (!first) return null;
  const unmet = unmetDemand(question.text, [passageInput(context.index.passages[first.place]!)]);
  if (unmet !== null) return `Nothing in it ${unmet}.`;
  return notMentioned(question, context);
}

function notMentioned(question: ParsedQuestion, { matching }: Ranked["context"]): string | null {
  const names = unknownNames(question.text, matching).slice(0, 2);
  return names.length === 0 ? null : `The documents don't mention ${names.join(" or ")}.`;
}

/**
 * What can be told without weighing anything: no document holds the year asked for, none of the first
 * passages offers what is demanded (a count, a sum, a name), or the first is about another authority than
 * the one that is named. Null where there is nothing of the kind.
 */
export function gapOf(question: ParsedQuestion, { candidates, context }: Ranked): string | null {
  const first = candidates[0];
  if (!first) return null;
  const documents = [...context.index.documents.values()];
  const missing = question.years.filter(
    (year) =>
      !documents.some(({ text, info }) =>
        [text, info.published, info.inspected?.to].some((part) => part?.includes(String(year))),
      ),
  );
  if (missing.length > 0 && missing.length === question.years.length) {
    return `${PLAIN} Nothing in them is about ${missing.join(" or ")}.`;
  }
  const nearest = candidates.slice(0, NEAREST).map(({ place }) => context.index.passages[place]!);
  const unmet = unmetDemand(question.text, nearest.map(passageInput));
  if (unmet !== null) return `${PLAIN} Nothing near it ${unmet}.`;
  if (first.features[FEATURES.indexOf("place")]! < 0) {
    return `${PLAIN} What comes nearest is not about ${context.places.map(({ name }) => name).join(" or ")}.`;
  }
  return null;
}
