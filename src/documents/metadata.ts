// A document's text -> what it says of itself: title, authority, inspection and publication dates.
// What the text does not say is left out, never guessed; sources.json fills and overrides.

import type { DocumentInfo } from "../types.ts";
import { parseDate } from "./dates.ts";

export type Metadata = Partial<Omit<DocumentInfo, "id" | "file" | "sha256">>;

/** Lines in which a document's front matter is looked for. */
const FRONT_LINES = 30;

/** Reads the front matter (the first lines) of a text. */
export function readMetadata(text: string): Metadata {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/<\/?\w+>|\*\*|^#+\s*/g, "").trim())
    .filter((line) => line !== "")
    .slice(0, FRONT_LINES);
  const title = readTitle(lines);
  const published = readPublished(lines);
  const inspected = readInspected(lines);
  return {
    ...title,
    ...(published && { published }),
    ...(inspected && { inspected, kind: "inspection report" }),
  };
}

/** `X County Council` above `Inspection of …` is a report's cover; a first line without a full stop is a headline. */
function readTitle(lines: readonly string[]): Pick<Metadata, "title" | "authority"> {
  const [first = "", second = ""] = lines;
  if (/^(?:Inspection|Review) of\b/i.test(second) && /^[A-Z][\w&'’. -]{2,60}$/.test(first)) {
    return { title: `${first}: ${stripMarks(second)}`, authority: first };
  }
  if (first !== "" && first.length <= 150 && !/[.!?:;,]["”’']?$/.test(first))
    return { title: stripMarks(first) };
  return {};
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
    const range = /^inspection dates?\s*:?\s*(.+?)(?:\s+(?:-|–|—|to)\s+(.+))?$/i.exec(line);
    if (!range) continue;
    const to = parseDate(range[2] ?? range[1] ?? "");
    // "3 - 25 June 2014" and "3 June - 25 June 2014" leave out what the end of the range says.
    const year = to?.slice(0, 4) ?? "";
    const from = parseDate(range[1] ?? "") ?? parseDate(`${range[1]} ${year}`) ?? to;
    if (from && to) return { from, to };
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
