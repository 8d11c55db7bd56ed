// One engine in a child process, seen from outside: opened, called, killed. A process and not a thread,
// since native code that aborts, or never returns, takes its whole process with it, and since all of its
// memory is given back when it ends. When to start and to end one is service.ts's business.

import type { ChildProcess } from "node:child_process";
import { startChild } from "../child-process.ts";
import type { Config } from "../config.ts";
import type { Stage } from "../indexing/survey.ts";
import { type Method, type Reply, type Request, type Snapshot, unpackError } from "./protocol.ts";

/** The engine ended before it answered; the message says how. */
export class EngineEnded extends Error {
  override readonly name = "EngineEnded";
}

export interface EngineProcess {
  readonly snapshot: Snapshot;
  /** Rejects with what the engine's method rejects with, or with `EngineEnded`. */
  call(method: Method, args: readonly unknown[]): Promise<unknown>;
  /** Resolves when the process has ended, with the reason. */
  readonly ended: Promise<string>;
  /** Ends it at once; calls that have no answer yet reject. */
  kill(reason: string): void;
  /** Ends it as soon as every call is answered. */
  retire(): void;
}

export interface ProcessOptions {
  readonly config: Config;
  /** URL of the module that makes the engine. */
  readonly module: string;
  /** See `OpenRequest.open`. */
  readonly version: string | null;
  /** Milliseconds for opening; Infinity where something may have to be built. */
  readonly openMs: number;
  /** Ends the process, whatever it is doing. */
  readonly signal: AbortSignal;
  readonly onProgress?: ((done: number, total: number, stage: Stage) => void) | undefined;
  readonly onNotice?: ((notice: string) => void) | undefined;
}

const CHILD = new URL("./engine-child.ts", import.meta.url);

/**
 * Starts a child and opens an engine in it. Rejects with what opening rejects with (`UserError`,
 * `DamagedIndex`), or with `EngineEnded`.
 */
export async function openEngineProcess(options: ProcessOptions): Promise<EngineProcess> {
  const { config, module, version, openMs, signal } = options;
  // An engine has no use for the bot's token.
  const { DISCORD_TOKEN: _, ...env } = process.env;
  const child = await startChild(CHILD, { env, stderr: "inherit" });
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let killed: string | null = null;
  let retiring = false;
  let last = 0;

  const kill = (reason: string): void => {
    killed ??= reason;
    child.kill("SIGKILL");
  };
  const close = () => kill("it was closed");
  signal.addEventListener("abort", close);
  if (signal.aborted) close();
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, by) => {
      signal.removeEventListener("abort", close);
      const reason = killed ?? (by === null ? `it ended with code ${code}` : `it was ended by ${by}`);
      for (const { reject } of calls.values()) reject(new EngineEnded(reason));
      calls.clear();
      resolve(reason);
    });
  });
  const settle = (id: number) => {
    const own = calls.get(id);
    calls.delete(id);
    if (retiring && calls.size === 0) kill("it is no longer needed");
    return own;
  };

  const snapshot = await new Promise<Snapshot>((resolve, reject) => {
    const timer = Number.isFinite(openMs)
      ? setTimeout(() => kill(`opening took more than ${openMs / 1000} s`), openMs)
      : undefined;
    void ended.then((reason) => {
      clearTimeout(timer);
      reject(new EngineEnded(reason));
    });
    child.on("message", (message: Reply) => {
      if ("call" in message) {
        const own = settle(message.call);
        if ("failed" in message) own?.reject(unpackError(message.failed));
        else own?.resolve(message.value);
      } else if ("progress" in message) options.onProgress?.(...message.progress);
      else if ("notice" in message) options.onNotice?.(message.notice);
      else if ("opened" in message) {
        clearTimeout(timer);
        resolve(message.opened);
      } else if ("refused" in message) {
        clearTimeout(timer);
        reject(unpackError(message.refused));
        kill("it could not be opened");
      }
    });
    send(child, { open: version, config: { ...config, discordToken: "" }, module });
  });

  return {
    snapshot,
    ended,
    kill,
    call(method, args) {
      if (child.exitCode !== null || child.signalCode !== null || killed !== null) {
        return Promise.reject(new EngineEnded(killed ?? "it has ended"));
      }
      return new Promise((resolve, reject) => {
        const id = ++last;
        send(child, { call: id, method, args });
        calls.set(id, { resolve, reject });
      });
    },
    retire() {
      retiring = true;
      if (calls.size === 0) kill("it is no longer needed");
    },
  };
}

/** A message that can't be sent means that the child is ending, which its end tells. */
function send(child: ChildProcess, request: Request): void {
  child.send(request, () => undefined);
}
