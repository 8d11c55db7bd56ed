// Texts -> a first vector for every row: skip-gram with negative sampling (Mikolov et al. 2013,
// arXiv 1310.4546). Only the start of the encoder's training; contrastive.ts makes it an encoder.

import type { Random } from "./random.ts";

export interface SkipGramOptions {
  readonly rows: number;
  readonly dimensions: number;
  readonly counts: readonly number[];
  readonly epochs: number;
  readonly window: number;
  readonly negatives: number;
  readonly random: Random;
  readonly onEpoch?: (epoch: number) => void;
}

/** Vectors of `dimensions` numbers, row after row. */
export function skipGram(texts: readonly Int32Array[], options: SkipGramOptions): Float32Array {
  const { rows, dimensions: d, counts, epochs, window, negatives, random } = options;
  const input = new Float32Array(rows * d).map(() => (random.next() - 0.5) / d);
  const output = new Float32Array(rows * d);
  const table = negativeTable(counts);
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  const keep = counts.map((count) =>
    Math.min(1, Math.sqrt((1e-4 * total) / Math.max(1, count)) + (1e-4 * total) / Math.max(1, count)),
  );
  const gradient = new Float32Array(d);
  let seen = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const whole of texts) {
      const rate = Math.max(0.0001, 0.025 * (1 - seen / (epochs * total + 1)));
      seen += whole.length;
      const text = whole.filter((row) => random.next() < keep[row]!);
      for (let i = 0; i < text.length; i++) {
        const reach = 1 + random.below(window);
        const center = text[i]! * d;
        for (let j = Math.max(0, i - reach); j <= Math.min(text.length - 1, i + reach); j++) {
          if (j === i) continue;
          gradient.fill(0);
          for (let n = 0; n <= negatives; n++) {
            const row = n === 0 ? text[j]! : table[random.below(table.length)]!;
            if (n > 0 && row === text[j]) continue;
            const at = row * d;
            let dot = 0;
            for (let k = 0; k < d; k++) dot += input[center + k]! * output[at + k]!;
            const g = rate * ((n === 0 ? 1 : 0) - 1 / (1 + Math.exp(-dot)));
            for (let k = 0; k < d; k++) {
              gradient[k]! += g * output[at + k]!;
              output[at + k]! += g * input[center + k]!;
            }
          }
          for (let k = 0; k < d; k++) input[center + k]! += gradient[k]!;
        }
      }
    }
    options.onEpoch?.(epoch + 1);
  }
  return input;
}

/** Rows in proportion to count^0.75, for drawing negatives. */
function negativeTable(counts: readonly number[]): Int32Array {
  const size = 1_000_000;
  const powers = counts.map((count) => count ** 0.75);
  const sum = powers.reduce((a, b) => a + b, 0);
  const table = new Int32Array(size);
  let row = 0;
  let reached = powers[0]! / sum;
  for (let i = 0; i < size; i++) {
    while (i / size >= reached && row < counts.length - 1) reached += powers[++row]! / sum;
    table[i] = row;
  }
  return table;
}
