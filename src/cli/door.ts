// What every command-line door does first: read the environment, the folders' options, open the
// engine with progress and notices on standard error.

import "dotenv/config";
import { resolve } from "node:path";
import { type Config, readConfig } from "../config.ts";
import { openEngine, type OpenEngine } from "../engine.ts";
import { showWork } from "./progress.ts";

/** The settings, with the folders that the command line names. */
export function configFor(values: {
  readonly corpus?: string | undefined;
  readonly index?: string | undefined;
}): Config {
  const config = readConfig(process.env);
  return {
    ...config,
    corpusDir: values.corpus === undefined ? config.corpusDir : resolve(values.corpus),
    indexDir: values.index === undefined ? config.indexDir : resolve(values.index),
  };
}

/** Opens the engine for a command-line door. */
export function openForCli(config: Config): Promise<OpenEngine> {
  return openEngine(config, {
    onProgress: showWork("Indexing"),
    onNotice: (notice) => process.stderr.write(`${notice}\n`),
  });
}
