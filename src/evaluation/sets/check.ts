// Test items and the documents that are indexed -> an error for evidence that can't be found there. A
// wrong gold answer would be counted against the bot.

import { squeezed } from "../comparable.ts";
import type { Passage } from "../../types.ts";
import { fault } from "./fault.ts";
import type { OnNotice } from "./misspelt.ts";
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
    for (const { at, evidence, filter } of turns) {
      const named = isConversation ? `conversation "${id}": ` : "";
      if (filter?.document !== undefined && !known.has(filter.document)) {
        throw fault(
          at,
          `${named}filter.document "${filter.document}" isn't indexed. ${remedy(filter.document, documents)}`,
        );
      }
      for (const { document, quote } of evidence) {
        if (!known.has(document)) {
          throw fault(at, `${named}document "${document}" isn't indexed. ${remedy(document, documents)}`);
        }
        const text = squeezedText(document);
        if (quote !== null && text !== undefined && !text.includes(squeezed(quote))) {
          throw fault(at, `${named}the quote isn't in ${document}: "${clipped(quote)}".`);
        }
      }
    }
  }
}

/**
 * Notices about evidence at a printed paragraph that isn't in the index, or that doesn't hold its quote:
 * nothing that is found there can be right. No fault, for the documents' own numbers may have been misread.
 */
export function noticeParagraphs(
  items: readonly TestItem[],
  passages: readonly Pick<Passage, "document" | "paragraph" | "text" | "leadIn">[],
  onNotice: OnNotice,
): void {
  const texts = new Map<string, string>();
  const key = (document: string, paragraph: string): string => JSON.stringify([document, paragraph]);
  for (const { document, paragraph, text, leadIn } of passages) {
    if (paragraph === null) continue;
    const before = texts.get(key(document, paragraph)) ?? "";
    texts.set(key(document, paragraph), before + squeezed(`${leadIn?.text ?? ""} ${text}`));
  }
  for (const { at, evidence } of items.flatMap(({ turns }) => turns)) {
    for (const { document, paragraph, quote } of evidence) {
      if (typeof paragraph !== "string") continue;
      const text = texts.get(key(document, paragraph));
      if (text === undefined) onNotice(`${at}: ${document} has no paragraph "${paragraph}".`);
      else if (quote !== null && !text.includes(squeezed(quote)))
        onNotice(`${at}: the quote isn't in paragraph ${paragraph} of ${document}: "${clipped(quote)}".`);
    }
  }
}

/** Throws `UserError` naming file and line on an id used twice. */
export function checkIds(items: readonly TestItem[]): void {
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

/** What to do about a document's name that isn't one. */
function remedy(name: string, documents: readonly string[]): string {
  const bare = name.replace(/\.[^./]+$/, "");
  if (bare !== name && documents.includes(bare)) return `Leave its extension out: "${bare}".`;
  return listed(documents);
}

function listed(documents: readonly string[]): string {
  if (documents.length === 0) return "No document is.";
  const more = documents.length > 8 ? ` and ${documents.length - 8} more` : "";
  return `Indexed: ${documents.slice(0, 8).join(", ")}${more}.`;
}

function clipped(quote: string): string {
  return quote.length > 80 ? `${quote.slice(0, 80)}…` : quote;
}
