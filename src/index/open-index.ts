// What retrieval reads: passages with their words, vectors and documents, all at hand and read-only.
// How it came to be (built just now, read from a folder, made by a test) is others' business; so is what
// of it are objects and what is made of a file's bytes whenever somebody asks.

import type { Document, Encoder, Passage } from "../types.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { LexicalIndex } from "./lexical.ts";
import type { VectorStore } from "./vector-store.ts";

export interface OpenIndex {
  readonly documents: ReadonlyMap<string, Document>;
  readonly passages: readonly Passage[];
  /** `Passage.id` -> its place in `passages`. */
  readonly places: Pick<ReadonlyMap<string, number>, "get">;
  readonly lexical: LexicalIndex;
  readonly lexicon: Lexicon;
  readonly encoder: Encoder;
  /** Unit vectors, passage after passage. */
  readonly vectors: Float32Array;
  /** The word vectors of `lexical.forms`; absent where the encoder has none. */
  readonly words?: WordVectors;
  /** Finds the passages nearest to a question's vector. */
  readonly store: VectorStore;
}

export interface WordVectors {
  /** Directions (unit vectors, or zeros for words without meaning), word after word. */
  readonly units: Float32Array;
  /** Lengths: what a word weighs. */
  readonly weights: Float32Array;
}

/** Splits vectors into direction and length. */
export function splitLengths(vectors: readonly Float32Array[], dimensions: number): WordVectors {
  const units = new Float32Array(vectors.length * dimensions);
  const weights = new Float32Array(vectors.length);
  for (const [i, vector] of vectors.entries()) {
    const length = lengthOf(vector);
    weights[i] = length;
    if (length > 1e-6) for (let k = 0; k < dimensions; k++) units[i * dimensions + k] = vector[k]! / length;
  }
  return { units, weights };
}

export function lengthOf(vector: Float32Array): number {
  let sum = 0;
  for (const x of vector) sum += x * x;
  return Math.sqrt(sum);
}
