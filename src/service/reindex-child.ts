// The child process of reindex.ts: the settings in, what was built out.

import { constants, setPriority } from "node:os";
import { endWithParent } from "../child-process.ts";
import type { Config } from "../config.ts";
import type { EngineOptions } from "../engine.ts";
import type { Stage } from "../indexing/survey.ts";
import type { Summary } from "../indexing/reindex.ts";
import { messageOf, UserError } from "../errors.ts";
import type { ReindexResult } from "../types.ts";

export interface ReindexRequest {
  readonly config: Config;
  /** URL of a module that exports `reindex`. */
  readonly module: string;
}

export type ReindexReply =
  | { readonly started: true }
  | { readonly progress: readonly [done: number, total: number, stage: Stage] }
  | { readonly notice: string }
  | { readonly done: ReindexResult }
  | { readonly failed: string };

const reply = (message: ReindexReply): void => {
  process.send?.(message);
};

async function reindex({ config, module }: ReindexRequest): Promise<ReindexResult> {
  const { reindex: build } = (await import(module)) as {
    reindex(config: Config, options: EngineOptions): Promise<Summary>;
  };
  const { outcome, documents, passages, encoded, failures } = await build(config, {
    onProgress: (...progress) => reply({ progress }),
    onNotice: (notice) => reply({ notice }),
  });
  if (outcome === "unkept") throw new UserError(`${config.indexDir}: the new index can't be written there.`);
  return { changed: outcome === "new", documents, passages, encoded, failures };
}

process.on("message", (request: ReindexRequest) => {
  reindex(request).then(
    (done) => reply({ done }),
    (error: unknown) => {
      if (!(error instanceof UserError)) reply({ notice: (error as Error).stack ?? String(error) });
      reply({ failed: messageOf(error) });
    },
  );
});
// Questions go first. Threads started from here on inherit it, and so do the processes that read files.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
endWithParent();
reply({ started: true });
