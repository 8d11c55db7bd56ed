// A corpus folder -> a call whenever something in it has changed and come to rest. The folder is looked
// at again and again rather than watched by the system: that works on network drives and in containers
// too, misses nothing, and a file that is still being copied is seen to grow.

import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "../index/versions.ts";

export interface WatchOptions {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Milliseconds between two looks; what is the same in two looks has come to rest. */
  readonly everyMs?: number;
}

/**
 * Calls `work` at once, and again after every change, one call at a time, until the signal ends it. Where
 * `work` tells `false` it could not be done now, and is called again though nothing has changed. What it
 * throws ends the watch.
 */
export async function watchCorpus(
  corpusDir: string,
  work: () => Promise<boolean>,
  { signal, everyMs = 1000 }: WatchOptions,
): Promise<void> {
  let done: string | null = null;
  let before = await lookAt(corpusDir);
  while (!signal.aborted) {
    // Looked at before the work: what changes meanwhile is seen to differ afterwards.
    if (before !== done && (await work())) done = before;
    let now = before;
    do {
      before = now;
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
      now = signal.aborted ? before : await lookAt(corpusDir);
    } while (now !== before);
  }
}

/** What of a folder tells that something in it has changed: names, sizes, times. Never fails. */
export async function lookAt(folder: string): Promise<string> {
  const lines: string[] = [];
  const walk = async (path: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
    if (!entries) lines.push(`${path} can't be read`);
    for (const entry of entries ?? []) {
      const own = join(path, entry.name);
      const stat = await lstat(own).catch(() => null);
      lines.push(`${own} ${stat?.ino} ${stat?.size} ${stat?.mtimeMs} ${stat?.ctimeMs} ${stat?.mode}`);
      if (entry.isDirectory()) await walk(own);
    }
  };
  await walk(folder);
  return sha256(lines.toSorted().join("\n"));
}
