// A text -> its terms with their places: folded words and their stems, numbers in one form
// (`2,515` -> `2515`, `62 per cent` -> `62%`). What the lexical index counts and the bold words and
// spelling are found by. Leaves weights to the index and dates to time.ts.

import { stemmer } from "stemmer";
import { IRREGULAR } from "./irregular.ts";

export interface Term {
  /** Lower case, no accents, straight apostrophe, no possessive ending. */
  readonly word: string;
  /** Porter stem of a word; a number in its one form. */
  readonly stem: string;
  readonly isNumber: boolean;
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
}

const TOKEN = /£?\d+(?:[.,]\d+)*(?:\s?%|\s+per\s?cent\b)?|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/giu;

/** Words that carry no content; the lexical index leaves them out. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are aren't as at be because been before being below
  between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each
  ever few for from further get gets getting go goes going got had hadn't has hasn't have haven't having he her
  here hers herself him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself just let's
  like me more most much my myself no nor not of off on once only or other our ours ourselves out over own
  please pls same she should so some such than that that's the their theirs them themselves then there there's
  these they they're this those through to too under until up us very was wasn't we we're were weren't what
  what's when where which while who who's whom why will with won't would you you're your yours
  tell say says said mention mentions mentioned anyone anybody someone something anything thing things really actually quite lot lots`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Words that say what kind of answer is wanted rather than what about: matched, but counted for little. */
export const MEASURE_WORDS: ReadonlySet<string> = new Set(
  "many rate rates percentage percent proportion share number numbers figure figures total amount count headcount statistic statistics stat stats average name names list".split(
    " ",
  ),
);

/** One form for everything that is written in several: `Children’s` -> `children's`, `é` -> `e`. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("’", "'")
    .replaceAll("‘", "'")
    .toLowerCase();
}

/** Porter stem of a folded word; of an irregular verb's past, that of the verb. */
export function stem(word: string): string {
  const plain = word.replaceAll("'", "");
  return stemmer(IRREGULAR.get(plain) ?? plain);
}

/** Words as they are written -> folded, without a possessive ending, and their stems; remembered. */
const readings = new Map<string, { readonly word: string; readonly stem: string }>();

function readWord(written: string): { readonly word: string; readonly stem: string } {
  let reading = readings.get(written);
  if (reading === undefined) {
    const word = fold(written).replace(/'s?$/, "");
    reading = { word, stem: stem(word) };
    if (readings.size > 200_000) readings.clear();
    readings.set(written, reading);
  }
  return reading;
}

/** The terms of a text in order, stop words included. */
export function terms(text: string): Term[] {
  const out: Term[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    const end = start + match[0].length;
    if (/\d/.test(match[0])) {
      const value = numberForm(match[0]);
      out.push({ word: value, stem: value, isNumber: true, start, end });
    } else {
      const { word, stem: root } = readWord(match[0]);
      if (word !== "") out.push({ word, stem: root, isNumber: false, start, end });
    }
  }
  return out;
}

/** `£2,515` -> `2515`, `42.3 %` and `42.3 per cent` -> `42.3%`. */
function numberForm(raw: string): string {
  const percent = /%|cent/i.test(raw);
  const digits = raw.replace(/[^\d.,]/g, "").replace(/,(?=\d{3}(?:\D|$))/g, "");
  return digits + (percent ? "%" : "");
}

/** The stems that the lexical index counts: no stop words. */
export function contentStems(text: string): string[] {
  return terms(text)
    .filter((term) => term.isNumber || !STOP_WORDS.has(term.word))
    .map((term) => term.stem);
}
