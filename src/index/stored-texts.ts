// The documents' texts <-> one file of UTF-16, so that any span is read without the rest. Half a
// surrogate pair, which UTF-8 could not keep, stays what it is.

import type { Document, DocumentInfo, PageStart } from "../types.ts";

export interface StoredTexts {
  /** Characters `start`..`end` (UTF-16 offsets) of a document, by its number. */
  slice(document: number, start: number, end: number): string;
}

/** What is kept of a document beside its text. */
export interface StoredDocument extends Pick<Document, "info" | "pages" | "found"> {
  /** UTF-16 units of its text. */
  readonly length: number;
}

/** Characters of whole texts kept in memory: every quotation is proved against its document. */
const KEPT = 4_000_000;

/** The texts one after the other. */
export function packTexts(documents: readonly Document[]): Buffer {
  return Buffer.concat(documents.map(({ text }) => Buffer.from(text, "utf16le")));
}

/** Opens the texts of documents, and the documents over them: their texts are read when they are asked for. */
export function openTexts(
  stored: readonly StoredDocument[],
  bytes: Buffer,
): { texts: StoredTexts; documents: Document[] } {
  const from = [0];
  for (const { length } of stored) from.push(from.at(-1)! + length);
  const read = (document: number, start: number, end: number) =>
    bytes.toString("utf16le", (from[document]! + start) * 2, (from[document]! + end) * 2);
  /** Whole texts, those read last at the end. */
  const kept = new Map<number, string>();
  let length = 0;
  const texts: StoredTexts = {
    slice(document, start, end) {
      let text = kept.get(document);
      if (text === undefined) {
        if (start > 0 || end < stored[document]!.length) return read(document, start, end);
        text = read(document, start, end);
        length += text.length;
      }
      kept.delete(document);
      kept.set(document, text);
      for (const [oldest, other] of kept) {
        if (length <= KEPT || oldest === document) break;
        kept.delete(oldest);
        length -= other.length;
      }
      return text.slice(start, end);
    },
  };
  return { texts, documents: stored.map((one, number) => new TextOnDemand(one, number, texts)) };
}

class TextOnDemand implements Document {
  readonly info: DocumentInfo;
  readonly pages: readonly PageStart[];
  readonly found: Document["found"];
  readonly #length: number;
  readonly #number: number;
  readonly #texts: StoredTexts;

  constructor({ info, pages, found, length }: StoredDocument, number: number, texts: StoredTexts) {
    this.info = info;
    this.pages = pages;
    this.found = found;
    this.#length = length;
    this.#number = number;
    this.#texts = texts;
  }

  get text(): string {
    return this.#texts.slice(this.#number, 0, this.#length);
  }
}
