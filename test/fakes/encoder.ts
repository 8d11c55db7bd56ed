// An encoder without a model, for unit tests: words and their letter trigrams hashed into 32 numbers.
// Texts that share words or word beginnings are similar, others are not; nothing is learned.

import { words } from "../../src/encoder/tokenizer.ts";
import type { Encoder } from "../../src/types.ts";

const DIMENSIONS = 32;

/**
 * The same text gives the same vector, whatever its purpose; a text without words a vector of zeros.
 * With `wordVectors`, words have vectors too, the longer for more letters.
 */
export function fakeEncoder(id = "fake@1", { wordVectors = false } = {}): Encoder {
  return {
    id,
    dimensions: DIMENSIONS,
    maxTokens: 256,
    encode: (texts) => Promise.resolve(texts.map(vectorOf)),
    countTokens: (texts) => texts.map((text) => words(text).length),
    ...(wordVectors && {
      wordVectors: (list: readonly string[]) =>
        Promise.resolve(list.map((word) => vectorOf(word).map((value) => (value * word.length) / 4))),
    }),
  };
}

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  const add = (feature: string, weight: number) => {
    const hash = fnv1a(feature);
    // One bit of the hash is the sign, so that strangers cancel out instead of adding up.
    vector[(hash >>> 1) % DIMENSIONS]! += hash & 1 ? weight : -weight;
  };
  for (const word of words(text)) {
    add(word, 1);
    const padded = `^${word}$`;
    for (let i = 0; i + 3 <= padded.length; i++) add(padded.slice(i, i + 3), 0.5);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** http://www.isthe.com/chongo/tech/comp/fnv: `fnv1a("a") === 0xe40c292c`. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
