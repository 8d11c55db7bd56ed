// Passages -> an inverted index over their stems, in typed arrays: BM25F over a passage's own words,
// its context (lead-in, section) and its document's title. Also keeps each passage's and sentence's
// words by number, which word-by-word matching reads.
//
// BM25 with fields: Robertson, Zaragoza & Taylor, "Simple BM25 extension to multiple weighted fields"
// (CIKM 2004): a term's frequencies are weighted and length-normalised per field, summed, then saturated.
// idf as in Lucene: ln(1 + (N - n + 0.5) / (n + 0.5)), never negative.

import type { DocumentInfo, Passage, Span } from "../types.ts";
import { sentences } from "../text/sentences.ts";
import { aliases, findAcronyms } from "../text/acronyms.ts";
import { STOP_WORDS, terms } from "../text/terms.ts";

export const FIELDS = {
  text: { weight: 1, b: 0.6 },
  context: { weight: 0.45, b: 0.5 },
  title: { weight: 0.15, b: 0.3 },
} as const;

/** Saturation of a term's frequency. */
export const K1 = 1.2;

export interface SentenceWords extends Span {
  /** Word numbers, each once. */
  readonly words: Int32Array;
}

export interface PassageWords {
  readonly sentences: readonly SentenceWords[];
  /** Own words and those of the lead-in, each once. */
  readonly text: Int32Array;
  /** Words of lead-in, section and title, each once. */
  readonly context: Int32Array;
  /** Own words counted, stop words left out. */
  readonly length: number;
}

export interface LexicalIndex {
  /** Number -> stem, and its commonest written form (for encoding and spelling). */
  readonly stems: readonly string[];
  readonly forms: readonly string[];
  /** Stem -> number. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly idf: Float32Array;
  /** How many passages hold the word among their own. */
  readonly ownCount: Int32Array;
  readonly passages: readonly PassageWords[];
  /** Adds `weight` × the BM25F score of a stem to the passages that hold it. */
  score(stem: string, weight: number, into: Float32Array): void;
}

type Counts = Map<number, number>;

/** Indexes passages; their documents' titles, publishers, kinds and dates are a field of their own. */
export function buildLexical(
  passages: readonly Passage[],
  documents: ReadonlyMap<string, DocumentInfo>,
): LexicalIndex {
  const numbers = new Map<string, number>();
  const stems: string[] = [];
  const formCounts: Map<string, number>[] = [];
  const read = (text: string) => {
    const counts: Counts = new Map();
    let length = 0;
    for (const term of terms(text)) {
      if (!term.isNumber && STOP_WORDS.has(term.word)) continue;
      let number = numbers.get(term.stem);
      if (number === undefined) {
        number = stems.length;
        numbers.set(term.stem, number);
        stems.push(term.stem);
        formCounts.push(new Map());
      }
      formCounts[number]!.set(term.word, (formCounts[number]!.get(term.word) ?? 0) + 1);
      counts.set(number, (counts.get(number) ?? 0) + 1);
      length++;
    }
    return { counts, length };
  };

  // A passage that says "the IAT" is found by "integrated access team", and the other way round.
  const alsoKnown = aliases(findAcronyms(passages.map((passage) => passage.text)));
  const contexts = new Map<string, ReturnType<typeof read>>();
  const cached = (text: string) => {
    let value = contexts.get(text);
    if (!value) contexts.set(text, (value = read(text)));
    return value;
  };
  const readSentence = (text: string) => read(`${text} ${alsoKnown(text)}`);
  const rows = passages.map((passage) => {
    const parts = sentences(passage.text).map((span) => ({
      ...span,
      ...readSentence(passage.text.slice(span.start, span.end)),
    }));
    const text: Counts = new Map();
    for (const part of parts)
      for (const [word, count] of part.counts) text.set(word, (text.get(word) ?? 0) + count);
    // A list's item says what its lead-in begins: "The following failed:" "Rochdale".
    const introduced = passage.leadIn ? [...cached(passage.leadIn.text).counts.keys()] : [];
    const withIntroduction = (words: Iterable<number>) => Int32Array.from(new Set([...words, ...introduced]));
    const context = cached([passage.leadIn?.text ?? "", ...passage.section].join("\n"));
    const title = cached(titleOf(documents.get(passage.document)));
    return {
      fields: {
        text: { counts: text, length: parts.reduce((sum, part) => sum + part.length, 0) },
        context,
        title,
      },
      words: withIntroduction(text.keys()),
      sentences: parts.map(({ start, end, counts }) => ({
        start,
        end,
        words: withIntroduction(counts.keys()),
      })),
    };
  });

  const { offsets, places, weights } = postings(
    rows.map((row) => row.fields),
    stems.length,
  );
  // Rarity is counted over own words: a word of a heading stands above many passages, yet says much.
  const ownCount = new Int32Array(stems.length);
  for (const row of rows) for (const word of row.fields.text.counts.keys()) ownCount[word]!++;
  const idf = Float32Array.from(ownCount, (n) => Math.log(1 + (passages.length - n + 0.5) / (n + 0.5)));
  return {
    stems,
    forms: formCounts.map((counts) => [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0]),
    numbers,
    idf,
    ownCount,
    passages: rows.map((row) => ({
      sentences: row.sentences,
      text: row.words,
      context: Int32Array.from(
        new Set([...row.fields.context.counts.keys(), ...row.fields.title.counts.keys()]),
      ),
      length: row.fields.text.length,
    })),
    score(stem, weight, into) {
      const number = numbers.get(stem);
      if (number === undefined) return;
      for (let i = offsets[number]!; i < offsets[number + 1]!; i++) {
        into[places[i]!]! += (weight * idf[number]! * weights[i]! * (K1 + 1)) / (weights[i]! + K1);
      }
    },
  };
}

function titleOf(document: DocumentInfo | undefined): string {
  if (!document) return "";
  return [document.title, document.publisher, document.kind, document.published, document.authority]
    .filter(Boolean)
    .join("\n");
}

type Fields = Readonly<Record<keyof typeof FIELDS, { readonly counts: Counts; readonly length: number }>>;

/** Word -> the passages that hold it, with the weighted, length-normalised frequency over all fields. */
function postings(rows: readonly Fields[], words: number) {
  const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
  const average = Object.fromEntries(
    names.map((name) => [
      name,
      rows.reduce((sum, row) => sum + row[name].length, 0) / Math.max(1, rows.length) || 1,
    ]),
  ) as Record<keyof typeof FIELDS, number>;
  const merged = rows.map((row) => {
    const total = new Map<number, number>();
    for (const name of names) {
      const { weight, b } = FIELDS[name];
      const norm = 1 - b + (b * row[name].length) / average[name];
      for (const [word, count] of row[name].counts)
        total.set(word, (total.get(word) ?? 0) + (weight * count) / norm);
    }
    return total;
  });
  const passageCount = new Int32Array(words);
  for (const row of merged) for (const word of row.keys()) passageCount[word]!++;
  const offsets = new Int32Array(words + 1);
  for (let i = 0; i < words; i++) offsets[i + 1] = offsets[i]! + passageCount[i]!;
  const places = new Int32Array(offsets[words]!);
  const weights = new Float32Array(offsets[words]!);
  const next = offsets.slice(0, words);
  for (const [place, row] of merged.entries()) {
    for (const [word, weight] of row) {
      const at = next[word]!++;
      places[at] = place;
      weights[at] = weight;
    }
  }
  return { offsets, places, weights };
}
