// A question that is not answered, or perhaps not -> why, in one line, where a reason is known: the
// documents speak of another year, give no figure, do not know the words or the names. Never about the
// facts themselves.

import { FEATURES } from "../retrieval/features.ts";
import { passageInput } from "../index/plan.ts";
import { unmetDemand } from "./demand.ts";
import type { DocumentInfo, Passage } from "../types.ts";
import type { ParsedQuestion } from "../retrieval/question.ts";
import type { Ranking } from "../retrieval/rank.ts";
import { unknownNames } from "../retrieval/unknown-names.ts";

const PLAIN = "The documents don't seem to say.";
/** First passages that must offer what is demanded. */
const NEAREST = 3;

type Ranked = Pick<Ranking, "candidates" | "context">;

interface Refused {
  readonly focus: string;
  readonly ranking: Ranked;
  /** What `gapOf` told. */
  readonly gap: string | null;
}

/** The line to show. */
export function reasonOf(question: ParsedQuestion, { focus, ranking, gap }: Refused): string {
  const { candidates, context } = ranking;
  const first = candidates[0];
  if (!first) return "There is nothing to search in: no document fits these limits.";
  const unknown = context.matching.words.filter((word) => !word.known);
  if (unknown.length > 0 && unknown.length === context.matching.words.length) {
    return "The documents don't use any of these words.";
  }
  const text = context.index.passages[first.place]!.text;
  const known = gap ?? notMentioned(focus, context);
  if (known !== null) return known;
  if (
    question.acronym?.only &&
    !candidates.some(({ features }) => features[FEATURES.indexOf("explains")]! > 0)
  ) {
    return `${PLAIN} I found no place that spells out ${question.acronym.short}.`;
  }
  const { info } = context.index.documents.get(context.index.passages[first.place]!.document)!;
  if (question.years.length > 0 && !question.years.some((year) => isAbout(year, text, info))) {
    return `${PLAIN} What comes nearest is not about ${question.years.join(" or ")}.`;
  }
  if ((question.wants.has("number") || question.wants.has("percent")) && !/\d/.test(text)) {
    return `${PLAIN} What comes nearest gives no figure.`;
  }
  return PLAIN;
}

/**
 * Why what is quoted may be no answer, whatever it looks like: it holds nothing of what is demanded, or the
 * question names what no document knows. `focus` is the message itself. Null where there is no such reason.
 */
export function doubtOf(focus: string, quoted: readonly Passage[], { context }: Ranked): string | null {
  const unmet = unmetDemand(focus, quoted.map(passageInput));
  return unmet === null ? notMentioned(focus, context) : `Nothing quoted here ${unmet}.`;
}

function notMentioned(focus: string, { matching }: Ranked["context"]): string | null {
  const names = unknownNames(focus, matching).slice(0, 2);
  return names.length === 0 ? null : `The documents don't mention ${names.join(" or ")}.`;
}

/**
 * What can be told without weighing anything: no document holds the year asked for, none of the first
 * passages offers what the message demands (demand.ts), or the first is about another authority than
 * the one that is named. Null where there is nothing of the kind.
 */
export function gapOf(
  question: ParsedQuestion,
  focus: string,
  { candidates, context }: Ranked,
): string | null {
  const first = candidates[0];
  if (!first) return null;
  const documents = [...context.index.documents.values()];
  const missing = question.years.filter(
    (year) => !documents.some(({ text, info }) => isAbout(year, text, info)),
  );
  if (missing.length > 0 && missing.length === question.years.length) {
    return `${PLAIN} Nothing in them is about ${missing.join(" or ")}.`;
  }
  const nearest = candidates.slice(0, NEAREST).map(({ place }) => context.index.passages[place]!);
  const unmet = unmetDemand(focus, nearest.map(passageInput));
  if (unmet !== null) return `${PLAIN} Nothing near it ${unmet}.`;
  if (first.features[FEATURES.indexOf("place")]! < 0) {
    return `${PLAIN} What comes nearest is not about ${context.places.map(({ name }) => name).join(" or ")}.`;
  }
  return null;
}

/** Whether a text names a year, or is of it. */
function isAbout(year: number, text: string, { published, inspected }: DocumentInfo): boolean {
  return [text, published, inspected?.to].some((part) => part?.includes(String(year)));
}
