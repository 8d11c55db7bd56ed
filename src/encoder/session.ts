// A model's folder -> texts to vectors and token counts, through transformers.js' feature-extraction
// pipeline. The folder is all it reads. Which folder and which settings, and getting the files there, are
// left to open.ts, models.ts and download.ts.

import type { Encoder } from "../types.ts";
import { loadLibrary } from "./library.ts";
import type { ModelSettings } from "./models.ts";
import { inTurn, longestInput, runtimeOptions } from "./runtime.ts";

/** The part of the pipeline that is used here; the library's own type spans all of its tasks. */
interface Extractor {
  (
    text: string,
    options: { pooling: "mean" | "cls"; normalize: boolean },
  ): Promise<{ data: Float32Array; dims: number[] }>;
  (texts: readonly string[], options: { pooling: "none" }): Promise<{ data: Float32Array; dims: number[] }>;
  readonly tokenizer: {
    (text: string, options: { return_tensor: false }): { input_ids: number[] };
    readonly config: { model_max_length?: number };
  };
  readonly model: { readonly config: { max_position_embeddings?: number } };
}

/**
 * Opens the model in `folder` (absolute). `threads` limits the runtime to so many; unset, it takes the
 * machine's. The first run happens here, so that a model that can't be used is found out at once.
 * Rejects with the library's error.
 */
export async function openSession(
  folder: string,
  settings: ModelSettings,
  threads?: number,
): Promise<Omit<Encoder, "id">> {
  const { pipeline } = await loadLibrary();
  const options = runtimeOptions(settings, threads);
  const extractor = (await pipeline("feature-extraction", folder, options)) as unknown as Extractor;
  const { tokenizer, model } = extractor;

  const cut = longestInput(settings, tokenizer.config, model.config);
  tokenizer.config.model_max_length = cut; // where the pipeline cuts

  const count = (text: string) => tokenizer(text, { return_tensor: false }).input_ids.length;
  const special = count("");
  const prefixes = { query: settings.queryPrefix, passage: settings.passagePrefix };
  const longest = Math.max(...Object.values(prefixes).map((prefix) => count(prefix) - special));

  // One text a run. Batching gains nothing on a CPU, and padding to the longest neighbour, or the
  // neighbours' range of values in a quantised model, would let a text's vector depend on them.
  async function embed(text: string): Promise<Float32Array> {
    if (special === 0 && count(text) === 0) return new Float32Array(dimensions);
    const { data } = await extractor(text, { pooling: settings.pooling, normalize: false });
    return normalised(data);
  }

  // A word is the sum of its pieces; padding's row is zero.
  async function embedWords(words: readonly string[]): Promise<Float32Array[]> {
    if (words.every((word) => count(word) === special)) return words.map(() => new Float32Array(dimensions));
    const { data, dims } = await extractor(words, { pooling: "none" });
    const pieces = dims[1]!;
    return words.map((_, w) => {
      const sum = new Float32Array(dimensions);
      for (let at = w * pieces * dimensions, end = at + pieces * dimensions; at < end; at++)
        sum[at % dimensions]! += data[at]!;
      return sum;
    });
  }

  const { dims } = await extractor("a", { pooling: settings.pooling, normalize: false });
  const dimensions = dims.at(-1)!;

  // Each text waits its turn by itself, so that a question asked while thousands of passages are encoded
  // is next, not last.
  const queued = inTurn();

  return {
    dimensions,
    maxTokens: cut - longest,
    async encode(texts, purpose) {
      const vectors: Float32Array[] = [];
      for (const text of texts) vectors.push(await queued(() => embed(prefixes[purpose] + text)));
      return vectors;
    },
    ...(settings.wordVectors && {
      async wordVectors(words: readonly string[]) {
        const vectors: Float32Array[] = [];
        for (let i = 0; i < words.length; i += WORD_BATCH) {
          vectors.push(...(await queued(() => embedWords(words.slice(i, i + WORD_BATCH)))));
        }
        return vectors;
      },
    }),
    countTokens: (texts) => texts.map(count),
  };
}

/** Words that go through the model in one run: of static vectors none depends on its neighbours. */
const WORD_BATCH = 256;

/** Divided by its length. A vector of zeros stays one: it is similar to nothing. */
function normalised(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (!Number.isFinite(sum)) throw new Error("The model delivered a vector with numbers that are not finite");
  const length = Math.sqrt(sum);
  return length === 0 ? new Float32Array(vector.length) : vector.map((value) => value / length);
}
