// The engine as a running bot needs it: never in the way of the gateway's heartbeat, never gone. It runs
// in a process of its own (engine-process.ts) that is kept alive and up to date (keeper.ts). Here is what
// a call does: waits its turn, is given up when it takes too long, and is made once more when the engine
// ends under it.

import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import type { Stage } from "../indexing/survey.ts";
import type { Engine } from "../types.ts";
import { EngineEnded, type EngineProcess, openEngineProcess } from "./engine-process.ts";
import { Keeper, type KeeperLimits, type KeeperOptions } from "./keeper.ts";
import { type Method, METHODS } from "./protocol.ts";

export interface ServiceLimits extends KeeperLimits {
  /** For one call, from when the engine has it. */
  readonly answer: number;
  /** For opening an index that is on disk. */
  readonly open: number;
}

export const LIMITS = {
  answer: 30_000,
  open: 300_000,
  poll: 1_000,
  backOff: [0, 1_000, 2_000, 5_000, 10_000, 30_000],
  steady: 60_000,
  patience: 20_000,
  retry: 300_000,
} as const satisfies ServiceLimits;

export interface ServiceOptions {
  readonly log: KeeperOptions["log"];
  /** Called while the first index is built. */
  readonly onProgress?: ((done: number, total: number, stage: Stage) => void) | undefined;
  readonly limits?: Partial<ServiceLimits>;
  /** URL of the module that makes engines; tests have their own. */
  readonly module?: string;
}

/** An engine whose index may be replaced at any time: what it knows of documents is of the newest one. */
export interface EngineService extends Engine {
  /** Resolves when the index that the folder names now is in use, or could not be used. */
  caughtUp(): Promise<void>;
  /** Ends it; calls that have no answer yet reject with `UserError`. */
  close(): Promise<void>;
}

/**
 * Opens the engine in a process of its own; its index is built where that is missing or outdated.
 * Throws `UserError` as `openEngine` does.
 */
export async function openService(config: Config, options: ServiceOptions): Promise<EngineService> {
  const { log, onProgress, module = new URL("../engine.ts", import.meta.url).href } = options;
  const limits = { ...LIMITS, ...options.limits };
  const keeper = await Keeper.open({
    indexDir: config.indexDir,
    log,
    limits,
    open: (version, signal) =>
      openEngineProcess({
        config,
        module,
        version,
        signal,
        // Building takes what it takes.
        openMs: version === null ? Infinity : limits.open,
        onProgress,
        onNotice: (notice) => log.warn(notice),
      }),
  });
  const inTurn = queue();

  const call = async (method: Method, args: readonly unknown[]): Promise<unknown> => {
    for (let attempt = 1; ; attempt++) {
      const engine = await keeper.inUse();
      try {
        return await timed(engine, method, args, limits.answer);
      } catch (error) {
        if (!(error instanceof EngineEnded)) throw error;
        if (attempt === 2) {
          log.error({ method, reason: error.message }, "given up: the engine ended twice under it");
          throw new UserError("I broke down over that, twice. Please put it in other words.");
        }
      }
    }
  };
  const methods = Object.fromEntries(
    Object.entries(METHODS).map(([name, how]) => {
      const run = (args: readonly unknown[]) => call(name as Method, args);
      return [
        name,
        (...args: readonly unknown[]) => (how === "in turn" ? inTurn(() => run(args)) : run(args)),
      ];
    }),
  ) as unknown as Pick<Engine, Method>;

  return {
    ...methods,
    get documents() {
      return keeper.latest.snapshot.documents;
    },
    passageCount: (document) => keeper.latest.snapshot.passageCounts.get(document) ?? 0,
    get encoder() {
      return keeper.latest.snapshot.encoder;
    },
    get reranker() {
      return keeper.latest.snapshot.reranker;
    },
    get builtAt() {
      return keeper.latest.snapshot.builtAt;
    },
    caughtUp: () => keeper.caughtUp(),
    close: () => keeper.close(),
  };
}

/** One call. An engine that takes too long is ended, since nothing else stops it. */
async function timed(
  engine: EngineProcess,
  method: Method,
  args: readonly unknown[],
  ms: number,
): Promise<unknown> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    engine.kill(`it took more than ${ms / 1000} s for one call`);
  }, ms);
  try {
    return await engine.call(method, args);
  } catch (error) {
    if (!late || !(error instanceof EngineEnded)) throw error;
    throw new UserError(
      `I gave that up after ${ms / 1000} seconds. Please put it in fewer or in other words.`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Runs one piece of work at a time, in the order in which they came. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  };
}
