// Paragraphs as they stand in their document -> message: a quotation with what stands before and after
// it, a long one whole, a paragraph by its number. Verified quotations in, embeds out.

import type { APIEmbed } from "discord.js";
import { byList, mergeList } from "../answer/list.ts";
import type { Quote, Surroundings } from "../types.ts";
import { COLOURS, quoteEmbed } from "./embeds.ts";
import { blockQuote, blockQuotes } from "./quotation.ts";
import type { MessageBody } from "./render.ts";

/** Shares of the 6,000 characters. */
const BESIDE = 800;
const MIDDLE = 2600;
const WHOLE = [3400, 1200] as const;
/** Parts of a paragraph with lists inside lists that are shown. */
const PARTS = 3;

/** The paragraph between its neighbours, with the words that were quoted in bold. */
export function renderContext(around: Surroundings, quoted: readonly string[]): MessageBody {
  const before = asOne(around.before).at(-1);
  const after = asOne(around.after)[0];
  const embeds: APIEmbed[] = [];
  if (before !== undefined) {
    // Of what stands before, the end is what matters.
    const end = { start: before.text.length - 1, end: before.text.length };
    embeds.push(beside(before, "Before", blockQuote(before, BESIDE, end)));
  }
  embeds.push(...paragraphEmbeds(around.itself, quoted, [MIDDLE]));
  if (after !== undefined) {
    // Who says it stands above.
    const { attribution: _, ...words } = after;
    embeds.push(beside(after, "After", blockQuote(words, BESIDE)));
  }
  return { embeds, components: [] };
}

/** A paragraph, as much of it as a message holds. */
export function renderParagraph(quotes: readonly Quote[], quoted: readonly string[] = []): MessageBody {
  return { embeds: paragraphEmbeds(quotes, quoted, WHOLE), components: [] };
}

function paragraphEmbeds(
  quotes: readonly Quote[],
  quoted: readonly string[],
  shares: readonly number[],
): APIEmbed[] {
  const parts = asOne(quotes).map((quote) => emphasised(quote, quoted));
  const [first] = parts;
  if (first === undefined) return [];
  const look = { dated: false, titled: true, colour: COLOURS.answer };
  if (parts.length === 1) {
    const [words = "", ...more] =
      shares.length === 1 ? [blockQuote(first, shares[0]!)] : blockQuotes(first, shares);
    return [
      quoteEmbed(first, { ...look, words }),
      ...more.map((text) => ({ color: look.colour, description: text })),
    ];
  }
  const share = Math.floor(shares[0]! / PARTS);
  const words = parts.slice(0, PARTS).map((part) => blockQuote(part, share));
  if (parts.length > PARTS) words.push("> …");
  return [quoteEmbed(first, { ...look, words: words.join("\n") })];
}

/** A neighbour, without the small print: it stands in the same part of the same document. */
function beside(quote: Quote, title: string, words: string): APIEmbed {
  const { color, description } = quoteEmbed(quote, {
    words,
    dated: false,
    titled: false,
    colour: COLOURS.further,
  });
  return { title, color: color ?? 0, description: description ?? "" };
}

/** A paragraph's passages as few quotations: a list is one, with the sentence that introduces it as its lead-in. */
function asOne(quotes: readonly Quote[]): Quote[] {
  const groups = byList(quotes).map(mergeList);
  const [first, list, ...rest] = groups;
  if (first === undefined || list === undefined || list.leadIn !== first.text) return groups;
  const { paragraph, page, passage, notes = [] } = first;
  const both = [...notes, ...(list.notes ?? [])];
  return [{ ...list, paragraph, page, passage, ...(both.length > 0 && { notes: both }) }, ...rest];
}

/** The quote with what was quoted of it in bold; nothing is bold where that is all of it. */
function emphasised(quote: Quote, quoted: readonly string[]): Quote {
  const bold = quoted.flatMap((text) => {
    const start = quote.text.indexOf(text);
    return start < 0 || text === quote.text ? [] : [{ start, end: start + text.length }];
  });
  return { ...quote, bold };
}
