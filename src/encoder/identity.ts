// A model's files and settings -> the id that an index remembers: vectors of different ids must never be
// compared. Hashes the files that decide the vectors; what to do about a changed id is left to the index.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelSettings } from "./models.ts";

/**
 * `name@` and 16 hex digits over the model's file (with its external data, where there is any), its
 * tokenizer and its settings. With `remember`, the hash of each file is kept in `<file>.sha256.json`
 * beside it and used again while size and time of change are the same: a large model takes seconds to
 * read.
 */
export async function modelId(
  name: string,
  folder: string,
  files: readonly string[],
  settings: ModelSettings,
  remember: boolean,
): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${file}\n${await fileHash(join(folder, file), remember)}\n`);
  }
  const { pooling, queryPrefix, passagePrefix, maxTokens } = settings;
  hash.update(JSON.stringify([pooling, queryPrefix, passagePrefix, maxTokens]));
  return `${name}@${hash.digest("hex").slice(0, 16)}`;
}

async function fileHash(path: string, remember: boolean): Promise<string> {
  if (!remember) return hashOf(path);
  const { size, mtimeMs } = await stat(path);
  const note = `${path}.sha256.json`;
  try {
    const kept = JSON.parse(await readFile(note, "utf8")) as Record<string, unknown>;
    if (kept["size"] === size && kept["mtimeMs"] === mtimeMs && typeof kept["sha256"] === "string") {
      return kept["sha256"];
    }
  } catch {
    // None yet, or a damaged one: it is only a shortcut.
  }
  const sha256 = await hashOf(path);
  try {
    const mine = `${note}.${process.pid}`;
    await writeFile(mine, JSON.stringify({ size, mtimeMs, sha256 }));
    await rename(mine, note);
  } catch {
    // A cache that can't be written to is hashed anew each time.
  }
  return sha256;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
