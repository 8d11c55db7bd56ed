// A word-level encoder of two dozen words in a temporary folder: real files that transformers.js opens,
// small enough to be made for every test. Vectors are pseudo-random, the same on every machine.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Storage } from "../../src/encoder/onnx.ts";
import { writeStaticEncoder } from "../../src/encoder/write.ts";

export const TINY_DIMENSIONS = 8;

const WORDS =
  "[PAD] [UNK] the council board foster care child children social worker good poor query passage 62 % 2013 ##s ##ing cafe £ a";

export const TINY_PIECES: ReadonlyMap<string, number> = new Map(
  WORDS.split(" ").map((piece, id) => [piece, id]),
);

/** A row for each of `TINY_PIECES`; those of `[PAD]` and `[UNK]` are zeros. */
export function tinyVectors(seed = 1): Float32Array {
  const vectors = new Float32Array(TINY_PIECES.size * TINY_DIMENSIONS);
  let state = seed;
  for (let i = 2 * TINY_DIMENSIONS; i < vectors.length; i++) {
    state = (state * 48271) % 2147483647;
    vectors[i] = state / 1073741823.5 - 1;
  }
  return vectors;
}

export interface TinyOptions {
  readonly seed?: number;
  readonly storage?: Storage;
  readonly maxTokens?: number;
  /** Written to chapter-and-verse.json; null leaves that file out. */
  readonly settings?: Readonly<Record<string, unknown>> | null;
}

/** Makes the model's folder; `remove` takes it away. */
export async function makeTinyModel(
  options: TinyOptions = {},
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const { seed, storage = "float32", maxTokens = 64, settings } = options;
  const folder = await mkdtemp(join(tmpdir(), "tiny-model-"));
  await writeStaticEncoder(folder, {
    pieces: TINY_PIECES,
    vectors: tinyVectors(seed),
    dimensions: TINY_DIMENSIONS,
    storage,
    maxTokens,
  });
  const file = join(folder, "chapter-and-verse.json");
  if (settings === null) await rm(file);
  else if (settings !== undefined) await writeFile(file, JSON.stringify(settings));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
