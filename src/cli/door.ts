// What every command-line door does first: read the environment, the folders' options, open the
// engine with progress and notices on standard error.

import { join, resolve } from "node:path";
import { config as loadEnv } from "dotenv";
import { runMain } from "../errors.ts";
import { type Command, type Options, parseCommand, type Parsed } from "./args.ts";
import { type Config, PROJECT_DIR, readConfig } from "../config.ts";
import type { OpenEngine } from "../engine.ts";
import { sha256 } from "../index/versions.ts";
import type { Variant } from "../retrieval/rank.ts";
import { showWork } from "./progress.ts";
import { printable } from "./render.ts";

/**
 * Runs a door's work with its parsed arguments; `--help` prints the help instead. Errors end the
 * process as `runMain` says.
 */
export function runDoor<const O extends Options>(
  command: Command<O>,
  work: (parsed: Parsed<O>) => Promise<void>,
): Promise<void> {
  return runMain(async () => {
    const parsed = parseCommand(command, process.argv.slice(2));
    if (parsed.help !== null) process.stdout.write(parsed.help);
    else await work(parsed);
  });
}

/** The settings, with the folders that the command line names. */
export function configFor(values: {
  readonly corpus?: string | undefined;
  readonly index?: string | undefined;
}): Config {
  loadEnv({ path: resolve(PROJECT_DIR, ".env"), quiet: true });
  const config = readConfig(process.env);
  return {
    ...config,
    corpusDir: values.corpus === undefined ? config.corpusDir : resolve(values.corpus),
    indexDir: values.index === undefined ? config.indexDir : resolve(values.index),
  };
}

/**
 * The settings for another encoder, by the name that ENCODER_MODEL takes. Its index has a folder of its own
 * inside the index folder, so that neither is built anew again and again.
 */
export function configForEncoder(config: Config, encoder: string): Config {
  if (encoder === config.encoderModel) return config;
  const folder = `${encoder.replace(/^\W+/, "").replace(/[^\w.-]+/g, "_")}-${sha256(encoder).slice(0, 8)}`;
  return { ...config, encoderModel: encoder, indexDir: join(config.indexDir, "encoders", folder) };
}

/** Opens the engine for a command-line door; `variant` chooses what ranks. */
export async function openForCli(config: Config, variant?: Variant): Promise<OpenEngine> {
  // Loaded only now: what is wrong with the command line is told at once.
  const { openEngine } = await import("../engine.ts");
  return openEngine(config, {
    variant,
    onProgress: showWork("Indexing"),
    // File names are anybody's text.
    onNotice: (notice) => process.stderr.write(`${printable(notice)}\n`),
  });
}
