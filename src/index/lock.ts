// One writer at a time: a lock file that holds the writer's process number, and when that process began
// where the system tells. A dead process does not hold it, however it died, nor does one that got its
// number since.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type FileHandle, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../errors.ts";

const LOCK = "writer.lock";

/** How long another process may take from making the file to writing its number, milliseconds. */
const PATIENCE = 500;

/** Locks of this process. In a container its number may be that of the process that died before it. */
const held = new Set<string>();

/** Another process writes the index. */
export class IndexLocked extends UserError {}

/** Runs `work` while no other process writes the folder. Throws as `takeLock` does. */
export async function withLock<T>(indexDir: string, work: () => Promise<T>): Promise<T> {
  const release = await takeLock(indexDir);
  try {
    return await work();
  } finally {
    await release();
  }
}

/**
 * Makes this process the folder's only writer, until the function that it returns is called. Throws
 * `IndexLocked` naming the process that writes already, and the system's error where the folder can't
 * be written.
 */
export async function takeLock(indexDir: string): Promise<() => Promise<void>> {
  await mkdir(indexDir, { recursive: true });
  const path = join(indexDir, LOCK);
  await acquire(path);
  return () => release(path);
}

async function acquire(path: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const handle = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      return null;
    });
    if (handle) return sign(handle, path);
    const holder = await holderOf(path);
    if (holder === null) continue;
    if (isAlive(holder, path)) {
      throw new IndexLocked(
        `The index is being written by another process (${holder.split(/\s/)[0]}). Wait for it, or stop it, and run this again.`,
      );
    }
    await removeStale(path, holder);
  }
  throw new UserError(`${path}: can't be taken. Remove it if nothing is indexing.`);
}

async function sign(handle: FileHandle, path: string): Promise<void> {
  held.add(path);
  try {
    await handle.writeFile(`${process.pid} ${startOf(process.pid)}\n`);
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await release(path);
    throw error;
  }
}

async function release(path: string): Promise<void> {
  held.delete(path);
  await rm(path, { force: true });
}

/** What the lock holds: a process number and a line end, or less when its writer died at once; null without a lock. */
async function holderOf(path: string): Promise<string | null> {
  for (let waited = 0; ; waited += 50) {
    const holder = await readFile(path, "utf8").catch(() => null);
    if (holder === null || holder.endsWith("\n") || waited >= PATIENCE) return holder;
    await sleep(50);
  }
}

/** Removes a dead process's lock, but not the one of a process that took it over meanwhile. */
async function removeStale(path: string, holder: string): Promise<void> {
  // A name that the next commit removes, should this process die here.
  const aside = join(dirname(path), `tmp-lock-${randomUUID()}`);
  try {
    await rename(path, aside);
    if ((await readFile(aside, "utf8")) === holder) await rm(aside);
    else await rename(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** Whether the lock's holder is a process that runs; this one counts as another writer too. */
function isAlive(holder: string, path: string): boolean {
  const [, number = "", start = ""] = /^(\d+)(?: (\S*))?\n$/.exec(holder) ?? [];
  const pid = Number(number);
  if (pid <= 0) return false;
  if (pid === process.pid) return held.has(path);
  try {
    process.kill(pid, 0);
    return start === "" || start === startOf(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process began, as the system counts (/proc/PID/stat, field 22: ticks); empty where it doesn't tell. */
function startOf(pid: number): string {
  try {
    // The second field, the program's name in brackets, may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[19] ?? "";
  } catch {
    return "";
  }
}
