// The health file: what a supervisor or a script can look at to see that the bot lives. Rewritten whole
// every 15 seconds and whenever something changes; removed when the bot stops. A file that is older than
// a minute belongs to a bot that is stuck or was killed.

import { renameSync, rmSync, writeFileSync } from "node:fs";
import type { Logger } from "pino";
import { messageOf } from "../errors.ts";

const EVERY_MS = 15_000;

export type Status = "ready" | "reconnecting" | "stopping";

export interface Health {
  readonly status: Status;
  /** When the status began, ISO 8601. */
  readonly since: string;
  /** When the file was written, ISO 8601. */
  readonly at: string;
  readonly pid: number;
  readonly guilds: number;
  readonly lastAnswerAt: string | null;
  readonly index: { readonly builtAt: string; readonly documents: number; readonly encoder: string };
}

export interface HealthFile {
  set(status: Status): void;
  /** Stops writing and removes the file. */
  close(): void;
}

/** Writes the file from now on; nothing where `file` is empty. A file that can't be written is told once. */
export function openHealthFile(
  file: string,
  measure: () => Pick<Health, "guilds" | "lastAnswerAt" | "index">,
  logger: Logger,
): HealthFile {
  if (file === "") return { set: () => undefined, close: () => undefined };
  let status: Status = "ready";
  let since = new Date().toISOString();
  let told = false;
  let closed = false;
  const write = (): void => {
    const health: Health = { status, since, at: new Date().toISOString(), pid: process.pid, ...measure() };
    try {
      writeFileSync(`${file}.tmp`, `${JSON.stringify(health)}\n`);
      renameSync(`${file}.tmp`, file);
      told = false;
    } catch (error) {
      if (!told) logger.warn({ reason: messageOf(error) }, "the health file can't be written");
      told = true;
    }
  };
  write();
  const timer = setInterval(write, EVERY_MS).unref();
  return {
    set(next) {
      if (next !== status) since = new Date().toISOString();
      status = next;
      if (!closed) write();
    },
    close() {
      closed = true;
      clearInterval(timer);
      try {
        for (const path of [file, `${file}.tmp`]) rmSync(path, { force: true });
      } catch {
        // It couldn't be written either, and that is told.
      }
    },
  };
}
