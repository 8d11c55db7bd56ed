// The promise of the whole project in one place: a quotation equals its span in the source, or nobody
// sees it.

import { textOf } from "../passages/markup.ts";
import type { Document, Piece } from "../types.ts";

/** Whether `text` is, byte for byte, what `pieces` point at in the document. */
export function isProved(document: Document, text: string, pieces: readonly Piece[]): boolean {
  if (pieces.length === 0 || text === "") return false;
  let last = 0;
  for (const { start, end } of pieces) {
    if (start < last || end <= start || end > document.text.length) return false;
    last = end;
  }
  return textOf(document.text, pieces) === text;
}
