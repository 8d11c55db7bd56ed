// A sentence -> what kinds of answer it holds: a figure, a percentage, a person, a date, a grade, a
// reason. The counterpart of question.ts; also finds the words themselves, which answers put in bold.

import type { Span } from "../types.ts";
import { findOrganisations, findPeople } from "./names.ts";
import type { Want } from "./question.ts";

const MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
const NUMBER_WORDS =
  "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|third|quarter|double|twice)";

/** "There were no young people in …", which is a count; "there are no clear data" and "no more than" are none. */
const NONE =
  "(?<=\\bthere (?:are|were|have been|had been) (?:currently |now |still )?)no\\b(?! (?:more|fewer|less|longer|other|plans?|data|figures?|information|evidence|records?|concerns?|systems?|arrangements?|significant|clear|up-to-date|effective|reliable)\\b)|\\bnone(?= of the\\b)";

/** Kinds of answers that words tell. */
export type AnswerKind = Exclude<Want, "yesno" | "list">;

/** Patterns of answers by kind, of all but names. With `g` and `u`: each match is one candidate. */
const PATTERNS: Readonly<Record<Exclude<AnswerKind, "person" | "organisation">, RegExp>> = {
  percent: new RegExp(
    `\\d+(?:\\.\\d+)?\\s?%|\\d+(?:\\.\\d+)?\\s+per\\s?cent\\b|\\b(?:one|two|three|four|five|nine)[ -](?:in[ -](?:a |every )?\\w+|thirds?|quarters?|fifths?|tenths?)\\b|\\b(?:a|one)[ -](?:third|quarter|fifth|tenth|half)\\b|\\bhalf\\b`,
    "giu",
  ),
  number: new RegExp(
    `(?:£\\s?)?\\d+(?:[,.]\\d+)*(?:\\s?%|\\s+per\\s?cent\\b|\\s?(?:million|billion|thousand|m|bn|k)\\b)?|\\b${NUMBER_WORDS}(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?\\b|${NONE}`,
    "giu",
  ),
  money:
    /£\s?\d+(?:[,.]\d+)*(?:\s?(?:million|billion|thousand|m|bn|k)\b)?|\b\d+(?:[,.]\d+)*\s?(?:million|billion)?\s?pounds\b/giu,
  duration: new RegExp(
    `(?:\\b\\d+(?:\\.\\d+)?|\\b${NUMBER_WORDS}(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)(?:[- ](?:and a half|or (?:more|\\w+)|to \\w+))?[- ](?:working |school |calendar )?(?:minute|hour|day|week|month|year|term)s?\\b(?![- ]old)`,
    "giu",
  ),
  frequency:
    /\b(?:daily|weekly|fortnightly|monthly|bi-?monthly|quarterly|half-?termly|termly|six[- ]monthly|six[- ]weekly|annual(?:ly)?|yearly|regular(?:ly)?|(?:every|each) (?:\w+ )?(?:day|week|month|quarter|term|year)s?|(?:once|twice|\w+ times) (?:a|an|per|each|every) \w+)\b/giu,
  date: new RegExp(
    `\\b(?:\\d{1,2}(?:st|nd|rd|th)?\\s+)?${MONTH}(?:\\s+\\d{1,2}(?:st|nd|rd|th)?(?!\\d))?(?:,?\\s+\\d{4})?|\\b(?:19|20)\\d{2}(?:\\s?[-–/]\\s?\\d{2,4})?\\b`,
    "gu",
  ),
  grade:
    /requires? (?:further )?improvement(?: to be good)?|\b(?:inadequate|adequate|outstanding|good|satisfactory|poor)\b/giu,
  reason:
    /\b(?:because|due to|as a result of|as a result|since|in response to|owing to|led to|leading to|resulting (?:in|from)|caused by|prompted by|following|so that|in order to|to ensure|in recognition of|therefore|this means|reflect(?:s|ing)?)\b/giu,
  place: /\b(?:in|at|from|across|outside|near)\s+[A-Z][\p{L}’'-]+(?:\s+[A-Z][\p{L}’'-]+)*/gu,
};

/** Figures that name something rather than count it: "section 47", "per 10,000", "Year 8", "Centre 33". */
const NAMING =
  /(?:\b(?:section|sections|paragraph|para|page|stage|year|years|aged?|per|regulation|article|part|category|level|grade|centre|form|no\.?)\s+)$/i;

/** A year behind it is a law's: "the Education Act 2006". */
const LAW = /\b(?:Act|Acts|Regulations|Order|Rules) $/;

/** Shares in words, whose numbers count nothing: "one in seven councils". */
const SHARE = new RegExp(`\\b(?:\\d+|${NUMBER_WORDS}) in (?:every )?(?:\\d+|${NUMBER_WORDS})\\b`, "giu");

/** A text that compares with the country, or with other authorities. */
const NATIONAL =
  /\b(?:national(?:ly)?|nationwide|England|average|(?:the|across) country|countrywide|(?:statistical|similar|comparator) neighbours?|(?:other|similar|comparable|all|most) (?:local )?authorities|other councils|(?:top|bottom|best|worst) (?:\d+ (?:per cent|%)|quartile|quarter))\b/i;

/** Whether a text speaks of the country or of other authorities as well. */
export function comparesNationally(text: string): boolean {
  return NATIONAL.test(text);
}

/** Whether a sentence can answer a question that wants this. */
export function holds(sentence: string, want: Want): boolean {
  if (want === "yesno") return true;
  if (want === "list") return (sentence.match(/,|;| and /g)?.length ?? 0) >= 2;
  if (want === "number" || want === "person" || want === "organisation" || want === "date")
    return findAnswers(sentence, want).length > 0;
  // search, unlike test, leaves no trace in a global pattern.
  return sentence.search(PATTERNS[want]) >= 0;
}

/** The candidate answers of a kind in a sentence; of numbers, those that count. */
export function findAnswers(sentence: string, kind: AnswerKind): Span[] {
  if (kind === "person") return findPeople(sentence);
  if (kind === "organisation") return findOrganisations(sentence);
  const spans = matches(sentence, PATTERNS[kind]);
  if (kind === "date") return spans.filter(({ start }) => !LAW.test(sentence.slice(0, start)));
  if (kind !== "number") return spans;
  const others = [...matches(sentence, PATTERNS.date), ...matches(sentence, SHARE)];
  return spans.filter(
    ({ start, end }) =>
      !others.some((other) => start >= other.start && end <= other.end) &&
      !NAMING.test(sentence.slice(0, start)),
  );
}

/** Whether all the figures in a text are shares: it says what part of something, and not how many. */
export function givesSharesOnly(text: string): boolean {
  const figures = findAnswers(text, "number");
  return figures.length > 0 && figures.every(({ start, end }) => /%|cent$/.test(text.slice(start, end)));
}

function matches(sentence: string, pattern: RegExp): Span[] {
  return [...sentence.matchAll(pattern)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
}
