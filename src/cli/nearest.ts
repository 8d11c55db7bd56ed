// A mistyped word -> the known word that was meant, for error messages that name the remedy. Knows
// nothing of what the words are.

/**
 * The known word that `word` was most likely meant to be: it begins one of them, or is at most two
 * edits (a third of its length, if that is less) away. Null when none is near.
 */
export function nearest(word: string, known: readonly string[]): string | null {
  const begins = known.filter((candidate) => word.length > 1 && candidate.startsWith(word));
  if (begins[0] !== undefined) return begins[0];
  const limit = Math.min(2, Math.ceil(word.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, edits: editDistance(word, candidate) }))
    .filter(({ edits }) => edits <= limit)
    .toSorted((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate ?? null;
}

/** Levenshtein distance: insertions, deletions and substitutions from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substituted));
    }
    row = next;
  }
  return row[b.length]!;
}
