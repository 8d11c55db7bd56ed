// Test items and the documents that are indexed -> an error for evidence that can't be found there. A
// wrong gold answer would be counted against the bot.

import { squeezed } from "../comparable.ts";
import { fault } from "./fault.ts";
import type { TestItem } from "./types.ts";

/** The whole text of a document; undefined when it can't be had, then its quotes aren't checked. */
export type TextOf = (document: string) => string | undefined;

/** Throws `UserError` naming file and line on an id used twice, an unknown document or a quote that isn't there. */
export function checkItems(
  items: readonly TestItem[],
  documents: readonly string[],
  textOf: TextOf = () => undefined,
): void {
  checkIds(items);
  const known = new Set(documents);
  const texts = new Map<string, string | undefined>();
  const squeezedText = (document: string): string | undefined => {
    if (!texts.has(document)) {
      const text = textOf(document);
      texts.set(document, text === undefined ? undefined : squeezed(text));
    }
    return texts.get(document);
  };
  for (const { id, isConversation, turns } of items) {
    for (const { at, evidence } of turns) {
      for (const { document, quote } of evidence) {
        const named = isConversation ? `conversation "${id}": ` : "";
        if (!known.has(document)) {
          throw fault(at, `${named}document "${document}" isn't indexed. ${listed(documents)}`);
        }
        const text = squeezedText(document);
        if (quote !== null && text !== undefined && !text.includes(squeezed(quote))) {
          throw fault(at, `${named}the quote isn't in ${document}: "${clipped(quote)}".`);
        }
      }
    }
  }
}

function checkIds(items: readonly TestItem[]): void {
  const seen = new Map<string, string>();
  for (const item of items) {
    const ids = item.isConversation ? [item.id, ...item.turns.map((turn) => turn.id)] : [item.id];
    for (const id of ids) {
      const before = seen.get(id);
      if (before !== undefined) throw fault(item.at, `id "${id}" is used before, at ${before}.`);
      seen.set(id, item.at);
    }
  }
}

function listed(documents: readonly string[]): string {
  if (documents.length === 0) return "No document is.";
  const more = documents.length > 8 ? ` and ${documents.length - 8} more` : "";
  return `Indexed: ${documents.slice(0, 8).join(", ")}${more}.`;
}

function clipped(quote: string): string {
  return quote.length > 80 ? `${quote.slice(0, 80)}…` : quote;
}
