// A model's name or folder -> the settings it was trained with: pooling, prefixes, weights, length. A
// wrong pooling or a missing prefix raises no error, it only makes every search worse; so known models
// have theirs here and other models can bring theirs along. Loading the model is left to session.ts.

import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { messageOf, UserError } from "../errors.ts";

export interface ModelSettings {
  /** How token vectors become one: their mean, or the first token's. */
  readonly pooling: "mean" | "cls";
  readonly queryPrefix: string;
  readonly passagePrefix: string;
  /** `fp32` is `onnx/model.onnx`; `q8` is `onnx/model_quantized.onnx`, a quarter of the size. */
  readonly dtype: "fp32" | "q8";
  /** Longer texts are cut, the prefix counted; null: what the model's own files say. */
  readonly maxTokens: number | null;
  /** Static models only: a word means the same in every text, so single words have vectors of their own. */
  readonly wordVectors: boolean;
  /** Length of the vectors; null: what the model delivers. */
  readonly dimensions: number | null;
}

const DEFAULTS: ModelSettings = {
  pooling: "mean",
  queryPrefix: "",
  passagePrefix: "",
  dtype: "fp32",
  maxTokens: null,
  wordVectors: false,
  dimensions: null,
};

const small: ModelSettings = { ...DEFAULTS, maxTokens: 512, dimensions: 384 };
const instructed = "Represent this sentence for searching relevant passages: ";
const bge: ModelSettings = { ...small, pooling: "cls", queryPrefix: instructed };
const e5: ModelSettings = { ...small, queryPrefix: "query: ", passagePrefix: "passage: " };

/**
 * Hub models whose settings are known, from their model cards and `1_Pooling/config.json`. Models above
 * some 150 MB in fp32 are taken in q8.
 */
export const KNOWN_MODELS: Readonly<Record<string, ModelSettings>> = {
  "Xenova/bge-small-en-v1.5": bge,
  "Xenova/bge-base-en-v1.5": { ...bge, dtype: "q8", dimensions: 768 },
  // Trained on at most 256 tokens, though its tokenizer says 512.
  "Xenova/all-MiniLM-L6-v2": { ...small, maxTokens: 256 },
  "Xenova/all-MiniLM-L12-v2": { ...small, maxTokens: 128 },
  "Xenova/gte-small": small,
  "Xenova/gte-base": { ...small, dtype: "q8", dimensions: 768 },
  "Xenova/e5-small-v2": e5,
  "Xenova/e5-base-v2": { ...e5, dtype: "q8", dimensions: 768 },
  "Xenova/multilingual-e5-small": { ...e5, dtype: "q8" },
  "Xenova/multilingual-e5-base": { ...e5, dtype: "q8", dimensions: 768 },
  "Snowflake/snowflake-arctic-embed-xs": bge,
  "Snowflake/snowflake-arctic-embed-s": bge,
  "Snowflake/snowflake-arctic-embed-m": { ...bge, dtype: "q8", dimensions: 768 },
  "mixedbread-ai/mxbai-embed-xsmall-v1": { ...small, maxTokens: 4096 },
  // Reads up to 8192 tokens, but beyond 2048 only with a setting that its ONNX export doesn't have.
  "nomic-ai/nomic-embed-text-v1.5": {
    pooling: "mean",
    queryPrefix: "search_query: ",
    passagePrefix: "search_document: ",
    dtype: "q8",
    maxTokens: 2048,
    wordVectors: false,
    dimensions: 768,
  },
};

const pairs: ModelSettings = { ...DEFAULTS, maxTokens: 512 };

/** Cross-encoders of the hub whose settings are known. They have no pooling, prefixes or dimensions. */
export const KNOWN_RERANKERS: Readonly<Record<string, ModelSettings>> = {
  "Xenova/ms-marco-MiniLM-L-6-v2": pairs,
  "Xenova/ms-marco-MiniLM-L-12-v2": pairs,
  "Xenova/bge-reranker-base": { ...pairs, dtype: "q8" },
  "mixedbread-ai/mxbai-rerank-xsmall-v1": { ...pairs, dtype: "q8" },
  "mixedbread-ai/mxbai-rerank-base-v1": { ...pairs, dtype: "q8" },
};

/** A hub model's settings, undefined for one that isn't in the tables. */
export function knownSettings(name: string): ModelSettings | undefined {
  return KNOWN_MODELS[name] ?? KNOWN_RERANKERS[name];
}

/** The file in a model's folder that holds its settings; every field is optional. */
export const SETTINGS_FILE = "chapter-and-verse.json";
/** Where sentence-transformers keeps the pooling. */
export const POOLING_FILE = "1_Pooling/config.json";

const settingsSchema = z
  .strictObject({
    pooling: z.enum(["mean", "cls"]),
    queryPrefix: z.string(),
    passagePrefix: z.string(),
    dtype: z.enum(["fp32", "q8"]),
    maxTokens: z.int().positive(),
    wordVectors: z.boolean(),
  })
  .partial();

/** The model's file for these settings, relative to its folder. */
export function onnxFile(settings: Pick<ModelSettings, "dtype">): string {
  return settings.dtype === "q8" ? "onnx/model_quantized.onnx" : "onnx/model.onnx";
}

/**
 * The settings for the model in `folder`; `name` is its hub name, if it has one. In this order: the
 * folder's `chapter-and-verse.json`, the tables of known models, sentence-transformers' pooling, and
 * else mean pooling without prefixes. A folder that holds the quantised model only is opened with it.
 * Throws `UserError` for a settings file that can't be used.
 */
export async function readSettings(folder: string, name: string | null): Promise<ModelSettings> {
  const known = name === null ? undefined : knownSettings(name);
  const own = await readJson(join(folder, SETTINGS_FILE));
  const parsed = settingsSchema.safeParse(own ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UserError(
      `${join(folder, SETTINGS_FILE)}: ${issue?.path.join(".") || "it"}: ${issue?.message}`,
    );
  }
  const given = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  const base = known ?? { ...DEFAULTS, pooling: await readPooling(folder), dtype: findDtype(folder) };
  return { ...base, ...given };
}

async function readPooling(folder: string): Promise<"mean" | "cls"> {
  const file = join(folder, POOLING_FILE);
  const config = (await readJson(file)) as Record<string, unknown> | undefined;
  if (config === undefined || config["pooling_mode_mean_tokens"] === true) return "mean";
  if (config["pooling_mode_cls_token"] === true) return "cls";
  const mode = Object.keys(config).find((key) => config[key] === true && key.startsWith("pooling_mode"));
  throw new UserError(
    `${file}: the model pools with ${mode ?? "an unknown method"}; only mean and first-token (cls) pooling can be used. Choose another model.`,
  );
}

function findDtype(folder: string): "fp32" | "q8" {
  const there = (dtype: "fp32" | "q8") => existsSync(join(folder, onnxFile({ dtype })));
  return !there("fp32") && there("q8") ? "q8" : "fp32";
}

/** The parsed file; undefined when there is none. Throws `UserError` when it isn't JSON. */
async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw new UserError(`${file} can't be read: ${messageOf(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${messageOf(error)}`);
  }
}
