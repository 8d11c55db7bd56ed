// Dates as reports and newspapers print them -> ISO dates, as far as they are known.

import type { Citation, DocumentInfo, PartialDate } from "../types.ts";

/** English names of the months, January first, in lower case. */
export const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** Number of a month's English name or three-letter form, 1 to 12; 0 if it is none. */
export function monthNumber(name: string): number {
  const folded = name.toLowerCase().replace(/\.$/, "");
  return (
    MONTHS.findIndex(
      (month) => month === folded || (folded.length >= 3 && folded.length <= 4 && month.startsWith(folded)),
    ) + 1
  );
}

const MONTH =
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

/** `8 August 2014`, `August 8, 2014`, `August 2014`, `2014`; groups: see `parseDate`. */
export const DATE = new RegExp(
  `(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?<month>${MONTH})\\.?,?\\s+(?<year>\\d{4})` +
    `|(?<month2>${MONTH})\\.?\\s+(?<day2>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year2>\\d{4})` +
    `|(?<month3>${MONTH})\\.?\\s+(?<year3>\\d{4})` +
    `|\\b(?<year4>(?:19|20)\\d{2})\\b`,
  "i",
);

/** Whether a text is a day, month or year that there is: `2014-02-28`, `2014-02`, `2014`; not `2014-02-30`. */
export function isPartialDate(text: string): boolean {
  const [, year, month = "01", day = "01"] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // JavaScript takes the 30th of February for the 2nd of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}

/** The first date in a text, as far as it is given: `"Report published: 8 August 2014"` -> `2014-08-08`. */
export function parseDate(text: string): PartialDate | undefined {
  const groups = DATE.exec(text)?.groups;
  if (!groups) return undefined;
  const year = groups["year"] ?? groups["year2"] ?? groups["year3"] ?? groups["year4"] ?? "";
  const month = groups["month"] ?? groups["month2"] ?? groups["month3"];
  const day = groups["day"] ?? groups["day2"];
  const parts = [year];
  if (month) parts.push(String(monthNumber(month)).padStart(2, "0"));
  if (month && day) parts.push(day.padStart(2, "0"));
  return parts.join("-");
}

/**
 * The first and last day of a range as reports print it; what an end leaves out is the other's:
 * `"7 to 18 October 2024"` -> `2024-10-07`, `2024-10-18`; of several stretches, the whole span.
 */
export function parseDateRange(text: string): { from: PartialDate; to: PartialDate } | undefined {
  const days = [
    ...text.matchAll(
      new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+(${MONTH})\\b\\.?)?(?:,?\\s+(\\d{4}))?\\b`, "gi"),
    ),
  ];
  let month = 0;
  let year = 0;
  const dates: PartialDate[] = [];
  // From the end, because a range's first day leaves out what its last one says.
  for (const [, day = "", name, own] of days.toReversed()) {
    const ownMonth = name ? monthNumber(name) : month;
    if (own) year = Number(own);
    else if (month > 0 && ownMonth > month) year--;
    month = ownMonth;
    if (month === 0 || year === 0) return undefined;
    dates.unshift(`${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`);
  }
  const [from, to] = [dates[0], dates.at(-1)];
  if (from && to) return from <= to ? { from, to } : undefined;
  const only = parseDate(text);
  return only ? { from: only, to: only } : undefined;
}

/** Whether a text is a date as far as it is known (`2014`, `2014-08`, `2014-08-08`) and in the calendar. */
export function isDate(text: string): boolean {
  if (!/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(text)) return false;
  const day = `${text}-01-01`.slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  // 31 February becomes 3 March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** `2014-08-08` -> `8 August 2014`, `2014-08` -> `August 2014`, `2014` -> `2014`. */
export function readableDate(date: PartialDate): string {
  const [year = "", month, day] = date.split("-");
  const name = MONTHS[Number(month) - 1];
  if (!name) return year;
  return `${day ? `${Number(day)} ` : ""}${name.charAt(0).toUpperCase()}${name.slice(1)} ${year}`;
}

const FIGURES = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g;

/**
 * Lines with their dates in figures spelt out, where one of them shows that the day stands first:
 * `"12/09/2016 to 25/09/2016"` -> `"12 September 2016 to 25 September 2016"`.
 */
export function spellDates(lines: readonly string[]): string[] {
  const dates = lines.flatMap((line) => [...line.matchAll(FIGURES)]);
  const isDayFirst =
    dates.some(([, day]) => Number(day) > 12) && dates.every(([, , month]) => Number(month) <= 12);
  if (!isDayFirst) return [...lines];
  const name = (month: string) => {
    const own = MONTHS[Number(month) - 1] ?? "";
    return own.slice(0, 1).toUpperCase() + own.slice(1);
  };
  return lines.map((line) =>
    line.replace(FIGURES, (_, day: string, month: string, year: string) => `${day} ${name(month)} ${year}`),
  );
}

/** A document's date for people: `8 August 2014`, or `inspected until 18 October 2024`; empty where none is known. */
export function dateLine({ published, inspected }: Pick<Citation, "published" | "inspected">): string {
  if (published !== null) return readableDate(published);
  return inspected === undefined ? "" : `inspected until ${readableDate(inspected)}`;
}

/** When a document speaks: its publication, else the last day of the inspection; undefined where neither is known. */
export function datedAt({ published, inspected }: DocumentInfo): PartialDate | undefined {
  return published ?? inspected?.to;
}
