// Answer -> message: embeds and buttons as plain data. Quotations word for word, each with its source;
// a colour and a line that tell an answer from a guess from none; every limit held by fixed shares of
// it. Nothing of a document or a user stands outside an embed, where Discord pings nobody.

import { ButtonStyle, ComponentType } from "discord.js";
import type { APIActionRowComponent, APIButtonComponent, APIEmbed } from "discord.js";
import { byList, mergeList } from "../answer/list.ts";
import type { Answer, Citation, Filter, Quote } from "../types.ts";
import { escapedLine, escapeText, isBlank, oneLine, wellFormed } from "./escape.ts";
import { LIMITS } from "./limits.ts";
import { moreId } from "./more-id.ts";
import { blockQuote } from "./quotation.ts";
import { dateText, locator, sectionText, titleText } from "./source-line.ts";

export interface MessageBody {
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIButtonComponent>[];
}

export interface RenderOptions {
  /** Whether to show the question: not under a reply, where Discord shows it. */
  readonly showQuestion: boolean;
  /** The filter that was asked with, for the button that asks again. */
  readonly filter?: Filter;
}

const COLOURS = { answer: 0x2e7d32, unsure: 0xf9a825, none: 0x757575, further: 0x90a4ae } as const;
const UNSURE = "This may be what you are looking for";
const NONE = "The documents don't answer this.";

/** Shares of the 6,000 characters; together they stay below it. */
const FIRST_QUOTE = 1600;
const NEXT_QUOTE = 700;
const SHORT_QUOTE = 420;
const FURTHER = 2;
const MORE = 5;
const MORE_QUOTE = 600;

/** The message that answers: the best quotation in full, up to two further passages short. */
export function renderAnswer(answer: Answer, options: RenderOptions): MessageBody {
  const { quotes, related } = shown(answer);
  const labelled = new Set(quotes.map((quote) => quote.document)).size > 1;
  const embeds = quotes.map((quote, index) =>
    quoteEmbed(quote, {
      max: index === 0 ? FIRST_QUOTE : NEXT_QUOTE,
      labelled,
      titled: quote.document !== quotes[index - 1]?.document,
      colour: COLOURS[answer.outcome],
      above: index === 0 ? preface(answer) : [],
    }),
  );
  if (embeds.length === 0)
    embeds.push({ color: COLOURS.none, description: preface(answer).join("\n") || NONE });
  if (answer.outcome === "unsure" && embeds[0] !== undefined) embeds[0].title = UNSURE;
  const question = options.showQuestion ? oneLine(answer.question, 240) : "";
  if (question !== "" && embeds[0] !== undefined) embeds[0].author = { name: question };
  if (related.length > 0) {
    embeds.push({
      color: COLOURS.further,
      title: answer.outcome === "none" ? "Related, not an answer" : "More on this",
      fields: related.map((quote, index) =>
        passageField(quote, SHORT_QUOTE, (related[index - 1] ?? quotes.at(-1))?.document),
      ),
    });
  }
  return { embeds, components: moreButton(answer, options.filter) };
}

/** The answer to the button "More passages": the next of the ranking that the message didn't show. */
export function renderMore(answer: Answer): MessageBody {
  const rest = hidden(answer).slice(0, MORE);
  const embed: APIEmbed = {
    color: COLOURS.further,
    title: "More passages",
    ...(rest.length === 0
      ? { description: "There are no further passages." }
      : {
          fields: rest.map((passage, index) =>
            passageField({ ...passage, bold: [], pieces: [] }, MORE_QUOTE, rest[index - 1]?.document),
          ),
        }),
  };
  const question = oneLine(answer.question, 240);
  if (question !== "") embed.author = { name: question };
  return { embeds: [embed], components: [] };
}

/** A notice in plain words; whatever it repeats of a user's text neither pings nor links. */
export function renderNotice(text: string): { content: string } {
  const safe = escapeText(wellFormed(text.slice(0, LIMITS.content / 2 - 100))).replaceAll("@", "@\u200b");
  return { content: isBlank(safe) ? "…" : safe.slice(0, LIMITS.content) };
}

/** What the message shows: up to three quotes, or fewer with related passages to make three. */
function shown(answer: Answer): { quotes: readonly Quote[]; related: readonly Quote[]; taken: Set<string> } {
  // A list's items are one quotation, under one lead-in.
  const groups = answer.outcome === "none" ? [] : byList(answer.quotes).slice(0, 1 + FURTHER);
  const quotes = groups.map(mergeList);
  const room = quotes.length === 0 ? 1 + FURTHER : 1 + FURTHER - quotes.length;
  const taken = new Set(groups.flat().map((quote) => quote.passage));
  return {
    quotes,
    taken,
    related: answer.related.filter((quote) => !taken.has(quote.passage)).slice(0, room),
  };
}

function hidden(answer: Answer): Answer["passages"] {
  const { taken, related } = shown(answer);
  for (const quote of related) taken.add(quote.passage);
  return answer.passages.filter((passage) => !taken.has(passage.passage));
}

/** The lines above the quotation: how the question was understood, and what to know. */
function preface(answer: Answer): string[] {
  const plain = (text: string): string =>
    text
      .slice(0, 1000)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const lines: string[] = [];
  if (plain(answer.understood) !== plain(answer.question)) {
    const understood = escapedLine(answer.understood, 300);
    if (understood !== "") lines.push(`Understood as: ${understood}`);
  }
  const message = answer.message === null ? "" : escapedLine(answer.message, 400);
  if (message !== "") lines.push(message);
  else if (answer.outcome === "none") lines.push(NONE);
  return lines;
}

function quoteEmbed(
  quote: Quote,
  how: { max: number; labelled: boolean; titled: boolean; colour: number; above: readonly string[] },
): APIEmbed {
  const label = escapedLine(dateText(quote.published ?? ""), 40) || "Undated";
  const where = escapedLine(locator(how.labelled ? { ...quote, published: null } : quote), 200);
  const lines = [
    ...how.above,
    ...(how.labelled ? [`**${label}**`] : []),
    blockQuote(quote, how.max),
    where,
  ].filter((line) => line !== "");
  const small = [how.titled ? titleText(quote, 110) : "", sectionText(quote.section, 110)];
  const footer = small.filter((line) => line !== "").join("\n");
  return {
    color: how.colour,
    description: lines.join("\n"),
    ...(footer === "" ? {} : { footer: { text: footer } }),
  };
}

/** A short passage: where it stands, its words, and its title where the one before has another. */
function passageField(
  quote: Citation & Pick<Quote, "text" | "bold" | "leadIn" | "pieces">,
  max: number,
  named: string | undefined,
): { name: string; value: string } {
  const words = blockQuote(quote, max);
  const where = escapedLine(locator(quote), 200);
  const title = escapedLine(titleText(quote, 90), 120);
  if (where === "") return { name: title, value: words };
  return { name: where, value: quote.document === named ? words : `${words}\n${title}` };
}

function moreButton(answer: Answer, filter: Filter | undefined): MessageBody["components"] {
  const id = hidden(answer).length === 0 ? null : moreId(answer.understood, filter);
  if (id === null) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        { type: ComponentType.Button, style: ButtonStyle.Secondary, label: "More passages", custom_id: id },
      ],
    },
  ];
}
