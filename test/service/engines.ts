// What the service's tests run in its child: the real engine with the fake encoder, and questions that
// break it. A file beside the index decides how opening goes.

import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../src/config.ts";
import * as real from "../../src/engine.ts";
import type { EngineOptions, OpenEngine } from "../../src/engine.ts";
import type { Summary } from "../../src/indexing/reindex.ts";
import { fakeEncoder } from "../fakes/encoder.ts";

export const ENCODER = fakeEncoder();

export async function openEngine(config: Config, options: EngineOptions): Promise<OpenEngine> {
  return rigged(await real.openEngine(config, { ...options, encoder: ENCODER }), config);
}

export async function openVersion(
  config: Config,
  version: string,
  options: EngineOptions,
): Promise<OpenEngine> {
  const beside = (name: string) => existsSync(join(dirname(config.indexDir), name));
  if (beside("busy-opening")) writeFileSync(join(dirname(config.indexDir), "opening"), "");
  while (beside("busy-opening"));
  if (beside("dies-at-opening")) die();
  return rigged(await real.openVersion(config, version, { ...options, encoder: ENCODER }), config);
}

export async function reindex(config: Config, options: EngineOptions): Promise<Summary> {
  const beside = (name: string) => existsSync(join(dirname(config.indexDir), name));
  if (beside("dies-while-building")) die();
  if (beside("bug-while-building")) throw new TypeError("a bug");
  while (beside("hold")) await sleep(5);
  return real.reindex(config, { ...options, encoder: ENCODER });
}

/** An engine that is broken by some questions. */
function rigged(engine: OpenEngine, config: Config): OpenEngine {
  return {
    ...engine,
    async ask(question) {
      const mark = join(dirname(config.indexDir), "died-once");
      if (question.text === "hang") busy(Infinity);
      if (question.text === "never") await new Promise(() => undefined);
      if (question.text === "die") die();
      if (question.text === "bug") throw new TypeError("a bug");
      if (question.text === "die once" && !existsSync(mark)) {
        writeFileSync(mark, "");
        die();
      }
      if (question.text.startsWith("slow"))
        while (!existsSync(join(dirname(config.indexDir), "go-on"))) await sleep(5);
      return engine.ask(question);
    },
  };
}

/** As native code ends a process that has written where it shouldn't. */
function die(): void {
  process.kill(process.pid, "SIGSEGV");
  busy(Infinity);
}

function busy(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}
