// The index folder on disk: numbered versions, each whole or not there. Files are written into a
// temporary folder, read back and hashed, flushed, and become a version by one rename; CURRENT names
// the version in use and is replaced the same way. A reader checks every file against the manifest
// before anything is made of its bytes. What the files hold is store.ts's business.
//
//   index/CURRENT            v000002
//   index/v000002/manifest.json, …

import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UserError } from "../errors.ts";

export const MANIFEST = "manifest.json";
const CURRENT = "CURRENT";
const VERSION = /^v\d{6,}$/;
/** By number: v1000000 comes after v999999. */
const byNumber = (a: string, b: string) => Number(a.slice(1)) - Number(b.slice(1));

/** Versions kept beside the one in use. */
const KEPT = 2;

export interface FileRecord {
  readonly bytes: number;
  readonly sha256: string;
}

/** A file of the index can't be trusted; the message names it. */
export class DamagedIndex extends Error {
  override readonly name = "DamagedIndex";
}

/** The version in use, or null where there is none. */
export async function currentVersion(indexDir: string): Promise<string | null> {
  const name = await readFile(join(indexDir, CURRENT), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw new UserError(`${join(indexDir, CURRENT)}: can't be read (${messageOf(error)}).`);
  });
  if (name === null) return null;
  if (!VERSION.test(name.trim())) throw new DamagedIndex(`${CURRENT} does not name a version`);
  return name.trim();
}

/** Reads a version's files, checked against its manifest. Throws `DamagedIndex` naming the file. */
export async function readVersion<M extends { readonly files: Readonly<Record<string, FileRecord>> }>(
  indexDir: string,
  version: string,
): Promise<{ manifest: M; files: ReadonlyMap<string, Buffer> }> {
  const manifest = await readManifest<M>(indexDir, version);
  const files = new Map<string, Buffer>();
  for (const [name, record] of Object.entries(manifest.files)) {
    const bytes = await readFile(join(indexDir, version, name)).catch((error: unknown) => {
      throw new DamagedIndex(`${version}/${name}: ${messageOf(error)}`);
    });
    if (bytes.length !== record.bytes || sha256(bytes) !== record.sha256) {
      throw new DamagedIndex(`${version}/${name}: is not what was written (size or checksum differs)`);
    }
    files.set(name, bytes);
  }
  return { manifest, files };
}

/** Reads a version's manifest: its first line is the SHA-256 of the rest. */
export async function readManifest<M>(indexDir: string, version: string): Promise<M> {
  const raw = await readFile(join(indexDir, version, MANIFEST), "utf8").catch((error: unknown) => {
    throw new DamagedIndex(`${version}/${MANIFEST}: ${messageOf(error)}`);
  });
  const end = raw.indexOf("\n");
  const body = raw.slice(end + 1);
  if (end < 0 || raw.slice(0, end) !== sha256(body)) {
    throw new DamagedIndex(`${version}/${MANIFEST}: is not what was written (checksum differs)`);
  }
  return JSON.parse(body) as M;
}

/**
 * Writes a new version and makes it the current one. Returns its name. Until the last rename the old
 * version stands; whatever fails before leaves nothing but a folder that the next commit removes.
 */
export async function commitVersion(
  indexDir: string,
  files: ReadonlyMap<string, Uint8Array>,
  manifest: Readonly<Record<string, unknown>>,
): Promise<string> {
  await mkdir(indexDir, { recursive: true });
  const names = await readdir(indexDir);
  for (const name of names)
    if (name.startsWith("tmp-")) await rm(join(indexDir, name), { recursive: true, force: true });
  const temporary = join(indexDir, `tmp-${process.pid}-${Date.now()}`);
  await mkdir(temporary);
  try {
    const records: Record<string, FileRecord> = {};
    for (const [name, bytes] of files) {
      await writeDurably(join(temporary, name), bytes);
      const landed = await readFile(join(temporary, name));
      records[name] = { bytes: bytes.length, sha256: sha256(bytes) };
      if (sha256(landed) !== records[name].sha256)
        throw new UserError(
          `${join(temporary, name)}: what landed on disk differs from what was written. Is the disk full or failing?`,
        );
    }
    const body = `${JSON.stringify({ ...manifest, files: records }, null, 1)}\n`;
    await writeDurably(join(temporary, MANIFEST), Buffer.from(`${sha256(body)}\n${body}`));
    await syncFolder(temporary);
    const last = names
      .filter((name) => VERSION.test(name))
      .toSorted(byNumber)
      .at(-1);
    const version = `v${String(Number(last?.slice(1) ?? 0) + 1).padStart(6, "0")}`;
    await rename(temporary, join(indexDir, version));
    await syncFolder(indexDir);
    await makeCurrent(indexDir, version);
    await removeOld(indexDir, version);
    return version;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function makeCurrent(indexDir: string, version: string): Promise<void> {
  const next = join(indexDir, `tmp-${CURRENT}-${process.pid}`);
  await writeDurably(next, Buffer.from(`${version}\n`));
  await rename(next, join(indexDir, CURRENT));
  await syncFolder(indexDir);
}

async function removeOld(indexDir: string, version: string): Promise<void> {
  const versions = (await readdir(indexDir))
    .filter((name) => VERSION.test(name) && name !== version)
    .toSorted(byNumber);
  for (const old of versions.slice(0, -KEPT)) await rm(join(indexDir, old), { recursive: true, force: true });
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** SHA-256, hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
