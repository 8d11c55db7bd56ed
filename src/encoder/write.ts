// A vocabulary and its vectors -> a folder that `openEncoder` (and transformers.js) opens. The trainer
// and the tests use it; where vocabulary and vectors come from is left to them.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { gatherModel, type Storage } from "./onnx.ts";
import { wordTokenizer } from "./tokenizer.ts";

/**
 * Writes a static encoder: tokenizer, `onnx/model.onnx` and `chapter-and-verse.json` (mean pooling, fp32,
 * no prefixes). `vectors` holds a row of `dimensions` numbers for each id; pieces that share an id share its row, and
 * a row's length is its weight in the mean. Files that are there are replaced.
 */
export async function writeStaticEncoder(
  folder: string,
  encoder: {
    readonly pieces: ReadonlyMap<string, number>;
    readonly vectors: Float32Array;
    readonly dimensions: number;
    readonly storage?: Storage;
    readonly maxTokens?: number;
  },
): Promise<void> {
  const { pieces, vectors, dimensions, storage = "float32", maxTokens = 512 } = encoder;
  const rows = Math.max(...pieces.values()) + 1;
  if (vectors.length !== rows * dimensions) {
    throw new UserError(
      `writeStaticEncoder: expected ${rows} rows × ${dimensions} numbers, got ${vectors.length}`,
    );
  }
  const settings = {
    pooling: "mean",
    queryPrefix: "",
    passagePrefix: "",
    dtype: "fp32",
    maxTokens,
    wordVectors: true,
  };
  const files = {
    ...wordTokenizer({ pieces, dimensions, maxTokens }),
    "chapter-and-verse.json": `${JSON.stringify(settings, null, 2)}\n`,
    "onnx/model.onnx": gatherModel({ vectors, rows, dimensions, storage }),
  };
  await mkdir(join(folder, "onnx"), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}
