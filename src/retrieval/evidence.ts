// A sentence -> what kinds of answer it holds: a figure, a percentage, a person, a date, a grade, a
// reason. The counterpart of question.ts; also finds the words themselves, which answers put in bold.

import type { Span } from "../types.ts";
import type { Want } from "./question.ts";

const MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
const NUMBER_WORDS =
  "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|third|quarter|double|twice)";
const NAME = "(?:[A-Z][\\p{L}’'-]+\\s+){1,2}[A-Z][\\p{L}’'-]+";

/** Patterns of answers by kind. With `g` and `u`: each match is one candidate. */
export const ANSWER_PATTERNS: Readonly<Record<Exclude<Want, "yesno" | "list">, RegExp>> = {
  percent: new RegExp(
    `\\d+(?:\\.\\d+)?\\s?%|\\d+(?:\\.\\d+)?\\s+per\\s?cent\\b|\\b(?:one|two|three|four|five|nine)[ -](?:in[ -](?:a |every )?\\w+|thirds?|quarters?|fifths?|tenths?)\\b|\\b(?:a|one)[ -](?:third|quarter|fifth|tenth|half)\\b|\\bhalf\\b`,
    "giu",
  ),
  number: new RegExp(
    `(?:£\\s?)?\\d+(?:[,.]\\d+)*(?:\\s?%|\\s+per\\s?cent\\b|\\s?(?:million|billion|thousand|m|bn|k)\\b)?|\\b${NUMBER_WORDS}(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?\\b`,
    "giu",
  ),
  person: new RegExp(
    `(?:\\b(?:Sir|Dame|Dr|Mrs?|Ms|Cllr|Councillor|Lord|Baroness|Professor)\\.?\\s+)?${NAME}`,
    "gu",
  ),
  date: new RegExp(
    `\\b(?:\\d{1,2}(?:st|nd|rd|th)?\\s+)?${MONTH}(?:\\s+\\d{1,2}(?:st|nd|rd|th)?)?(?:,?\\s+\\d{4})?|\\b(?:19|20)\\d{2}(?:\\s?[-–/]\\s?\\d{2,4})?\\b`,
    "gu",
  ),
  grade:
    /requires? (?:further )?improvement(?: to be good)?|\b(?:inadequate|adequate|outstanding|good|satisfactory|poor)\b/giu,
  reason:
    /\b(?:because|due to|as a result of|as a result|since|in response to|owing to|led to|leading to|resulting (?:in|from)|caused by|prompted by|following|so that|in order to|to ensure|in recognition of|therefore|this means|reflect(?:s|ing)?)\b/giu,
  organisation:
    /\b(?:[A-Z][\p{L}’'&-]*\p{L}|[A-Z]{2,})(?:\s+(?:of|for|and|the|in)?\s*(?:[A-Z][\p{L}’'&-]+|[A-Z]{2,}))*(?:\s+\([A-Z]{2,}\))?/gu,
  place: /\b(?:in|at|from|across|outside|near)\s+[A-Z][\p{L}’'-]+(?:\s+[A-Z][\p{L}’'-]+)*/gu,
};

/** Whether a sentence can answer a question that wants this. */
export function holds(sentence: string, want: Want): boolean {
  if (want === "yesno") return true;
  if (want === "list") return (sentence.match(/,|;| and /g)?.length ?? 0) >= 2;
  if (want === "number") return findAnswers(sentence, "number").length > 0;
  // search, unlike test, leaves no trace in a global pattern.
  return sentence.search(ANSWER_PATTERNS[want]) >= 0;
}

/** The candidate answers of a kind in a sentence. For numbers, years of dates are left out. */
export function findAnswers(sentence: string, want: keyof typeof ANSWER_PATTERNS): Span[] {
  const spans = [...sentence.matchAll(ANSWER_PATTERNS[want])].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  if (want !== "number") return spans;
  const dates = findAnswers(sentence, "date");
  return spans.filter(({ start, end }) => !dates.some((date) => start >= date.start && end <= date.end));
}
