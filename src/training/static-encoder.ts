// A vocabulary and its vectors -> an Encoder without a model file, for training: the same sums that the
// exported model makes.

import type { Encoder } from "../types.ts";
import { rowsOf, type Vocabulary } from "./vocabulary.ts";

/** An encoder over `vectors` (rows × dimensions): a text is its rows' sum, normalised. */
export function staticEncoder(vocabulary: Vocabulary, vectors: Float32Array, dimensions: number): Encoder {
  const sum = (text: string) => {
    const out = new Float32Array(dimensions);
    for (const row of rowsOf(text, vocabulary))
      for (let k = 0; k < dimensions; k++) out[k]! += vectors[row * dimensions + k]!;
    return out;
  };
  const unit = (vector: Float32Array) => {
    const length = Math.sqrt(vector.reduce((total, x) => total + x * x, 0));
    return length > 0 ? vector.map((x) => x / length) : vector;
  };
  return {
    id: "training",
    dimensions,
    maxTokens: 512,
    encode: async (texts) => texts.map((text) => unit(sum(text))),
    wordVectors: async (words) => words.map(sum),
    countTokens: (texts) => texts.map((text) => rowsOf(text, vocabulary).length),
  };
}
