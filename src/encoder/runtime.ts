// What every model shares when it is run: the runtime's options, the length at which texts are cut, and
// one run after the other. What goes in and comes out is left to session.ts and reranker.ts.

import type { ModelSettings } from "./models.ts";

/** Options for transformers.js. `threads` limits the runtime to so many; unset, it takes the machine's. */
export function runtimeOptions({ dtype }: Pick<ModelSettings, "dtype">, threads?: number) {
  return {
    dtype,
    device: "cpu",
    session_options: {
      ...(threads === undefined ? {} : { intraOpNumThreads: threads, interOpNumThreads: threads }),
      // Texts have many lengths, and memory planned for each of them is never given back.
      enableMemPattern: false,
    },
  } as const;
}

/** Tokens at which a model's input is cut: the least that its settings and files say, 512 when none does. */
export function longestInput(
  { maxTokens }: Pick<ModelSettings, "maxTokens">,
  tokenizer: { readonly model_max_length?: number },
  model: { readonly max_position_embeddings?: number },
): number {
  const length = Math.min(maxTokens ?? Infinity, tokenizer.model_max_length ?? Infinity, positions(model));
  return Number.isFinite(length) && length < 1e6 ? length : 512;
}

/** Position embeddings may start behind the padding's index (RoBERTa and its like), which costs two. */
function positions(model: { readonly max_position_embeddings?: number }): number {
  const size = model.max_position_embeddings ?? Infinity;
  return size === 514 ? 512 : size;
}

/** Runs one piece of work at a time, in the order of the calls: the runtime itself doesn't queue. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  };
}
