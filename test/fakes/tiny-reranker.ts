// A cross-encoder of a few words in a temporary folder: real files that transformers.js opens. Its score
// is how many meanings question and passage share, and one more for a pair that is closed as in training:
//
//     [CLS] question [SEP] passage [SEP]

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attribute, FLOAT, INT64, modelFile, node, tensor } from "../../src/encoder/onnx-file.ts";
import { wordTokenizer } from "../../src/encoder/tokenizer.ts";

export interface TinyRerankerOptions {
  /** Words by what they mean; others mean nothing. */
  readonly meanings?: Readonly<Record<string, number>>;
  /** Numbers that the model gives for a pair (1): of two, the second less the first is three times the score. */
  readonly labels?: number;
  readonly maxTokens?: number;
  /** Written into the model's config.json. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Makes the model's folder; `remove` takes it away. */
export async function makeTinyReranker(
  options: TinyRerankerOptions = {},
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const { meanings = {}, labels = 1, maxTokens = 64, config = {} } = options;
  const words = Object.keys(meanings);
  const closing = Math.max(-1, ...Object.values(meanings)) + 1;
  const dimensions = closing + 1;
  const pieces = new Map(["[PAD]", "[UNK]", ...words].map((piece, id) => [piece, id]));
  const [cls, sep] = [pieces.size, pieces.size + 1];
  const vectors = new Float32Array((sep + 1) * dimensions);
  for (const word of words) vectors[pieces.get(word)! * dimensions + meanings[word]!] = 1;
  vectors[sep * dimensions + closing] = 1;

  const files = wordTokenizer({ pieces, dimensions, maxTokens });
  const tokenizer = JSON.parse(files["tokenizer.json"]);
  Object.assign(tokenizer.model.vocab, { "[CLS]": cls, "[SEP]": sep });
  tokenizer.post_processor = { type: "BertProcessing", cls: ["[CLS]", cls], sep: ["[SEP]", sep] };
  const folder = await mkdtemp(join(tmpdir(), "tiny-reranker-"));
  await mkdir(join(folder, "onnx"));
  const contents = {
    ...files,
    "tokenizer.json": JSON.stringify(tokenizer),
    "config.json": JSON.stringify({
      ...JSON.parse(files["config.json"]),
      architectures: ["BertForSequenceClassification"],
      type_vocab_size: 2,
      ...config,
    }),
    "onnx/model.onnx": pairModel(vectors, dimensions, labels),
  };
  for (const [name, content] of Object.entries(contents)) await writeFile(join(folder, name), content);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The dot product of the question's and the passage's summed vectors, by `labels` readings of it. */
function pairModel(vectors: Float32Array, dimensions: number, labels: number): Uint8Array {
  const readings = Float32Array.from(
    { length: dimensions * labels },
    (_, i) => [1, -1, 2][labels === 1 ? 0 : 1 + (i % 2)]!,
  );
  const axis = (name: string, value: number) => tensor(name, INT64, [1], BigInt64Array.of(BigInt(value)));
  return modelFile({
    name: "pair",
    initializers: [
      tensor("table", FLOAT, [vectors.length / dimensions, dimensions], vectors),
      tensor("readings", FLOAT, [dimensions, labels], readings),
      axis("sequence", 1),
      axis("last", 2),
    ],
    nodes: [
      node("Gather", ["table", "input_ids"], "tokens"),
      node("Cast", ["token_type_ids"], "types", attribute("to", FLOAT)),
      node("Unsqueeze", ["types", "last"], "second"),
      node("Mul", ["tokens", "second"], "passageTokens"),
      node("Sub", ["tokens", "passageTokens"], "questionTokens"),
      node("ReduceSum", ["passageTokens", "sequence"], "passage", attribute("keepdims", 0)),
      node("ReduceSum", ["questionTokens", "sequence"], "question", attribute("keepdims", 0)),
      node("Mul", ["question", "passage"], "shared"),
      node("MatMul", ["shared", "readings"], "logits"),
    ],
    inputs: ["input_ids", "attention_mask", "token_type_ids"].map((name) => ({
      name,
      type: INT64,
      shape: ["batch", "tokens"],
    })),
    outputs: [{ name: "logits", type: FLOAT, shape: ["batch", labels] }],
  });
}
