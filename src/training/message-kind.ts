// Labelled messages -> the model of message-kind.ts: multinomial logistic regression by stochastic
// gradient descent, each class weighing the same whatever its number of examples (to the square root).

import { type MessageKind, type MessageModel, ngrams } from "../retrieval/message-kind.ts";
import type { Random } from "./random.ts";

export interface LabelledMessage<K extends string = MessageKind> {
  readonly text: string;
  readonly kind: K;
}

const EPOCHS = 12;
const RATE = 1;
const DECAY = 2e-5;

/** Trains on messages; n-grams met once are left out. */
export function trainMessageModel<K extends string>(
  messages: readonly LabelledMessage<K>[],
  kinds: readonly K[],
  random: Random,
): MessageModel<K> {
  const counts = new Map<string, number>();
  const grams = messages.map(({ text }) => ngrams(text));
  for (const list of grams) for (const gram of new Set(list)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const weights = new Map<string, Float64Array>();
  for (const [gram, count] of counts) if (count >= 2) weights.set(gram, new Float64Array(kinds.length));
  const bias = new Float64Array(kinds.length);
  const sizes = kinds.map((kind) => messages.filter((message) => message.kind === kind).length);
  const order = messages.map((_, i) => i);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE * (1 - epoch / EPOCHS);
    for (const i of random.shuffle(order)) {
      const known = grams[i]!.flatMap((gram) => weights.get(gram) ?? []);
      const scale = 1 / Math.sqrt(grams[i]!.length || 1);
      const scores = Array.from(bias, (b, k) => b + known.reduce((sum, w) => sum + w[k]! * scale, 0));
      const top = Math.max(...scores);
      const exp = scores.map((s) => Math.exp(s - top));
      const all = exp.reduce((a, b) => a + b, 0);
      const right = kinds.indexOf(messages[i]!.kind);
      const step = rate * Math.min(3, Math.sqrt(messages.length / kinds.length / sizes[right]!));
      for (let k = 0; k < kinds.length; k++) {
        const g = step * (exp[k]! / all - (k === right ? 1 : 0));
        bias[k]! -= g * 0.1;
        for (const w of known) w[k]! -= g * scale + DECAY * w[k]!;
      }
    }
  }
  const round = (x: number) => Math.round(x * 100) / 100;
  const kept = [...weights]
    .filter(([, w]) => w.some((x) => Math.abs(x) >= 0.15))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    kinds,
    bias: Array.from(bias, round),
    weights: Object.fromEntries(kept.map(([gram, w]) => [gram, Array.from(w, round)])),
  };
}
