// A question's time against a passage's: years and months in its words, in its document's dates, and
// how new the document is among the others.

import { datedAt, MONTHS } from "../documents/dates.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { terms } from "../text/terms.ts";
import type { DocumentInfo } from "../types.ts";
import type { ParsedQuestion } from "./question.ts";

export const TIME_FEATURES = [
  "year",
  "yearMissing",
  "yearDocument",
  "yearEither",
  "notYear",
  "after",
  "before",
  "month",
  "monthDocument",
  "recency",
  "dateShare",
] as const;

/** Months as documents write them: "may" in lower case is no month. */
const NAMES = MONTHS.map((month) => new RegExp(`\\b${month.charAt(0).toUpperCase()}${month.slice(1)}\\b`));

/** The features of time of one passage. `recency` is its document's, of `recencyOf`. */
export function timeFeatures(
  question: ParsedQuestion,
  text: string,
  document: DocumentInfo,
  recency: number,
): Record<(typeof TIME_FEATURES)[number], number> {
  const { years: asked, months } = question;
  const years = yearsIn(text);
  const ownYears = yearsIn(
    [document.published ?? "", document.inspected?.from ?? "", document.title].join(" "),
  );
  const hits = asked.filter((year) => years.has(year)).length;
  /** 1 when it holds, -1 when not, 0 when nothing of the kind is asked. */
  const sign = (isAsked: boolean, holds: () => boolean) => (isAsked ? (holds() ? 1 : -1) : 0);
  const latest = Math.max(0, ...ownYears);
  return {
    year: asked.length === 0 ? 0 : hits / asked.length,
    yearMissing: asked.length > 0 && hits === 0 && years.size > 0 ? 1 : 0,
    yearDocument: sign(asked.length > 0, () => asked.some((year) => ownYears.has(year))),
    yearEither: sign(asked.length > 0, () => asked.some((year) => years.has(year) || ownYears.has(year))),
    notYear: question.notYears.some((year) => ownYears.has(year)) ? 1 : 0,
    after: sign(question.after !== null, () => latest > question.after!),
    before: sign(question.before !== null, () => latest < question.before!),
    month: sign(months.length > 0, () => months.some((month) => NAMES[month - 1]!.test(text))),
    monthDocument: sign(months.length > 0, () => months.some((month) => ownMonths(document).has(month))),
    recency,
    dateShare: dateShare(text),
  };
}

/** How new each document is among the others, by rank of its year: 1 the newest, 0 the oldest or undated. */
export function recencyOf(index: OpenIndex): Map<string, number> {
  const yearOf = (info: DocumentInfo) => (datedAt(info) ?? "").slice(0, 4);
  const all = [...index.documents.values()].map(({ info }) => info);
  const years = [...new Set(all.map(yearOf))].toSorted();
  return new Map(
    all.map((info) => [info.id, years.length < 2 ? 1 : years.indexOf(yearOf(info)) / (years.length - 1)]),
  );
}

/** Months in which the document was published or the inspection took place. */
function ownMonths({ published, inspected }: DocumentInfo): Set<number> {
  return new Set(
    [published, inspected?.from, inspected?.to].flatMap((date) =>
      date && date.length >= 7 ? [Number(date.slice(5, 7))] : [],
    ),
  );
}

/** Share of a text's terms that are numbers or months: date lines say nothing but the date. */
function dateShare(text: string): number {
  if (text.length > 90) return 0;
  const all = terms(text);
  const dates = all.filter((term) => term.isNumber || MONTHS.includes(term.word)).length;
  return all.length === 0 || all.length > 14 ? 0 : dates / all.length;
}

function yearsIn(text: string): Set<number> {
  const out = new Set<number>();
  for (const match of text.matchAll(/\b((?:19|20)\d\d)(?:\s?[-–/]\s?(?:(?:19|20))?(\d\d)\b)?/g)) {
    const year = Number(match[1]);
    out.add(year);
    // "2013-14" are two years, "2014-08" is a year and a month.
    if (match[2] && Number(match[2]) === (year + 1) % 100) out.add(year + 1);
  }
  return out;
}
