// The child process of engine-process.ts: opens one engine, then answers calls until it is ended. It
// never reads the environment for settings: they come with the request.

import { endWithParent } from "../child-process.ts";
import type { OpenEngine } from "../engine.ts";
import type { Stage } from "../indexing/survey.ts";
import {
  type CallRequest,
  type EngineModule,
  type Method,
  type OpenRequest,
  packError,
  type Reply,
  type Request,
  type Snapshot,
} from "./protocol.ts";

let engine: OpenEngine | null = null;

const reply = (message: Reply): void => {
  process.send?.(message);
};

async function open({ open: version, config, module }: OpenRequest): Promise<void> {
  const options = {
    onProgress: (...progress: readonly [number, number, Stage]) => reply({ progress }),
    onNotice: (notice: string) => reply({ notice }),
  };
  try {
    const { openEngine, openVersion } = (await import(module)) as EngineModule;
    engine = await (version === null ? openEngine(config, options) : openVersion(config, version, options));
    reply({ opened: snapshotOf(engine) });
  } catch (error) {
    reply({ refused: packError(error) });
  }
}

function snapshotOf(open: OpenEngine): Snapshot {
  const { documents, passageCount, encoder, reranker, builtAt, version } = open;
  const passageCounts = new Map(documents.map(({ id }) => [id, passageCount(id)]));
  return { documents, passageCounts, encoder, ...(reranker && { reranker }), builtAt, version };
}

async function call({ call: id, method, args }: CallRequest): Promise<void> {
  try {
    const methods = engine as unknown as Record<Method, (...args: readonly unknown[]) => Promise<unknown>>;
    reply({ call: id, value: await methods[method](...args) });
  } catch (error) {
    reply({ call: id, failed: packError(error) });
  }
}

process.on("message", (request: Request) => void ("open" in request ? open(request) : call(request)));
// Ctrl-C in a terminal and a supervisor's stop reach every process; the parent says when this one ends.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => undefined);
endWithParent();
reply({ started: true });
