// A document's text -> what it says of itself: title, authority, inspection and publication dates.
// What the text does not say is left out, never guessed; sources.json fills and overrides.

import type { DocumentInfo } from "../types.ts";
import { parseDate, parseDateRange, spellDates } from "./dates.ts";

export type Metadata = Partial<Omit<DocumentInfo, "id" | "file" | "sha256">>;

/** Lines in which a document's front matter is looked for. */
const FRONT_LINES = 30;

const INSPECTION = /^(?:(?:Re-?)?inspection|Review) of\b/i;
const AUTHORITY = /^[A-Z][\w&'’. -]{2,60}$/;
const COUNCIL = /\b(?:Council|Borough|County|City)\b/;
/** Ofsted's own words about itself, at its reports' end or on their second page. */
const OFSTED =
  /^(?:The Office for Standards in Education, Children[’']s Services and Skills \(Ofsted\) regulates and inspects|Website: (?:www\.)?ofsted\.gov\.uk)/m;

/** Reads the front matter (the first lines) of a text. */
export function readMetadata(text: string): Metadata {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/<\/?\w+>|\*\*|^#+\s*/g, "").trim())
    .filter((line) => line !== "")
    .slice(0, FRONT_LINES);
  const title = readTitle(lines);
  const dated = spellDates(lines);
  const published = readPublished(dated);
  const inspected = readInspected(dated);
  const publisher = OFSTED.test(text) ? "Ofsted" : undefined;
  return {
    ...title,
    ...(publisher && { publisher }),
    ...(published && { published }),
    ...(inspected && { inspected }),
    ...((inspected || lines.some((line) => INSPECTION.test(line))) && { kind: "inspection report" }),
  };
}

/**
 * `X County Council` above `Inspection of …` is a report's cover, and so is the reverse; `Inspection of
 * X local authority children’s services` names both at once. A first line without a full stop is a headline.
 */
function readTitle(lines: readonly string[]): Pick<Metadata, "title" | "authority"> {
  const [first = "", second = ""] = lines;
  if (INSPECTION.test(second) && AUTHORITY.test(first))
    return { title: `${first}: ${stripMarks(second)}`, authority: first };
  if (INSPECTION.test(first) && COUNCIL.test(second) && AUTHORITY.test(second))
    return { title: `${second}: ${stripMarks(first)}`, authority: second };
  if (first === "" || first.length > 150 || /[.!?:;,]["”’']?$/.test(first)) return {};
  const named =
    /^Inspection of (?:the )?(\p{Lu}.{2,60}?)(?: local authority)? children[’']s (?:social care )?services$/u;
  const authority = named.exec(first)?.[1];
  return { title: stripMarks(first), ...(authority && { authority }) };
}

function readPublished(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const label = /^(?:report\s+)?published(?:\s+on)?\s*:?\s*(.+)$/i.exec(line);
    if (label) return fullDate(label[1] ?? "");
  }
  // A newspaper's date line: the date stands first, alone or before a time.
  for (const line of lines.slice(0, 5)) {
    const date = /^(\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4})\b/.exec(line);
    if (date && line.length <= 80) return fullDate(date[1] ?? "");
  }
  return undefined;
}

function readInspected(lines: readonly string[]): DocumentInfo["inspected"] | undefined {
  for (const line of lines) {
    const range = /^inspection dates?\s*:?\s*(.+)$/i.exec(line);
    const dates = range && parseDateRange(range[1] ?? "");
    if (dates) return dates;
  }
  return undefined;
}

function fullDate(text: string): string | undefined {
  const date = parseDate(text);
  return date && date.length === 10 ? date : undefined;
}

function stripMarks(text: string): string {
  return text.replace(/[¹²³⁴⁵⁶⁷⁸⁹⁰]+$/, "");
}
