// Choosing a document or a paragraph of it in Discord: what has been typed -> suggestions, and a
// suggestion's value -> the document. A value is the document's id, or its checksum where the id is too
// long for Discord.

import { UserError } from "../errors.ts";
import type { DocumentInfo, ParagraphStart } from "../types.ts";
import { datedAt } from "../documents/dates.ts";
import { oneLine } from "./escape.ts";
import { LIMITS } from "./limits.ts";
import { dateOf } from "./source-line.ts";

export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** Newest first; undated ones last. */
export function byDate(documents: readonly DocumentInfo[]): DocumentInfo[] {
  return documents.toSorted(
    (a, b) => (datedAt(b) ?? "").localeCompare(datedAt(a) ?? "") || a.id.localeCompare(b.id),
  );
}

/** At most 25 documents in whose date, title, publisher, authority or id every typed word occurs. */
export function suggestDocuments(documents: readonly DocumentInfo[], typed: string): Choice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return byDate(documents)
    .filter((info) => {
      const text = [dateOf(info), info.published, info.title, info.publisher, info.authority, info.id]
        .join(" ")
        .toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .slice(0, LIMITS.choices)
    .map((info) => ({
      name:
        oneLine([dateOf(info), info.title || info.id].filter(Boolean).join(" · "), LIMITS.choiceName) ||
        "untitled",
      value: valueOf(info),
    }));
}

/** At most 25 paragraphs whose number begins as typed, the exact one first; or in whose first words each typed word occurs. */
export function suggestParagraphs(starts: readonly ParagraphStart[], typed: string): Choice[] {
  const wanted = typed
    .replace(/^[¶\s]+/, "")
    .trim()
    .toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const matches = /^#?\d+$/.test(wanted)
    ? starts
        .filter(({ number }) => number.startsWith(wanted))
        .toSorted((a, b) => Number(b.number === wanted) - Number(a.number === wanted))
    : starts.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
  return matches.slice(0, LIMITS.choices).map(({ number, text }) => ({
    // Only printed numbers are shown.
    name:
      oneLine(
        [number.startsWith("#") ? "" : `¶ ${number}`, text].filter(Boolean).join(" · "),
        LIMITS.choiceName,
      ) || number,
    value: number.slice(0, LIMITS.choiceValue),
  }));
}

/** The document that a value or typed text means. Throws `UserError` when there is none or several. */
export function findDocument(documents: readonly DocumentInfo[], value: string): DocumentInfo {
  const exact = documents.find((info) => valueOf(info) === value || info.id === value);
  if (exact !== undefined) return exact;
  const matches = suggestDocuments(documents, value);
  const only =
    matches.length === 1 ? documents.find((info) => valueOf(info) === matches[0]?.value) : undefined;
  if (only !== undefined) return only;
  throw new UserError(
    matches.length === 0
      ? `There is no document "${oneLine(value, 80)}". Pick one from the list, or see /sources.`
      : `"${oneLine(value, 80)}" could be ${matches.length} documents. Pick one from the list.`,
  );
}

const valueOf = (info: DocumentInfo): string =>
  info.id.length <= LIMITS.choiceValue ? info.id : `sha256:${info.sha256.slice(0, 32)}`;
