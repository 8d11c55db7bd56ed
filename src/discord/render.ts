// Answer -> message: embeds and buttons as plain data. Quotations word for word, each with its source;
// a colour and a line that tell an answer from a guess from none; every limit held by fixed shares of
// it. Nothing of a document or a user stands outside an embed, where Discord pings nobody.

import type { APIEmbed } from "discord.js";
import type { NewerDocument } from "../answer/newer.ts";
import { asksNothing } from "../answer/turn.ts";
import type { Answer } from "../types.ts";
import { buttonRow } from "./buttons.ts";
import type { Action, ButtonRow } from "./buttons.ts";
import { COLOURS, passageField, quoteEmbed } from "./embeds.ts";
import { escapedLine, escapeText, isBlank, oneLine, wellFormed } from "./escape.ts";
import { LIMITS } from "./limits.ts";
import { blockQuote, isCut } from "./quotation.ts";
import { select, unshown } from "./selection.ts";
import { dateOf } from "./source-line.ts";

export interface MessageBody {
  content?: string;
  embeds: APIEmbed[];
  components: ButtonRow[];
}

export interface RenderOptions {
  /** Whether to show the question: not under a reply, where Discord shows it. */
  readonly showQuestion: boolean;
  /** The key under which the answer is kept for its buttons; without it there are none. */
  readonly key?: string;
  readonly newer?: NewerDocument | null;
  /** A line in plain words above everything. */
  readonly notice?: string;
}

const UNSURE = "This may be what you are looking for";
const NONE = "The documents don't answer this.";

/** Shares of the 6,000 characters; together they stay below it. */
const FIRST_QUOTE = 1600;
const NEXT_QUOTE = 700;
const SHORT_QUOTE = 420;
const MORE = 5;
const MORE_QUOTE = 600;

/** The message that answers: the best quotation in full, up to two further passages short. */
export function renderAnswer(answer: Answer, options: RenderOptions): MessageBody {
  const { quotes, related } = select(answer);
  const dated = new Set(quotes.map((quote) => quote.document)).size > 1;
  const embeds = quotes.map((quote, index) =>
    quoteEmbed(quote, {
      words: blockQuote(quote, index === 0 ? FIRST_QUOTE : NEXT_QUOTE),
      dated,
      titled: quote.document !== quotes[index - 1]?.document,
      colour: COLOURS[answer.outcome],
      above: index === 0 ? preface(answer) : [],
      below: index === 0 && options.newer ? [newerLine(options.newer)] : [],
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
  const { key, notice } = options;
  return {
    ...(notice === undefined ? {} : { content: notice }),
    embeds,
    components: key === undefined ? [] : buttonRow(actions(answer), () => key),
  };
}

/** The buttons that an answer needs. */
function actions(answer: Answer): Action[] {
  const { quotes, shown } = select(answer);
  const [first] = quotes;
  return [
    ...(first !== undefined && isCut(first, FIRST_QUOTE) ? (["whole"] as const) : []),
    ...(first === undefined ? [] : (["context"] as const)),
    ...(unshown(answer, shown).length === 0 ? [] : (["more"] as const)),
    ...(first === undefined ? [] : (["right", "wrong"] as const)),
  ];
}

/** The answer to the button "More passages": the next of the ranking that the message didn't show. */
export function renderMore(answer: Answer, shown: readonly string[]): MessageBody {
  const rest = unshown(answer, shown).slice(0, MORE);
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

/** The lines above the quotation: how the question was understood, and what to know. */
function preface(answer: Answer): string[] {
  const plain = (text: string): string =>
    text
      .slice(0, 1000)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const lines: string[] = [];
  // What small talk was taken for helps nobody.
  if (!asksNothing(answer) && plain(answer.understood) !== plain(answer.question)) {
    const understood = escapedLine(answer.understood, 300);
    if (understood !== "") lines.push(`Understood as: ${understood}`);
  }
  const message = answer.message === null ? "" : escapedLine(answer.message, 400);
  if (message !== "") lines.push(message);
  else if (answer.outcome === "none") lines.push(NONE);
  return lines;
}

/** What is known of a newer document, and no more. */
function newerLine({ info, why }: NewerDocument): string {
  const when = escapedLine(dateOf(info), 50);
  if (why === "kind") {
    const kind = escapedLine(info.kind ?? "", 40) || "document";
    return `**Not the newest ${kind}** on ${escapedLine(info.authority ?? "", 80)}: there is a newer one (${when}).`;
  }
  return `**Newer:** a passage in ${escapedLine(info.title, 100) || "another document"} (${when}) comes near too.`;
}
