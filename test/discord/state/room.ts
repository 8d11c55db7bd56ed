// What the tests of the state share: a folder that goes away, a logger that can be read.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Logger } from "pino";
import { afterAll } from "vitest";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A path of a state file in a folder of its own. */
export function stateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "chapter-and-verse-test-"));
  folders.push(folder);
  return join(folder, "state.sqlite");
}

export interface Log {
  readonly logger: Logger;
  readonly lines: { level: number; msg: string; [key: string]: unknown }[];
}

export function readableLog(): Log {
  const lines: Log["lines"] = [];
  const logger = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { logger, lines };
}
