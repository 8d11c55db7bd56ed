// What an evaluation needs of the engine. Beside questions and answers: the documents' texts, which prove
// quotes and gold answers, and the ranking's own workings, which explain it; both where there are any.

import type { Ranks } from "../retrieval/rank.ts";
import type { Engine } from "../types.ts";
import type { TextOf } from "./sets/check.ts";

export type EvaluatedEngine = Pick<Engine, "ask" | "documents" | "encoder" | "builtAt"> & {
  readonly textOf?: TextOf;
  readonly models?: Ranks;
};
