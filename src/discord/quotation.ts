// A quote -> a Discord block quote of bounded length: the words as they stand in the source, the words
// that answer in bold, table cells set apart with a dash, list items as a list under their lead-in,
// a speaker's words under what introduces them, footnotes below. What is too long is cut at a sentence end near the bold words and marked "…". The
// source line is left to source-line.ts.

import { wordsAbove } from "../answer/quote.ts";
import type { Quote, Span } from "../types.ts";
import { escapes, wellFormed } from "./escape.ts";

const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });
const LEAD_IN_MAX = 400;
const NOTE_MAX = 300;
/** Footnotes shown under a quotation. */
const NOTES = 2;

/** As much of a quote as a message shows. */
export type Shown = Pick<Quote, "text" | "bold" | "leadIn" | "attribution" | "pieces" | "notes">;

/**
 * The quote as markdown, every line beginning with `> `, at most `max` UTF-16 units (at least 100).
 *
 *   { text: "62% were NEET.", bold: [{ start: 0, end: 3 }] } -> "> **62%** were NEET."
 *
 * What is too long is cut around `focus`, by default the first bold words.
 */
export function blockQuote(quote: Shown, max: number, focus: Span | undefined = quote.bold[0]): string {
  return parts(quote, max, (source, prefix, room) => fitted(source, quote.bold, prefix, room, focus));
}

/** The quote from its beginning, in as many block quotes as are needed, each within its share of units. */
export function blockQuotes(quote: Shown, shares: readonly number[]): string[] {
  const out: string[] = [];
  let from = 0;
  for (const max of shares) {
    if (from >= quote.text.length) break;
    const { text, bold, pieces } = quote;
    const shown = from === 0 ? quote : { text, bold, pieces, leadIn: null };
    out.push(
      parts(shown, max, (source, prefix, room) => {
        const span = windowOf(source, from, undefined, room, (start, end) =>
          markdown(source, { start, end }, quote.bold, prefix),
        );
        from = span.end;
        while (/\s/.test(source.charAt(from))) from++;
        return markdown(source, span, quote.bold, prefix);
      }),
    );
  }
  return out;
}

/** Whether the quote is longer than what `blockQuote` shows of it. */
export function isCut(quote: Shown, max: number): boolean {
  return quote.text.length > max || blockQuote(quote, max) !== blockQuote(quote, 20 * max);
}

/** Lead-in or attribution, text and footnotes, one after the other in their shares of `max`. */
function parts(
  quote: Shown,
  max: number,
  fit: (source: string, prefix: string, room: number) => string,
): string {
  const { text, leadIn, pieces, notes = [] } = quote;
  const below = notes
    .slice(0, NOTES)
    .map((note) => fitted(note, [], "> ", Math.min(NOTE_MAX, Math.floor(max / 5))));
  const list = leadIn !== null || pieces.some((piece) => piece.join === "\n");
  const room = below.reduce((left, note) => left - note.length - 1, max);
  const prefix = list ? "> - " : "> ";
  const above = wordsAbove(quote);
  if (above === null) return [fit(text, prefix, room), ...below].join("\n");
  const head = fitted(above, [], "> ", Math.min(LEAD_IN_MAX, Math.floor(room / 3)));
  return [head, fit(text, prefix, room - head.length - 1), ...below].join("\n");
}

function fitted(source: string, bold: readonly Span[], prefix: string, max: number, wanted?: Span): string {
  const focus = wanted && { start: wanted.start, end: Math.min(wanted.end, source.length) };
  const shown = (start: number, end: number): string => markdown(source, { start, end }, bold, prefix);
  return markdown(source, windowOf(source, 0, focus, max, shown), bold, prefix);
}

/** The part of the source to show from `from` on: all of it, or the sentences around the focus. */
function windowOf(
  source: string,
  from: number,
  focus: Span | undefined,
  max: number,
  shown: (start: number, end: number) => string,
): Span {
  const reach = (start: number): number => {
    // All of it needs no mark of a cut.
    const rest = source.length - start;
    if (rest <= max && shown(start, source.length).length <= max) return source.length;
    let [low, high] = [start, Math.min(source.length, start + max)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (shown(start, middle).length <= max) low = middle;
      else high = middle - 1;
    }
    return snap(source, low);
  };
  let start = from;
  let end = reach(start);
  if (focus !== undefined && focus.start < focus.end) {
    // Rather with what stands before it; failing that its sentence; failing that the words themselves.
    const before = Math.max(0, focus.start - Math.floor(max / 3));
    for (const next of [() => sentenceStart(source, before), () => sentenceStart(source, focus.start)]) {
      if (focus.end <= end) break;
      start = next();
      end = reach(start);
    }
    if (focus.end > end) {
      start = snap(source, focus.start);
      end = reach(start);
    }
  }
  if (end === source.length) return { start, end };
  const needed = focus !== undefined && focus.end <= end ? focus.end : start;
  return { start, end: sentenceEnd(source, start, end, needed) };
}

/** An offset that doesn't part a surrogate pair, at or before `offset`. */
function snap(source: string, offset: number): number {
  return /^[\ud800-\udbff][\udc00-\udfff]/.test(source.slice(offset - 1, offset + 1)) ? offset - 1 : offset;
}

function sentenceStart(source: string, offset: number): number {
  const from = snap(source, Math.max(0, offset - 600));
  let start = from;
  for (const { index } of SENTENCES.segment(source.slice(from, offset + 1))) start = from + index;
  return start === from && from > 0 ? snap(source, offset) : start;
}

/** The last sentence end that keeps what is needed and wastes little; failing that a word's; failing that `end`. */
function sentenceEnd(source: string, start: number, end: number, needed: number): number {
  const least = Math.max(needed, start + (end - start) / 3);
  let best = start;
  for (const { index, segment } of SENTENCES.segment(source.slice(start, end + 200))) {
    const stop = start + index + segment.trimEnd().length;
    if (stop <= end) best = stop;
  }
  if (best >= least) return best;
  let word = end;
  while (word > start && /\S/.test(source.charAt(word))) word--;
  while (word > start && /\s/.test(source.charAt(word - 1))) word--;
  return word >= least ? word : end;
}

/** The span of the source, escaped, with the bold words marked and every line prefixed. */
function markdown(source: string, span: Span, bold: readonly Span[], prefix: string): string {
  const text = wellFormed(source.slice(span.start, span.end));
  const marks = new Map<number, string>();
  for (const { start, end } of boldRuns(text, bold, span.start)) {
    marks.set(start, "**");
    marks.set(end, "**");
  }
  const escaped = new Set(escapes(text));
  const cuts = new Set([...escaped, ...marks.keys()]);
  let out = span.start > 0 ? `${prefix}… ` : prefix;
  let last = 0;
  for (const cut of [...cuts].toSorted((a, b) => a - b)) {
    out += laidOut(text.slice(last, cut), prefix) + (marks.get(cut) ?? "") + (escaped.has(cut) ? "\\" : "");
    last = cut;
  }
  out += laidOut(text.slice(last), prefix);
  return span.end < source.length ? `${out} …` : out;
}

const laidOut = (text: string, prefix: string): string =>
  /[\t\n]/.test(text) ? text.replaceAll("\t", " — ").replaceAll("\n", `\n${prefix}`) : text;

/** The bold spans inside the window, within one line each, without white space at their ends. */
function boldRuns(text: string, bold: readonly Span[], offset: number): Span[] {
  const runs: Span[] = [];
  for (const span of bold.toSorted((a, b) => a.start - b.start)) {
    const from = snap(text, Math.max(0, span.start - offset));
    const to = snap(text, Math.min(text.length, span.end - offset));
    for (const line of text.slice(from, Math.max(from, to)).matchAll(/\S(?:[^\n]*\S)?/g)) {
      const run = { start: from + line.index, end: from + line.index + line[0].length };
      const before = runs.at(-1);
      if (before !== undefined && !/[^\s]|\n/.test(text.slice(before.end, run.start))) {
        runs[runs.length - 1] = { start: before.start, end: Math.max(before.end, run.end) };
      } else runs.push(run);
    }
  }
  return runs;
}
