// A file of the corpus -> its bytes and their checksum, or a clear refusal: too large, a link, no file.

import { createHash } from "node:crypto";
import { constants, open } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { decodeText } from "./decode.ts";

/** Larger files are refused: no report is, and one must not fill the memory. Bytes. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

export interface CorpusFile {
  /** Path in the corpus, `/`-separated. */
  readonly file: string;
  readonly path: string;
}

/** A link that has taken the file's place leads nowhere, and a pipe that has keeps nobody waiting. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * SHA-256 of a file's bytes, hex, and the bytes. Throws `UserError` for files over the limit and for
 * those that can't be read, or are no longer there.
 */
export async function readBytes({ file, path }: CorpusFile): Promise<{ bytes: Uint8Array; sha256: string }> {
  const handle = await open(path, FLAGS).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ELOOP")
      throw new UserError(`${file}: is a symbolic link; put the file itself into the corpus.`);
    throw new UserError(`${file}: can't be read (${messageOf(error)}).`, { cause: error });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new UserError(`${file}: is not a regular file.`);
    if (stat.size > MAX_FILE_BYTES) {
      throw new UserError(
        `${file}: ${Math.round(stat.size / 1e6)} MB is over the limit of ${Math.round(MAX_FILE_BYTES / 1e6)} MB for one document.`,
      );
    }
    const bytes = await handle.readFile();
    return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
  } finally {
    await handle.close();
  }
}

/**
 * The text of a file that maintainers write beside the documents (UTF-8, UTF-16 or Windows-1252); empty
 * where there is none. Throws `UserError` naming it when it can't be read.
 */
export async function readSideFile(corpusDir: string, name: string): Promise<string> {
  const path = join(corpusDir, name);
  try {
    return decodeText((await readBytes({ file: path, path })).bytes, path);
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return "";
    throw error;
  }
}
