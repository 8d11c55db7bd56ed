// The index folder on disk: numbered versions, each whole or not there. Files are written into a
// temporary folder, read back and hashed, flushed, and become a version by one rename; CURRENT names
// the version in use and is replaced the same way. A reader checks every file against the manifest, and
// the manifest against CURRENT, before anything is made of its bytes. What the files hold is store.ts's
// business.
//
//   index/CURRENT            checksum, {"version": "v000002", …}
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

/** What CURRENT says. */
export interface Current {
  readonly version: string;
  /** SHA-256 of the version's manifest. */
  readonly manifest: string;
  /** Whether somebody chose it over a newer one: it stays, whatever the corpus holds, until npm run index. */
  readonly rolledBack: boolean;
  /** Fingerprint of a corpus that would give the same index, where that is not the manifest's. */
  readonly fits?: string | undefined;
}

/** The version in use, or null where there is none. Throws `DamagedIndex` when that can't be told. */
export async function readCurrent(indexDir: string): Promise<Current | null> {
  const current = await readPointer(indexDir);
  if (current === null) return null;
  const { seal } = await readSealed(indexDir, current.version);
  if (seal !== current.manifest)
    throw new DamagedIndex(`${current.version}/${MANIFEST}: is not the one that ${CURRENT} names`);
  return current;
}

/** What CURRENT says, whether there is such a version or not. */
async function readPointer(indexDir: string): Promise<Current | null> {
  const raw = await readFile(join(indexDir, CURRENT), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    if (error.code === "EISDIR") throw new DamagedIndex(`${CURRENT}: ${error.message}`);
    throw new UserError(`${join(indexDir, CURRENT)}: can't be read (${messageOf(error)}).`);
  });
  if (raw === null) return null;
  const current = unseal<Current>(raw, CURRENT);
  if (!VERSION.test(current.version)) throw new DamagedIndex(`${CURRENT}: does not name a version`);
  return current;
}

/** The name of the version in use, or null where there is none. Throws as `readCurrent` does. */
export async function currentVersion(indexDir: string): Promise<string | null> {
  return (await readCurrent(indexDir))?.version ?? null;
}

/** The versions in the folder, oldest first, whole or not. */
export async function listVersions(indexDir: string): Promise<string[]> {
  const names = await readdir(indexDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw new UserError(`${indexDir}: can't be read (${messageOf(error)}).`);
  });
  return names.filter((name) => VERSION.test(name)).toSorted(byNumber);
}

/**
 * Reads a version's files (those that are `wanted`, by default all), checked against its manifest.
 * Throws `DamagedIndex` naming the file.
 */
export async function readVersion<M extends { readonly files: Readonly<Record<string, FileRecord>> }>(
  indexDir: string,
  version: string,
  wanted: (name: string) => boolean = () => true,
): Promise<{ manifest: M; files: ReadonlyMap<string, Buffer> }> {
  const manifest = await readManifest<M>(indexDir, version);
  const files = new Map<string, Buffer>();
  for (const [name, record] of Object.entries(manifest.files)) {
    if (!wanted(name)) continue;
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

/** Reads a version's manifest. Throws `DamagedIndex` when it is not what was written. */
export async function readManifest<M>(indexDir: string, version: string): Promise<M> {
  return (await readSealed<M>(indexDir, version)).manifest;
}

async function readSealed<M>(indexDir: string, version: string): Promise<{ manifest: M; seal: string }> {
  const name = `${version}/${MANIFEST}`;
  const raw = await readFile(join(indexDir, version, MANIFEST), "utf8").catch((error: unknown) => {
    throw new DamagedIndex(`${name}: ${messageOf(error)}`);
  });
  return { manifest: unseal<M>(raw, name), seal: sealOf(raw) };
}

/** A value as JSON under a line with the JSON's SHA-256. */
function sealed(value: unknown): string {
  const body = `${JSON.stringify(value, null, 1)}\n`;
  return `${sha256(body)}\n${body}`;
}

const sealOf = (raw: string) => raw.slice(0, Math.max(0, raw.indexOf("\n")));

function unseal<T>(raw: string, name: string): T {
  const seal = sealOf(raw);
  const body = raw.slice(seal.length + 1);
  if (seal !== sha256(body)) throw new DamagedIndex(`${name}: is not what was written (checksum differs)`);
  return JSON.parse(body) as T;
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
  for (const name of await readdir(indexDir))
    if (name.startsWith("tmp-")) await rm(join(indexDir, name), { recursive: true, force: true });
  const temporary = join(indexDir, `tmp-${process.pid}-${Date.now()}`);
  await mkdir(temporary);
  try {
    const records: Record<string, FileRecord> = {};
    for (const [name, bytes] of files) {
      await writeDurably(join(temporary, name), bytes);
      records[name] = { bytes: bytes.length, sha256: sha256(bytes) };
      if (!(await readFile(join(temporary, name))).equals(bytes))
        throw new UserError(
          `${join(temporary, name)}: what landed on disk differs from what was written. Is the disk full or failing?`,
        );
    }
    const text = sealed({ ...manifest, files: records });
    await writeDurably(join(temporary, MANIFEST), Buffer.from(text));
    await syncFolder(temporary);
    const version = await nextName(indexDir);
    await rename(temporary, join(indexDir, version));
    await syncFolder(indexDir);
    await writeCurrent(indexDir, { version, manifest: sealOf(text), rolledBack: false });
    // It is done: what can't be removed now is removed after the next commit.
    await removeOld(indexDir, version).catch(() => undefined);
    return version;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** A name that is not in the folder, and not in CURRENT either: whoever reads now must not find another index there. */
async function nextName(indexDir: string): Promise<string> {
  const named = await readPointer(indexDir).catch(() => null);
  const names = [...(await listVersions(indexDir)), ...(named ? [named.version] : [])];
  const last = Math.max(0, ...names.map((name) => Number(name.slice(1))));
  return `v${String(last + 1).padStart(6, "0")}`;
}

/** Makes a version that is there the current one. */
export async function makeCurrent(
  indexDir: string,
  version: string,
  how: Pick<Current, "rolledBack" | "fits">,
): Promise<void> {
  const { seal } = await readSealed(indexDir, version);
  await writeCurrent(indexDir, { version, manifest: seal, ...how });
}

async function writeCurrent(indexDir: string, current: Current): Promise<void> {
  const next = join(indexDir, `tmp-${CURRENT}-${process.pid}`);
  await rm(next, { force: true });
  await writeDurably(next, Buffer.from(sealed(current)));
  await rename(next, join(indexDir, CURRENT));
  await syncFolder(indexDir);
}

async function removeOld(indexDir: string, version: string): Promise<void> {
  const versions = (await listVersions(indexDir)).filter((name) => name !== version);
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
