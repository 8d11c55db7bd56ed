// A predicted span and the gold answers -> exact match and token F1, as SQuAD defines them: Rajpurkar et
// al., SQuAD: 100,000+ Questions for Machine Comprehension of Text (2016), and its evaluate-v2.0.py.

/** Lower case, ASCII punctuation out, articles out, single spaces: SQuAD's `normalize_answer`. */
export function normalizeAnswer(text: string): string {
  return text
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~]/g, "")
    .replace(/\b(?:a|an|the)\b/g, " ")
    .split(/\s+/)
    .filter((token) => token !== "")
    .join(" ");
}

/** 1 when the normalised prediction equals a normalised gold answer, else 0. */
export function exactMatch(predicted: string, gold: readonly string[]): number {
  const normalized = normalizeAnswer(predicted);
  return gold.some((answer) => normalizeAnswer(answer) === normalized) ? 1 : 0;
}

/**
 * Harmonic mean, 0 to 1, of the precision and recall of the prediction's tokens, against the gold answer
 * that it agrees with best. Two empty texts agree wholly, an empty and a full one not at all.
 */
export function tokenF1(predicted: string, gold: readonly string[]): number {
  return Math.max(0, ...gold.map((answer) => f1(tokens(predicted), tokens(answer))));
}

function tokens(text: string): string[] {
  return normalizeAnswer(text)
    .split(" ")
    .filter((token) => token !== "");
}

function f1(predicted: readonly string[], gold: readonly string[]): number {
  if (predicted.length === 0 || gold.length === 0) return predicted.length === gold.length ? 1 : 0;
  const left = new Map<string, number>();
  for (const token of gold) left.set(token, (left.get(token) ?? 0) + 1);
  let same = 0;
  for (const token of predicted) {
    const count = left.get(token) ?? 0;
    if (count > 0) {
      same += 1;
      left.set(token, count - 1);
    }
  }
  if (same === 0) return 0;
  const precision = same / predicted.length;
  const recall = same / gold.length;
  return (2 * precision * recall) / (precision + recall);
}
