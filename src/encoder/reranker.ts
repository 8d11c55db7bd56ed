// RERANKER_MODEL's value -> an open cross-encoder: a question and a passage read together -> one score,
// through transformers.js. Finding its files is left to source.ts; what its scores do to a ranking to
// retrieval/rerank.ts.

import { UserError } from "../errors.ts";
import type { Reranker } from "../types.ts";
import { loadLibrary } from "./library.ts";
import type { ModelSettings } from "./models.ts";
import { inTurn, longestInput, runtimeOptions } from "./runtime.ts";
import { RERANKER } from "./setting.ts";
import { type ModelOptions, openModel } from "./source.ts";

/** A pair's tokens: `input_ids`, `attention_mask` and, of some models, `token_type_ids`. */
type Pair = Readonly<Record<string, number[]>> & { readonly input_ids: number[] };

/** The parts of the library's classes that are used here. */
interface Tokenizer {
  (
    text: string,
    options: { text_pair: string; return_tensor: false; return_token_type_ids: boolean | null },
  ): Pair;
  readonly config: { readonly model_max_length?: number };
}
interface Classifier {
  (inputs: Readonly<Record<string, unknown>>): Promise<{ readonly logits?: Logits }>;
  readonly config: { readonly max_position_embeddings?: number; readonly type_vocab_size?: number };
}
interface Logits {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/**
 * Opens the reranker. Only a hub model that isn't in the cache yet makes requests. Rejects with
 * `UserError` when the model isn't there, can't be downloaded or run, or doesn't score pairs of texts.
 */
export function openReranker(options: ModelOptions): Promise<Reranker> {
  return openModel(options, RERANKER, async ({ name, folder }, settings) => {
    const run = await openPairs(folder, settings);
    const scoreOf = async (question: string, passage: string) => scoreIn(await run(question, passage), name);
    await scoreOf("a", "a"); // a model that can't be used is found out at once
    // One pair a run, as with the encoder: of several, padding and a quantised model's range of values
    // would let a score depend on its neighbours. Each waits its turn by itself.
    const queued = inTurn();
    return {
      async score(question, passages) {
        const scores = new Float32Array(passages.length);
        for (const [i, passage] of passages.entries())
          scores[i] = await queued(() => scoreOf(question, passage));
        return scores;
      },
    };
  });
}

/** Opens the model in `folder` (absolute): a question and a passage to logits. */
async function openPairs(folder: string, settings: ModelSettings) {
  const { AutoModelForSequenceClassification, AutoTokenizer, Tensor } = await loadLibrary();
  const [tokenizer, model] = (await Promise.all([
    AutoTokenizer.from_pretrained(folder),
    AutoModelForSequenceClassification.from_pretrained(folder, runtimeOptions(settings)),
  ])) as unknown as [Tokenizer, Classifier];
  const longest = longestInput(settings, tokenizer.config, model.config);
  // Which text a token belongs to is told to models that were trained with it, whatever the tokenizer's
  // class thinks; to others (RoBERTa and its like) a 1 would be out of range.
  const types = model.config.type_vocab_size;
  const encode = (question: string, passage: string): Pair =>
    tokenizer(question, {
      text_pair: passage,
      return_tensor: false,
      return_token_type_ids: types === undefined ? null : types > 1,
    });
  const ending = commonEnding(encode("", "").input_ids, encode("", "a").input_ids);

  return async (question: string, passage: string): Promise<Logits | undefined> => {
    const pair = Object.entries(encode(question, passage)).map(([name, tokens]) => {
      const cut = cutBefore(tokens, ending, longest);
      return [name, new Tensor("int64", BigInt64Array.from(cut, BigInt), [1, cut.length])];
    });
    return (await model(Object.fromEntries(pair))).logits;
  };
}

/** How many tokens at the end two lists share: the special ones that close a pair. */
function commonEnding(a: readonly number[], b: readonly number[]): number {
  let n = 0;
  while (n < Math.min(a.length, b.length) && a.at(-1 - n) === b.at(-1 - n)) n++;
  return n;
}

/**
 * At most `longest` tokens; those left out stand before the last `ending`: the passage's end. The library
 * would cut off the token that closes the pair, which models were never trained without.
 *
 *     cutBefore([101, 7, 102, 8, 9, 102], 1, 5) // [101, 7, 102, 8, 102]
 */
export function cutBefore(tokens: readonly number[], ending: number, longest: number): readonly number[] {
  if (tokens.length <= longest) return tokens;
  return [...tokens.slice(0, longest - ending), ...tokens.slice(tokens.length - ending)];
}

/** One label's logit; of two (no, yes) how far the second is above the first. */
function scoreIn(logits: Logits | undefined, name: string): number {
  const shape = logits?.dims.join(" × ");
  const score =
    shape === "1 × 1" ? logits!.data[0]! : shape === "1 × 2" ? logits!.data[1]! - logits!.data[0]! : null;
  if (score === null) {
    throw new UserError(
      `${RERANKER.variable}: the model "${name}" is no reranker: for a question and a passage it gives ${shape === undefined ? "no logits" : `logits of shape ${shape}`}, not 1 × 1 (or 1 × 2, for no and yes). Name a cross-encoder such as Xenova/ms-marco-MiniLM-L-6-v2, or unset it ${RERANKER.unset}.`,
    );
  }
  if (!Number.isFinite(score)) throw new Error("The model delivered a score that is not a finite number");
  return score;
}
