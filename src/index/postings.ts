// Passages' words, counted by field -> for each word the passages that hold it, with the weighted,
// length-normalised frequency that BM25F scores by (lexical.ts names the source).

import type { LexicalArrays } from "./lexical.ts";
import type { Counted } from "./vocabulary.ts";

export const FIELDS = {
  text: { weight: 1, b: 0.6 },
  context: { weight: 0.45, b: 0.5 },
  title: { weight: 0.15, b: 0.3 },
} as const;

/** A passage's words in each field. */
export type Fields = Readonly<Record<keyof typeof FIELDS, Counted>>;

/** The postings of `wordCount` words over the passages' rows. */
export function buildPostings(
  rows: readonly Fields[],
  wordCount: number,
): Pick<LexicalArrays, "postingsFrom" | "postingPlaces" | "postingWeights"> {
  const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
  const average = (name: keyof Fields) =>
    rows.reduce((sum, row) => sum + row[name].length, 0) / Math.max(1, rows.length) || 1;
  const fields = names.map((name) => ({ name, ...FIELDS[name], average: average(name) }));
  const postingsFrom = new Int32Array(wordCount + 1);
  const lastPlace = new Int32Array(wordCount).fill(-1);
  for (const [place, row] of rows.entries()) {
    for (const { name } of fields) {
      for (const word of row[name].words) {
        if (lastPlace[word] !== place) postingsFrom[word + 1]!++;
        lastPlace[word] = place;
      }
    }
  }
  for (let word = 0; word < wordCount; word++) postingsFrom[word + 1]! += postingsFrom[word]!;
  const postingPlaces = new Int32Array(postingsFrom[wordCount]!);
  const postingWeights = new Float32Array(postingsFrom[wordCount]!);
  const next = postingsFrom.slice();
  for (const [place, row] of rows.entries()) {
    const total = new Map<number, number>();
    for (const { name, weight, b, average: usual } of fields) {
      const { words, counts, length } = row[name];
      const norm = 1 - b + (b * length) / usual;
      for (const [i, word] of words.entries())
        total.set(word, (total.get(word) ?? 0) + (weight * counts[i]!) / norm);
    }
    for (const [word, weight] of total) {
      postingPlaces[next[word]!] = place;
      postingWeights[next[word]!++] = weight;
    }
  }
  return { postingsFrom, postingPlaces, postingWeights };
}
