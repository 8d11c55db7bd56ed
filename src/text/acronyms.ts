// Documents explain their abbreviations: "the Integrated Access Team (IAT)". Texts -> those pairs, so
// that a question with the one finds the passages with the other.

import { isDeepStrictEqual } from "node:util";
import type { Span } from "../types.ts";
import { findPhrases } from "./phrases.ts";

/** The `(LSCB)` of `Local Safeguarding Children Board (LSCB)`. */
const BRACKETED = /\(([A-Z][A-Za-z&]{1,7})\)/g;
/** Up to eight words that end a text. */
const WORDS_BEFORE = /(?<![\p{L}’'&/-])(?:[\p{L}’'&/-]+,?\s+){1,8}$/u;
/** More characters than eight words have. */
const REACH = 400;
const SMALL = new Set(["of", "and", "the", "for", "in", "to", "a", "on", "or", "with", "&"]);

/** An abbreviation as it is written, and what a text says that it stands for. */
export type Acronym = readonly [short: string, long: string];

/** What a text explains, in order. */
export function acronymsIn(text: string): Acronym[] {
  return explanations(text).map(({ short, start, end }) => [
    short,
    text.slice(start, end).replace(/\s+/g, " "),
  ]);
}

/** Where a text spells out an abbreviation that it puts in brackets; null where it doesn't. A plural is the same. */
export function findExplanation(text: string, short: string): Span | null {
  const key = (word: string) => word.toLowerCase().replace(/s$/, "");
  const found = explanations(text).find((explanation) => key(explanation.short) === key(short));
  return found ? { start: found.start, end: found.end } : null;
}

/** The abbreviations in brackets, with the words before each that spell it out. */
function explanations(text: string): (Span & { readonly short: string })[] {
  const out: (Span & { short: string })[] = [];
  for (const { 1: short = "", index } of text.matchAll(BRACKETED)) {
    const before = WORDS_BEFORE.exec(text.slice(Math.max(0, index - REACH), index));
    const words = [...(before?.[0].matchAll(/\S+/g) ?? [])];
    const first = startOfExpansion(
      words.map(([word]) => word.replace(/,$/, "")),
      short,
    );
    if (first === null) continue;
    const from = index - before![0].length;
    const last = words.at(-1)!;
    out.push({ short, start: from + words[first]!.index, end: from + last.index + last[0].length });
  }
  return out;
}

/** Abbreviation -> what it is said to stand for, in order of first mention. */
export function findAcronyms(found: Iterable<Acronym>): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const [short, long] of found) {
    const known = out.get(short) ?? [];
    if (!known.some((other) => other.toLowerCase() === long.toLowerCase())) out.set(short, [...known, long]);
  }
  return out;
}

/** Where the shortest run of words at the end begins whose first letters spell the abbreviation. */
function startOfExpansion(words: readonly string[], short: string): number | null {
  const letters = short
    .replace(/s$/, "")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  if (letters.length < 2) return null;
  for (let from = words.length - 1; from >= 0; from--) {
    const run = words.slice(from);
    if (SMALL.has(run[0]!.toLowerCase())) continue;
    // Hyphenated words give a letter for each part; small words may be skipped.
    const parts = run.flatMap((word) => word.split(/[-/]/));
    const all = parts.map((part) => part[0]?.toLowerCase() ?? "").join("");
    const big = parts
      .filter((part) => !SMALL.has(part.toLowerCase()))
      .map((part) => part[0]?.toLowerCase() ?? "")
      .join("");
    if (all === letters || big === letters) return from;
  }
  return null;
}

/** A text -> what its abbreviations stand for and the abbreviations of what it spells out, where not there already. */
export function aliases(acronyms: ReadonlyMap<string, readonly string[]>): (text: string) => string {
  // In an order that doesn't depend on which document comes first.
  const all = [...acronyms]
    .map(([short, longs]) => ({ short, longs: longs.map((long) => long.toLowerCase()) }))
    .toSorted((a, b) => (a.short < b.short ? -1 : 1));
  const shorts = findPhrases(all.map(({ short }) => [singular(short)]));
  const longs = findPhrases(all.map((acronym) => acronym.longs));
  return (text) => {
    const shortened = new Set<number>();
    const spelled = new Set<number>();
    shorts(text, (which, start, end) => {
      if (isWord(text, start, text[end] === "s" ? end + 1 : end)) shortened.add(which);
    });
    longs(text.toLowerCase(), (which) => spelled.add(which));
    if (shortened.size + spelled.size === 0) return "";
    return [...new Set([...shortened, ...spelled])]
      .filter((which) => !(shortened.has(which) && spelled.has(which)))
      .toSorted((a, b) => a - b)
      .map((which) => (spelled.has(which) ? all[which]!.short : all[which]!.longs[0]!))
      .join(" ");
  };
}

/**
 * Tells whether `aliases` may say something else of a text, once the documents explain `now` instead of
 * `before`: whether one of the abbreviations that came, went or changed may stand in it, short or spelled
 * out. Null where none did, and no text has to be looked at.
 */
export function affectedBy(
  before: ReadonlyMap<string, readonly string[]>,
  now: ReadonlyMap<string, readonly string[]>,
): ((text: string) => boolean) | null {
  const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
    (short) => !isDeepStrictEqual(before.get(short), now.get(short)),
  );
  if (changed.length === 0) return null;
  const forms = changed.flatMap((short) => [
    singular(short),
    ...(before.get(short) ?? []),
    ...(now.get(short) ?? []),
  ]);
  const search = findPhrases([forms.map((form) => form.toLowerCase())]);
  return (text) => {
    let found = false;
    search(text.toLowerCase(), () => (found = true));
    return found;
  };
}

const singular = (short: string) => short.replace(/s$/, "");

/** Whether no letter or figure stands right before `start` or at `end`. */
function isWord(text: string, start: number, end: number): boolean {
  const before = start - (isLowSurrogate(text.charCodeAt(start - 1)) ? 2 : 1);
  return !isLetter(text.codePointAt(before)) && !isLetter(text.codePointAt(end));
}

const isLowSurrogate = (code: number) => code >= 0xdc00 && code <= 0xdfff;

function isLetter(code: number | undefined): boolean {
  return code !== undefined && /[\p{L}\d]/u.test(String.fromCodePoint(code));
}
