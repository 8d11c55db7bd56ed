// An answer -> a newer document that readers should know of, if there is one: a quotation of an old report
// is right about its time, but may not be the last word. Says only what dates, kinds and ranking show.

import { parseQuestion } from "../retrieval/question.ts";
import { terms } from "../text/terms.ts";
import type { Answer, DocumentInfo, Filter, PartialDate } from "../types.ts";

/** A passage within this of the first one's score is near enough to be on the same matter. */
const NEAR = 1.5;

/** Words of an authority's name that one document has and another leaves out. */
const FORM = new Set("the of and council county city borough metropolitan london royal district".split(" "));

export interface NewerDocument {
  readonly info: DocumentInfo;
  /** `kind`: of the kind and on the authority of the document quoted; `near`: it has a passage near the question. */
  readonly why: "kind" | "near";
}

/**
 * The newest document that is newer than all that are quoted, if it succeeds the first or is near. Null
 * where there is none, and where the question or its filter is about a certain time or document.
 */
export function newerThan(
  answer: Answer,
  documents: readonly DocumentInfo[],
  filter: Filter = {},
): NewerDocument | null {
  const first = answer.quotes[0];
  const quoted = documents.find(({ id }) => id === first?.document);
  if (quoted === undefined || dateOf(quoted) === undefined) return null;
  if (filter.document !== undefined || filter.until !== undefined) return null;
  if (isTimed(answer.understood)) return null;
  const shown = new Set(answer.quotes.map(({ document }) => document));
  const dates = documents.filter(({ id }) => shown.has(id)).map(dateOf);
  const newer = documents
    .filter((info) => dates.every((date) => date === undefined || isNewer(dateOf(info), date)))
    .toSorted((a, b) => dateOf(b)!.localeCompare(dateOf(a)!));
  const place = placeOf(quoted);
  const successor = newer.find(
    (info) => place !== "" && placeOf(info) === place && info.kind === quoted.kind,
  );
  if (successor !== undefined) return { info: successor, why: "kind" };
  const best = answer.passages[0]?.score ?? 0;
  const close = new Set(
    answer.passages.filter(({ score }) => best - score < NEAR).map(({ document }) => document),
  );
  const near = newer.find(({ id }) => close.has(id));
  return near === undefined ? null : { info: near, why: "near" };
}

function isTimed(question: string): boolean {
  const { years, notYears, months, after, before } = parseQuestion(question);
  return years.length + notYears.length + months.length > 0 || after !== null || before !== null;
}

/** When a document was published; failing that, when its inspection ended, which is before. */
export const dateOf = ({ published, inspected }: DocumentInfo): PartialDate | undefined =>
  published ?? inspected?.to;

/** `Isle of Wight Council` and `Isle of Wight` are one place; empty where none is known. */
function placeOf({ authority }: DocumentInfo): string {
  const words = terms(authority ?? "").map(({ word }) => word);
  return words
    .filter((word) => !FORM.has(word))
    .toSorted()
    .join(" ");
}

/** As far as both dates are known: 2014 is not newer than 2014-08. */
function isNewer(date: PartialDate | undefined, than: PartialDate): boolean {
  if (date === undefined) return false;
  const known = Math.min(date.length, than.length);
  return date.slice(0, known) > than.slice(0, known);
}
