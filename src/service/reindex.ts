// Builds the index anew while a bot runs: in a process of its own with low priority, whose memory is
// given back when it ends. The new version is found and put to use by the service, as one that npm run
// index wrote.

import { startChild } from "../child-process.ts";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import type { Stage } from "../indexing/survey.ts";
import type { ReindexResult } from "../types.ts";
import type { ReindexReply, ReindexRequest } from "./reindex-child.ts";

export interface ReindexOptions {
  /** Told what belongs into a log: lines of the lexicon that can't be read, where a bug is. */
  readonly onNotice?: ((notice: string) => void) | undefined;
  /** URL of the module whose `reindex` builds; tests have their own. */
  readonly module?: string;
}

const CHILD = new URL("./reindex-child.ts", import.meta.url);

/** Index folders that are being written by this process's children. */
const running = new Set<string>();

/**
 * Reads the corpus and writes a new version of the index where anything has changed, in a child process.
 * `onProgress` is told of files while they are read, then of passages. Rejects with `UserError` when it is under way already or fails, whatever for; the index on
 * disk is then what it was.
 */
export async function reindexInChild(
  config: Config,
  onProgress: (done: number, total: number, stage: Stage) => void,
  options: ReindexOptions = {},
): Promise<ReindexResult> {
  const { indexDir } = config;
  if (running.has(indexDir)) throw new UserError("Re-indexing is under way already. Wait until it is done.");
  running.add(indexDir);
  try {
    return await inChild(config, onProgress, options);
  } finally {
    running.delete(indexDir);
  }
}

async function inChild(
  config: Config,
  onProgress: (done: number, total: number, stage: Stage) => void,
  { onNotice, module = new URL("../engine.ts", import.meta.url).href }: ReindexOptions,
): Promise<ReindexResult> {
  const { DISCORD_TOKEN: _, ...env } = process.env;
  const child = await startChild(CHILD, { env, stderr: "inherit" });
  try {
    return await new Promise((resolve, reject) => {
      child.on("message", (reply: ReindexReply) => {
        if ("progress" in reply) onProgress(...reply.progress);
        else if ("notice" in reply) onNotice?.(reply.notice);
        else if ("done" in reply) resolve(reply.done);
        else if ("failed" in reply) reject(new UserError(`Re-indexing failed: ${reply.failed}`));
      });
      child.once("exit", (code, signal) => {
        const how = signal === null ? `with code ${code}` : `by ${signal}`;
        reject(
          new UserError(`Re-indexing failed: its process was ended ${how}. The old index stays in use.`),
        );
      });
      const request: ReindexRequest = { config: { ...config, discordToken: "" }, module };
      child.send(request, () => undefined);
    });
  } finally {
    child.kill("SIGKILL");
  }
}
