// The unfinished download of one file: `<file>.<host>-<process>.part`, and beside it the ETag of what is
// being fetched. A name of its own for every process keeps two downloads of one file apart; a part whose
// process is gone is taken over. Filling it is left to fetch-file.ts.

import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

/** After this long without a change a part is taken over whoever wrote it. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** This process's part of `file`: an own or abandoned one where there is one, else none yet. */
export async function claimPart(file: string): Promise<string> {
  const mine = `${file}.${hostname()}-${process.pid}.part`;
  const folder = dirname(file);
  const names = await readdir(folder).catch((): string[] => []);
  if (names.includes(basename(mine))) return mine;
  for (const name of names) {
    if (!name.startsWith(`${basename(file)}.`) || !name.endsWith(".part")) continue;
    const other = join(folder, name);
    try {
      if (!(await isAbandoned(other, name))) continue;
      await rename(other, mine); // fails for all but one of those who try
      await rename(etagFile(other), etagFile(mine));
      return mine;
    } catch {
      // Somebody else was faster, or there is no ETag: the part is started over.
    }
  }
  return mine;
}

async function isAbandoned(path: string, name: string): Promise<boolean> {
  const owner = /-(\d+)\.part$/.exec(name)?.[1];
  if (owner !== undefined && name.endsWith(`.${hostname()}-${owner}.part`) && !isAlive(Number(owner)))
    return true;
  return Date.now() - (await stat(path)).mtimeMs > ABANDONED_MS;
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Where the part's ETag is kept. */
export function etagFile(part: string): string {
  return `${part}.etag`;
}

/** What can be resumed: the bytes there are and the ETag they belong to; null when there is nothing. */
export async function resumable(part: string): Promise<{ size: number; etag: string } | null> {
  try {
    const { size } = await stat(part);
    const etag = await readFile(etagFile(part), "utf8");
    return size > 0 && etag !== "" ? { size, etag } : null;
  } catch {
    return null;
  }
}

/** Removes the part and its ETag. */
export async function dropPart(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(etagFile(part), { force: true });
}
