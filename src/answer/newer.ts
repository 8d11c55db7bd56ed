// An answer -> a newer document that readers should know of, if there is one: a quotation of an old report
// is right about its time, but may not be the last word. Says only what dates, kinds and ranking show.

import { parseQuestion } from "../retrieval/question.ts";
import { authorityOfDocument } from "../retrieval/place.ts";
import { datedAt } from "../documents/dates.ts";
import type { Answer, DocumentInfo, Filter, PartialDate } from "../types.ts";

/** A passage within this of the first one's score is near enough to be on the same matter. */
const NEAR = 1.5;

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
  if (quoted === undefined || datedAt(quoted) === undefined) return null;
  if (filter.document !== undefined || filter.until !== undefined) return null;
  if (isTimed(answer.understood)) return null;
  const shown = new Set(answer.quotes.map(({ document }) => document));
  const dates = documents.filter(({ id }) => shown.has(id)).map(datedAt);
  const newer = documents
    .filter((info) => dates.every((date) => date === undefined || isNewer(datedAt(info), date)))
    .toSorted((a, b) => datedAt(b)!.localeCompare(datedAt(a)!));
  const place = authorityOfDocument(quoted);
  const successor = newer.find(
    (info) => place !== "" && authorityOfDocument(info) === place && info.kind === quoted.kind,
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

/** As far as both dates are known: 2014 is not newer than 2014-08. */
function isNewer(date: PartialDate | undefined, than: PartialDate): boolean {
  if (date === undefined) return false;
  const known = Math.min(date.length, than.length);
  return date.slice(0, known) > than.slice(0, known);
}
