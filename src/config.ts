// Environment -> Config: read once, validated, frozen, passed as an argument. Knows every variable,
// its default and its one-line meaning; .env.example and the README's table are checked against it.

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { UserError } from "./errors.ts";

/** The project's folder, absolute. */
export const PROJECT_DIR = resolve(fileURLToPath(import.meta.url), "../..");

/** Every variable: its default and what it means. */
export const VARIABLES = {
  CORPUS_DIR: { default: "corpus", about: "Folder of the documents" },
  INDEX_DIR: { default: "index", about: "Folder of the index; built when missing or outdated" },
  ENCODER_MODEL: {
    default: "bundled",
    about:
      "`bundled` (no network), a folder that holds a model (`./my-model`), or a hub name such as `Xenova/bge-small-en-v1.5`",
  },
  RERANKER_MODEL: {
    default: "",
    about:
      "A cross-encoder that reads the first 20 passages again: a folder, or a hub name such as `Xenova/ms-marco-MiniLM-L-6-v2`; empty: none",
  },
  MODEL_CACHE_DIR: { default: ".cache/models", about: "Where hub models are kept once downloaded" },
  HUB_URL: { default: "https://huggingface.co", about: "The model hub, or a mirror of it" },
  DISCORD_TOKEN: { default: "", about: "The bot's token; needed by `npm start` only" },
  DISCORD_GUILD_ID: {
    default: "",
    about: "Register commands in this server only (instant, for trying out); empty: everywhere",
  },
  DISCORD_API_URL: {
    default: "https://discord.com/api",
    about: "Discord's API; tests point it at a local fake",
  },
  STATE_FILE: {
    default: "state.sqlite",
    about:
      "What the bot remembers: conversations, questions, votes, channels; `:memory:` keeps nothing on disk",
  },
  RETENTION_DAYS: { default: "90", about: "Days that questions, answers and votes are kept" },
  HEALTH_FILE: {
    default: "",
    about: "File that a supervisor can watch, rewritten every 15 s while the bot runs; empty: none",
  },
  LOG_LEVEL: { default: "info", about: "`debug`, `info`, `warn` or `error`; only `debug` logs message text" },
} as const satisfies Record<string, { default: string; about: string }>;

const path = z
  .string()
  .min(1)
  .transform((value) => resolve(PROJECT_DIR, value));
const url = z.url().transform((value) => value.replace(/\/+$/, ""));

const schema = z.object({
  CORPUS_DIR: path,
  INDEX_DIR: path,
  ENCODER_MODEL: z.string().min(1),
  RERANKER_MODEL: z.string(),
  MODEL_CACHE_DIR: path,
  HUB_URL: url,
  DISCORD_TOKEN: z.string(),
  DISCORD_GUILD_ID: z.string().regex(/^\d*$/, "must be a server's id: digits only"),
  DISCORD_API_URL: url,
  STATE_FILE: z.union([z.literal(":memory:"), path]),
  RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, "must be a number of days, from 1 to 99999")
    .transform(Number),
  HEALTH_FILE: z.union([z.literal(""), path]),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]),
});

export interface Config {
  readonly corpusDir: string;
  readonly indexDir: string;
  readonly encoderModel: string;
  /** Empty for none. */
  readonly rerankerModel: string;
  readonly modelCacheDir: string;
  readonly hubUrl: string;
  readonly discordToken: string;
  readonly discordGuildId: string;
  readonly discordApiUrl: string;
  /** A path, or `:memory:`. */
  readonly stateFile: string;
  readonly retentionDays: number;
  /** A path, or empty for none. */
  readonly healthFile: string;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/**
 * Reads the settings from `environment` (the process's, after dotenv); a variable that is unset or
 * empty takes its default. Relative folders are taken from the project's folder.
 * Throws `UserError` naming the variable that can't be used.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const raw = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, { default: value }]) => [name, environment[name]?.trim() || value]),
  );
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new UserError(
      `${name}: ${issue?.message} (it is "${raw[name]}"). Mend it in .env or in the environment.`,
    );
  }
  const v = parsed.data;
  return Object.freeze({
    corpusDir: v.CORPUS_DIR,
    indexDir: v.INDEX_DIR,
    encoderModel: v.ENCODER_MODEL,
    rerankerModel: v.RERANKER_MODEL,
    modelCacheDir: v.MODEL_CACHE_DIR,
    hubUrl: v.HUB_URL,
    discordToken: v.DISCORD_TOKEN,
    discordGuildId: v.DISCORD_GUILD_ID,
    discordApiUrl: v.DISCORD_API_URL,
    stateFile: v.STATE_FILE,
    retentionDays: v.RETENTION_DAYS,
    healthFile: v.HEALTH_FILE,
    logLevel: v.LOG_LEVEL,
  });
}
