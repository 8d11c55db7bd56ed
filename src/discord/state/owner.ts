// One process at a time uses the state file: an owner file beside it, touched while its process lives.
// SQLite's own lock can't tell a dead owner from a living one here: it is a folder that stays behind
// when a process is killed.

import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";

const BEAT_MS = 10_000;
/** An owner that hasn't been heard of for so long is dead, whoever has its process number now. */
const SILENT_MS = 60_000;

/** Files of this process. In a container its number may be that of the process that died before it. */
const held = new Set<string>();

export interface Ownership {
  /** Whether a process that died had the file before. */
  readonly inherited: boolean;
  release(): void;
}

/** Takes a file for this process; null when a living process has it. `now` gives milliseconds. */
export function own(file: string, now: () => number = Date.now): Ownership | null {
  const path = `${file}.owner`;
  let inherited = false;
  while (!create(path)) {
    if (isHeld(path, now())) return null;
    inherited = true;
    rmSync(path, { force: true });
  }
  held.add(path);
  const beat = setInterval(() => touch(path), BEAT_MS).unref();
  return {
    inherited,
    release() {
      clearInterval(beat);
      held.delete(path);
      rmSync(path, { force: true });
    },
  };
}

function create(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isHeld(path: string, now: number): boolean {
  const heard = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (heard === undefined || now - heard > SILENT_MS) return false;
  const pid = Number.parseInt(readFileSync(path, "utf8"), 10);
  if (pid === process.pid) return held.has(path);
  // Just made, and not signed yet.
  if (!(pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Removed by hand: there is nothing to keep.
  }
}
