// Files that can't be trusted -> their text, read in a child process that is killed when it takes too
// long or too much memory. The child gets the file's bytes and nothing else: no environment, no
// secrets. It is used again for the next file, and replaced after a file that it did not survive.

import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { startChild } from "../child-process.ts";
import { UserError } from "../errors.ts";
import type { Format, ReadText } from "./formats.ts";
import type { Reply, Request } from "./isolated-child.ts";

export interface Limits {
  /** Milliseconds for one file. */
  readonly ms: number;
  /** Memory of the child, in bytes. */
  readonly bytes: number;
}

export const LIMITS = { ms: 60_000, bytes: 1024 * 1024 * 1024 } as const satisfies Limits;

export interface Isolation {
  /** Rejects with `UserError` naming `file` when it can't be read or exceeds a limit. */
  read(format: Format, bytes: Uint8Array, file: string): Promise<ReadText>;
  /** Ends the child. The next `read` starts another. */
  close(): void;
}

const CHILD = new URL("./isolated-child.ts", import.meta.url);
/** What a process needs to start, and nothing that could be a secret. */
const ENVIRONMENT = ["PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR"];
const WATCH_MS = 50;
/** A child that has grown to this part of its limit is replaced before the next file. */
const TIRED = 0.5;

/** Prepares isolated reading; the child starts with the first file. Files are read one after the other. */
export function openIsolation(limits: Limits = LIMITS): Isolation {
  let child: Promise<ChildProcess> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const close = () => {
    void child?.then(
      (own) => own.kill("SIGKILL"),
      () => {},
    );
    child = null;
  };
  const read = async (request: Request): Promise<ReadText> => {
    child ??= start(limits);
    let own: ChildProcess;
    try {
      own = await child;
    } catch (error) {
      child = null;
      throw error;
    }
    try {
      return await ask(own, request, limits);
    } finally {
      if (own.exitCode !== null || own.killed || memoryOf(own) > limits.bytes * TIRED) close();
    }
  };
  return {
    read(format, bytes, file) {
      const result = queue.then(() => read({ format, bytes, file }));
      queue = result.catch(() => {});
      return result;
    },
    close,
  };
}

/** Starts a child. It keeps nobody from ending. */
async function start({ bytes }: Limits): Promise<ChildProcess> {
  const child = await startChild(CHILD, {
    nodeOptions: [`--max-old-space-size=${Math.round((bytes / 1024 / 1024) * 0.75)}`],
    env: Object.fromEntries(ENVIRONMENT.map((name) => [name, process.env[name]])),
  });
  child.unref();
  child.channel?.unref();
  (child.stderr as Socket | null)?.unref();
  return child;
}

/** Gives the child one file. Kills it at a limit. */
function ask(child: ChildProcess, request: Request, limits: Limits): Promise<ReadText> {
  const { file } = request;
  return new Promise<ReadText>((resolve, reject) => {
    let reason: string | null = null;
    const stop = (limit: string) => {
      reason ??= `${file}: reading it takes more than ${limit}, the limit for one document. It is left out.`;
      child.kill("SIGKILL");
    };
    const memory = `${Math.round(limits.bytes / 1024 / 1024)} MB of memory`;
    const timer = setTimeout(() => stop(`${limits.ms / 1000} seconds`), limits.ms);
    const watch = setInterval(() => {
      if (memoryOf(child) > limits.bytes) stop(memory);
    }, WATCH_MS);
    const done = () => {
      clearTimeout(timer);
      clearInterval(watch);
      child.off("message", onReply);
      child.off("exit", onExit);
    };
    const onReply = (reply: Reply) => {
      done();
      if ("read" in reply) resolve(reply.read);
      else if ("failed" in reply)
        reject(new UserError(reply.user ? reply.failed : `${file}: can't be read (${reply.failed}).`));
    };
    const onExit = (_: number | null, signal: string | null) => {
      done();
      // The engine aborts when its own limit is reached first.
      if (signal === "SIGABRT") stop(memory);
      reject(new UserError(reason ?? `${file}: the process that read it broke down. It is left out.`));
    };
    child.on("message", onReply);
    child.on("exit", onExit);
    child.send(request, (error) => {
      if (error) stop("the reading process survives");
    });
  });
}

/** Bytes that a process holds in memory; 0 where the system doesn't say. */
function memoryOf({ pid }: ChildProcess): number {
  try {
    const pages = /VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(pages ?? 0) * 1024;
  } catch {
    return 0;
  }
}
