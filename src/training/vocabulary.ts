// Training texts -> the encoder's vocabulary: one row for each stem, all its written forms leading to
// it, and pieces for words never seen.

import { PAD, piecesOf, UNKNOWN, words } from "../encoder/tokenizer.ts";
import { stem } from "../text/terms.ts";

export interface Vocabulary {
  /** Written form or piece -> row. Forms of one stem share a row. */
  readonly pieces: ReadonlyMap<string, number>;
  readonly rows: number;
  /** How often each row was met. */
  readonly counts: readonly number[];
}

const SUFFIXES = [
  "s",
  "es",
  "ed",
  "d",
  "ing",
  "ly",
  "er",
  "ers",
  "or",
  "ors",
  "ment",
  "ments",
  "ness",
  "al",
  "ally",
];
/** Rows that carry no meaning of their own: padding, unknown words, endings, digits. */
const SILENT = [PAD, UNKNOWN];

/** Rows of stems met `minCount` times or more, by falling count. */
export function buildVocabulary(texts: Iterable<string>, minCount = 2): Vocabulary {
  const forms = new Map<string, number>();
  for (const text of texts) for (const word of words(text)) forms.set(word, (forms.get(word) ?? 0) + 1);
  const stems = new Map<string, { count: number; forms: Set<string> }>();
  for (const [form, count] of forms) {
    if (/\d/.test(form) && !/^(?:19|20)\d\d$/.test(form)) continue;
    const key = form === "%" ? stem("percent") : stem(form);
    const entry = stems.get(key) ?? { count: 0, forms: new Set() };
    entry.count += count;
    entry.forms.add(form);
    stems.set(key, entry);
  }
  const kept = [...stems]
    .filter(([, { count }]) => count >= minCount)
    .toSorted((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1));
  const pieces = new Map<string, number>(SILENT.map((piece, row) => [piece, row]));
  const silent = SILENT.length;
  for (const suffix of SUFFIXES) pieces.set(`##${suffix}`, silent);
  for (const digit of "0123456789") {
    pieces.set(digit, silent);
    pieces.set(`##${digit}`, silent);
  }
  const counts: number[] = [0, 0, 0];
  for (const [key, { count, forms: own }] of kept) {
    const row = counts.length;
    counts.push(count);
    for (const form of own) pieces.set(form, row);
    // Forms that the texts happen not to hold, so that an index may.
    for (const form of [
      key,
      ...[...own].flatMap((word) => ["s", "ed", "ing", "ly"].map((suffix) => word + suffix)),
    ]) {
      if (!pieces.has(form) && stem(form) === key && /^\p{L}+$/u.test(form)) pieces.set(form, row);
    }
  }
  return { pieces, rows: counts.length, counts };
}

/** A text's rows, silent ones left out. */
export function rowsOf(text: string, vocabulary: Vocabulary): Int32Array {
  const out: number[] = [];
  for (const word of words(text)) {
    for (const piece of piecesOf(word, vocabulary.pieces)) {
      const row = vocabulary.pieces.get(piece)!;
      if (row > SILENT.length) out.push(row);
    }
  }
  return Int32Array.from(out);
}
