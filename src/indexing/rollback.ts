// The index in use -> the one that was in use before it, when that is whole. It stays, whatever the corpus
// holds, until the next npm run index: whoever rolls back does not want the program to undo it.

import { UserError } from "../errors.ts";
import { withLock } from "../index/lock.ts";
import type { Manifest } from "../index/store.ts";
import { DamagedIndex, listVersions, makeCurrent, readCurrent, readManifest } from "../index/versions.ts";
import type { Encoder } from "../types.ts";
import { checkVersion, type VersionReport } from "./check.ts";

export interface Rollback {
  /** The version in use until now; null when that could not be told. */
  readonly from: string | null;
  readonly to: string;
  readonly manifest: Manifest;
  /** Versions between them that can't be used, with the reason. */
  readonly passedOver: readonly string[];
}

/** Rolls back. Throws `UserError` when there is no earlier version that can be used, or the folder can't be written. */
export async function rollback(indexDir: string, encoder: Encoder): Promise<Rollback> {
  try {
    return await withLock(indexDir, () => goBack(indexDir, encoder));
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error) || !("code" in error)) throw error;
    throw new UserError(`${indexDir}: can't be written (${error.message}); the index stays as it is.`);
  }
}

async function goBack(indexDir: string, encoder: Encoder): Promise<Rollback> {
  const from = await inUse(indexDir);
  const passedOver: string[] = [];
  for (const version of await earlier(indexDir, from)) {
    const report = await checkVersion(indexDir, version, encoder);
    const reason = whyNot(report);
    if (reason === null) {
      await makeCurrent(indexDir, version, { rolledBack: true });
      return { from, to: version, manifest: report.manifest!, passedOver };
    }
    passedOver.push(`${version}: ${reason}`);
  }
  const reasons = passedOver.map((reason) => `\n  ${reason}`).join("");
  throw new UserError(
    `${indexDir}: there is no earlier version to roll back to${from === null ? "" : ` from ${from}`}.${reasons}`,
  );
}

const whyNot = ({ problems, unusable }: VersionReport): string | null =>
  problems[0] ?? (unusable === null ? null : `it ${unusable}`);

async function inUse(indexDir: string): Promise<string | null> {
  return readCurrent(indexDir).then(
    (current) => current?.version ?? null,
    (error: unknown) => {
      if (error instanceof DamagedIndex) return null;
      throw error;
    },
  );
}

/** Versions older than one, in the order in which they were in use before it, then the other way they were made. */
async function earlier(indexDir: string, from: string | null): Promise<string[]> {
  const all = (await listVersions(indexDir)).toReversed();
  if (from === null) return all;
  const older = all.slice(all.indexOf(from) + 1);
  const chain: string[] = [];
  let version: string | null = from;
  while (version !== null && !chain.includes(version)) {
    const manifest: Manifest | null = await readManifest<Manifest>(indexDir, version).catch(() => null);
    version = manifest?.replaces ?? null;
    if (version !== null && older.includes(version)) chain.push(version);
    else version = null;
  }
  return [...chain, ...older.filter((other) => !chain.includes(other))];
}
