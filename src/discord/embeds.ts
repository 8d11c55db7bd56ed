// A quotation -> an embed, or a field of one: its words, where they stand, and in small print its
// document and section. Which quotations a message shows is left to the renderers.

import type { APIEmbed, APIEmbedField } from "discord.js";
import type { Citation, Quote } from "../types.ts";
import { escapedLine } from "./escape.ts";
import { blockQuote } from "./quotation.ts";
import type { Shown } from "./quotation.ts";
import { dateOf, locator, sectionText, titleText } from "./source-line.ts";

export const COLOURS = {
  answer: 0x2e7d32,
  unsure: 0xf9a825,
  none: 0x757575,
  further: 0x90a4ae,
  page: 0x455a64,
} as const;

export interface QuoteLook {
  /** The quotation's words as markdown. */
  readonly words: string;
  /** Whether its date stands above it. */
  readonly dated: boolean;
  /** Whether its document's title stands below it. */
  readonly titled: boolean;
  readonly colour: number;
  /** Lines above and below it, escaped. */
  readonly above?: readonly string[];
  readonly below?: readonly string[];
}

/** A quotation with its source. */
export function quoteEmbed(quote: Quote, look: QuoteLook): APIEmbed {
  const label = escapedLine(dateOf(quote), 50) || "Undated";
  const lines = [
    ...(look.above ?? []),
    ...(look.dated ? [`**${label}**`] : []),
    look.words,
    escapedLine(locator(look.dated ? { ...quote, published: null, inspected: undefined } : quote), 200),
    ...(look.below ?? []),
  ].filter((line) => line !== "");
  const small = [look.titled ? titleText(quote, 110) : "", sectionText(quote.section, 110)];
  const footer = small.filter((line) => line !== "").join("\n");
  return {
    color: look.colour,
    description: lines.join("\n"),
    ...(footer === "" ? {} : { footer: { text: footer } }),
  };
}

/** A short passage: where it stands, its words without footnotes, and its title where the one before has another. */
export function passageField(quote: Citation & Shown, max: number, named: string | undefined): APIEmbedField {
  const words = blockQuote({ ...quote, notes: [] }, max);
  const where = escapedLine(locator(quote), 200);
  const title = escapedLine(titleText(quote, 90), 120);
  if (where === "") return { name: title, value: words };
  return { name: where, value: quote.document === named ? words : `${words}\n${title}` };
}
