// What an evaluation needs of the engine. Beside questions and answers: the documents' texts and passages,
// which prove quotes and gold answers, and the ranking's own workings, which explain it; where there are any.

import type { Ranks } from "../retrieval/rank.ts";
import type { Engine, Passage } from "../types.ts";
import type { TextOf } from "./sets/check.ts";

export type EvaluatedEngine = Pick<Engine, "ask" | "documents" | "encoder" | "reranker" | "builtAt"> & {
  readonly textOf?: TextOf;
  readonly index?: { readonly passages: readonly Passage[] };
  readonly models?: Ranks;
};
