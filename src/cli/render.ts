// An Answer -> lines for a terminal: the quotation with the answering words in bold, its source under
// it, then what else is near. Wraps at the terminal's width; without colours it marks bold by *stars*.

import { dateLine } from "../documents/dates.ts";
import { byList } from "../answer/list.ts";
import { wordsAbove } from "../answer/quote.ts";
import type { Answer, Citation, Quote } from "../types.ts";

export interface Terminal {
  /** Columns, from 20. */
  readonly width: number;
  readonly colour: boolean;
}

/** The terminal that the process writes to. */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  const colour = stream.isTTY === true && !process.env["NO_COLOR"];
  return { width: Math.max(20, Math.min(stream.columns ?? 80, 100)), colour };
}

const UNSURE = "This may be what you are looking for";

/** The whole answer, ending with a newline. */
export function renderAnswer(answer: Answer, terminal: Terminal): string {
  const lines: string[] = [];
  const head = headOf(answer);
  if (head !== "") lines.push(...wrap(printable(head), terminal.width), "");
  for (const quotes of byList(answer.quotes)) lines.push(...renderQuotes(quotes, terminal), "");
  if (answer.related.length > 0) {
    lines.push(dim(answer.quotes.length === 0 ? "Related, not an answer:" : "See also:", terminal), "");
    for (const quote of answer.related) lines.push(...renderQuotes([quote], terminal), "");
  }
  while (lines.at(-1) === "") lines.pop();
  return `${lines.join("\n")}\n`;
}

function headOf({ outcome, message }: Answer): string {
  if (outcome !== "unsure") return message ?? "";
  return message === null ? `${UNSURE}:` : `${UNSURE}. ${message}`;
}

function renderQuotes(quotes: readonly Quote[], terminal: Terminal): string[] {
  const first = quotes[0]!;
  // Ends the colour only: the line may be in the middle of bold words.
  const bar = terminal.colour ? "\u001b[36m│\u001b[39m " : "| ";
  const above = wordsAbove(first);
  const lines = above === null ? [] : wrap(printable(above), terminal.width - 2);
  for (const quote of quotes) {
    const text = emphasised(quote, terminal);
    lines.push(...wrap(first.leadIn === null ? text : `• ${text}`, terminal.width - 2));
  }
  const notes = quotes.flatMap((quote) => quote.notes ?? []);
  return [
    ...lines.map((line) => bar + line),
    ...notes.flatMap((note) => wrap(printable(note), terminal.width)).map((line) => dim(line, terminal)),
    ...wrap(`— ${sourceLine(first)}`, terminal.width).map((line) => dim(line, terminal)),
  ];
}

function emphasised(quote: Quote, { colour }: Terminal): string {
  const [on, off] = colour ? ["\u001b[1m", "\u001b[22m"] : ["*", "*"];
  let out = "";
  let at = 0;
  for (const { start, end } of quote.bold) {
    out += printable(quote.text.slice(at, start)) + on + printable(quote.text.slice(start, end)) + off;
    at = end;
  }
  return out + printable(quote.text.slice(at));
}

/**
 * Cells of a table row stand apart. Control characters of a document, and those that turn the direction
 * of writing, do not reach the terminal: they could colour, move or hide what else is on it.
 */
export function printable(text: string): string {
  return text
    .replace(/ ?\t[\t ]*/g, " — ")
    .replace(/(?!\n)\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "");
}

/** `Ofsted, Cambridgeshire County Council: Inspection of …, 8 August 2014 · Leadership … · ¶ 105 · p. 25`. */
export function sourceLine(citation: Citation): string {
  const title = citation.title.length > 60 ? `${citation.title.slice(0, 57).trimEnd()}…` : citation.title;
  const parts = [
    [title, citation.publisher, dateLine(citation)].filter(Boolean).join(", "),
    citation.section.at(-1),
    citation.paragraph && `¶ ${citation.paragraph}`,
    citation.page !== null && `p. ${citation.page}`,
  ];
  return printable(parts.filter(Boolean).join(" · "));
}

function dim(text: string, { colour }: Terminal): string {
  return colour ? `\u001b[2m${text}\u001b[0m` : text;
}

// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[\d+m/g;

/** Lines of at most `width` columns; escape sequences take none. */
export function wrap(text: string, width: number): string[] {
  const out: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    let length = 0;
    for (const word of paragraph.split(" ")) {
      const own = [...word.replace(ESCAPES, "")].length;
      if (length > 0 && length + 1 + own > width) {
        out.push(line);
        line = word;
        length = own;
      } else {
        line += (length > 0 ? " " : "") + word;
        length += (length > 0 ? 1 : 0) + own;
      }
    }
    out.push(line);
  }
  return out;
}
