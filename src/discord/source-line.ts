// A citation -> the lines that let anyone check a quotation: who, when, which paragraph and page, then
// title and section in small print. What isn't known is left out, never guessed. Plain text: escaping
// is left to render.ts.

import type { Citation, DocumentInfo, PartialDate } from "../types.ts";
import { dateLine, readableDate } from "../documents/dates.ts";
import { oneLine } from "./escape.ts";

/** A date for people, whatever a document gave for one. */
export function dateText(date: PartialDate): string {
  return readableDate(oneLine(date, 20));
}

/** The date of a document or citation for people; empty where none is known. */
export function dateOf({ published, inspected }: DatedLike): string {
  const until = typeof inspected === "string" ? inspected : inspected?.to;
  const safe = (date: PartialDate) => oneLine(date, 20);
  return dateLine({
    published: published ? safe(published) : null,
    inspected: until === undefined ? undefined : safe(until),
  });
}

interface DatedLike {
  readonly published?: PartialDate | null | undefined;
  readonly inspected?: PartialDate | DocumentInfo["inspected"];
}

/** Where to look, on one line: `"Ofsted · 8 August 2014 · ¶ 105 · p. 27"`. Empty when nothing is known. */
export function locator(citation: Citation): string {
  const parts = [
    citation.publisher === null ? "" : oneLine(citation.publisher, 60),
    dateOf(citation),
    citation.paragraph === null ? "" : `¶ ${oneLine(citation.paragraph, 12)}`,
    citation.page === null ? "" : `p. ${citation.page}`,
  ].filter((part) => part !== "");
  return parts.join(" · ");
}

/** The title on one line of at most `max` characters; the document's id where there is none. */
export function titleText(citation: Pick<Citation, "title" | "document">, max: number): string {
  return oneLine(citation.title, max) || oneLine(citation.document, max) || "untitled";
}

/**
 * The headings above the passage on one line of at most `max` characters: all of them where they fit,
 * else the innermost ones. Empty where there are none.
 */
export function sectionText(section: readonly string[], max: number): string {
  const names = section.map((name) => oneLine(name, max)).filter((name) => name !== "");
  for (let from = 0; from < names.length; from++) {
    const path = (from > 0 ? "… › " : "") + names.slice(from).join(" › ");
    if (path.length <= max) return path;
  }
  return names.at(-1) ?? "";
}
