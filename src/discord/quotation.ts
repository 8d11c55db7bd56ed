// A quote -> a Discord block quote of bounded length: the words as they stand in the source, the words
// that answer in bold, table cells set apart with a dash, list items as a list under their lead-in. What
// is too long is cut at a sentence end near the bold words and marked "…". The source line is left to
// source-line.ts.

import type { Quote, Span } from "../types.ts";
import { escapes, wellFormed } from "./escape.ts";

const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });
const LEAD_IN_MAX = 400;

/**
 * The quote as markdown, every line beginning with `> `, at most `max` UTF-16 units (at least 100).
 *
 *   { text: "62% were NEET.", bold: [{ start: 0, end: 3 }] } -> "> **62%** were NEET."
 */
export function blockQuote(quote: Pick<Quote, "text" | "bold" | "leadIn" | "pieces">, max: number): string {
  const list = quote.leadIn !== null || quote.pieces.some((piece) => piece.join === "\n");
  if (quote.leadIn === null) return fitted(quote.text, quote.bold, list ? "> - " : "> ", max);
  const leadIn = fitted(quote.leadIn, [], "> ", Math.min(LEAD_IN_MAX, Math.floor(max / 3)));
  return `${leadIn}\n${fitted(quote.text, quote.bold, "> - ", max - leadIn.length - 1)}`;
}

function fitted(source: string, bold: readonly Span[], prefix: string, max: number): string {
  const first = bold[0];
  const focus = first && { start: first.start, end: Math.min(first.end, source.length) };
  const span = windowOf(
    source,
    focus,
    (start, end) => markdown(source, { start, end }, bold, prefix).length,
    max,
  );
  return markdown(source, span, bold, prefix);
}

/** The part of the source to show: all of it, or the sentences around the first bold words. */
function windowOf(
  source: string,
  focus: Span | undefined,
  cost: (start: number, end: number) => number,
  max: number,
): Span {
  const reach = (start: number): number => {
    let [low, high] = [start, Math.min(source.length, start + max)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (cost(start, middle) <= max) low = middle;
      else high = middle - 1;
    }
    return snap(source, low);
  };
  let start = 0;
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
  text.replaceAll("\t", " — ").replaceAll("\n", `\n${prefix}`);

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
