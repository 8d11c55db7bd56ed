// A misspelt word -> the word of the documents that was meant. Only words that neither the documents
// nor the encoder know are mended, and only when one known word is near enough.

/** Shorter words have too many neighbours. */
const SHORTEST = 5;

/** Allowed edits by length: one, and two from eight letters on. */
const editsFor = (length: number) => (length >= 8 ? 2 : 1);

/**
 * The nearest of `known` (word -> how common it is) by edits; the commoner where two are as near.
 * Null where none is near enough. `safegaurding` -> `safeguarding`.
 */
export function mend(word: string, known: ReadonlyMap<string, number>): string | null {
  if (word.length < SHORTEST || /\d/.test(word)) return null;
  const limit = editsFor(word.length);
  let best: string | null = null;
  let bestEdits = limit + 1;
  let bestCount = -1;
  for (const [other, count] of known) {
    if (Math.abs(other.length - word.length) > limit || other.length < SHORTEST) continue;
    // People rarely miss a word's first letter; without it, one edit less is allowed.
    const allowed = other[0] === word[0] ? limit : limit - 1;
    if (allowed < 1) continue;
    const edits = distance(word, other, allowed);
    if (edits <= allowed && (edits < bestEdits || (edits === bestEdits && count > bestCount))) {
      best = other;
      bestEdits = edits;
      bestCount = count;
    }
  }
  return best;
}

/**
 * A county's name that a word shortens, as people do: `Cambs`, `Notts`, `Bucks`. Null for other words,
 * and where two counties of `known` fit.
 */
export function county(word: string, known: Iterable<string>): string | null {
  if (!/^\p{Ll}{3,6}s$/u.test(word)) return null;
  const start = word.slice(0, -1);
  const fitting = [...known].filter((other) => other.endsWith("shire") && other.startsWith(start));
  return fitting.length === 1 ? fitting[0]! : null;
}

/** Damerau-Levenshtein distance (optimal string alignment), given up above `limit`. */
export function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, before[j - 2]! + 1);
      row.push(value);
      least = Math.min(least, value);
    }
    if (least > limit) return limit + 1;
    before = above;
    above = row;
  }
  return above[b.length]!;
}
