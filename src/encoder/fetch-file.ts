// A URL -> a file that is there whole or not at all. Resumes what broke off (Range with If-Range),
// retries what may pass, checks the length and the look of what landed, and renames it into place after
// fsync. Which files a model needs, and what to tell people, is left to download.ts.

import { open, readFile, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../errors.ts";
import { claimPart, dropPart, etagFile, resumable } from "./part.ts";

/** How a download is doing: bytes of `file` so far, of `total` where the hub told it. */
export interface DownloadProgress {
  readonly file: string;
  readonly received: number;
  readonly total: number | null;
}

/** Why a file can't be had. `status` is the hub's answer, null when there was none. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly status: number | null;
  readonly passing: boolean;

  constructor(message: string, status: number | null, passing: boolean) {
    super(message);
    this.status = status;
    this.passing = passing;
  }
}

const RETRIES = 3;
/** A connection that delivers nothing for so long is given up. */
const STALLED_MS = 30_000;

/**
 * Fetches `url` into `path`, whose folder exists. Resolves false when there is no such file (404).
 * Tries again three times, after `retryDelayMs`, twice and four times as long. Rejects with `FetchError`
 * when the hub can't be reached or refuses, with the system's error when the file can't be written.
 */
export async function fetchFile(
  url: string,
  path: string,
  options: {
    readonly onProgress: (received: number, total: number | null) => void;
    readonly retryDelayMs: number;
  },
): Promise<boolean> {
  const part = await claimPart(path);
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetchOnce(url, path, part, options.onProgress);
    } catch (error) {
      if (!(error instanceof FetchError) || !error.passing || attempt === RETRIES) throw error;
      await sleep(options.retryDelayMs * 2 ** attempt);
    }
  }
}

async function fetchOnce(
  url: string,
  path: string,
  part: string,
  onProgress: (received: number, total: number | null) => void,
): Promise<boolean> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), STALLED_MS);
  try {
    const before = await resumable(part);
    const headers: Record<string, string> = { "accept-encoding": "identity" };
    if (before !== null) {
      headers["range"] = `bytes=${before.size}-`;
      headers["if-range"] = before.etag;
    }
    const response = await fetch(url, { headers, signal: stalled.signal }).catch((error) => {
      throw connectionError(error);
    });
    if (response.status === 404) return false;
    const from = await begin(response, before?.size ?? 0, part);
    const total = totalOf(response);
    const file = await open(part, from > 0 ? "a" : "w");
    try {
      await write(response, file, from, (received) => {
        timer.refresh();
        onProgress(received, total);
      });
      await file.sync();
      const { size } = await file.stat();
      if (total !== null && size !== total) {
        throw new FetchError(`the connection broke off after ${size} of ${total} bytes`, null, true);
      }
    } finally {
      await file.close();
    }
    await checkLook(part, path);
    await rename(part, path);
    await dropPart(part);
    await syncFolder(dirname(path));
    return true;
  } finally {
    clearTimeout(timer);
    stalled.abort(); // lets go of a body that wasn't read to its end
  }
}

/** Decides where the answer's bytes go: the offset in the part, 0 for a new start. */
async function begin(response: Response, size: number, part: string): Promise<number> {
  const { status } = response;
  const range = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "");
  if (status === 206 && range !== null && Number(range[1]) === size && size > 0) return size;
  if (status === 200) {
    // The hub doesn't do ranges, or the file has changed since.
    const etag = response.headers.get("etag") ?? "";
    await rm(etagFile(part), { force: true });
    // A weak ETag doesn't promise the same bytes.
    if (etag.startsWith('"')) await writeFile(etagFile(part), etag);
    return 0;
  }
  await response.body?.cancel();
  if (status === 206 || status === 416) {
    await dropPart(part);
    throw new FetchError("the hub answered with another range than asked for", status, true);
  }
  const passing = status >= 500 || status === 408 || status === 429;
  throw new FetchError(`the hub answered ${status} ${response.statusText}`.trim(), status, passing);
}

/** Length of the whole file; null when it isn't told, or told of its compressed form. */
function totalOf({ status, headers }: Response): number | null {
  if (headers.get("content-encoding")) return null;
  const told = status === 206 ? headers.get("content-range")?.split("/")[1] : headers.get("content-length");
  return told && /^\d+$/.test(told) ? Number(told) : null;
}

async function write(
  response: Response,
  file: FileHandle,
  from: number,
  onProgress: (received: number) => void,
): Promise<void> {
  let received = from;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch((error) => {
      throw connectionError(error);
    });
    if (done) break;
    await file.writeFile(value);
    received += value.length;
    onProgress(received);
  }
}

/** Sign-in pages and storage pointers come with status 200, too: they must not become a model. */
async function checkLook(part: string, path: string): Promise<void> {
  const file = await open(part);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(40), 0, 40, 0).finally(() => file.close());
  const start = buffer.toString("latin1", 0, bytesRead);
  let fault: string | null = null;
  if (bytesRead === 0) fault = "an empty file";
  else if (/^\s*</.test(start)) fault = "a web page";
  else if (start.startsWith("version https://git-lfs")) fault = "a pointer to the file, not the file";
  else if (path.endsWith(".json") && !isJson(await readFile(part, "utf8")))
    fault = "something that isn't JSON";
  if (fault === null) return;
  await dropPart(part);
  throw new FetchError(`the hub delivered ${fault}`, 200, false);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function connectionError(error: unknown): FetchError {
  if (error instanceof Error && error.name === "AbortError") {
    return new FetchError(`nothing came for ${STALLED_MS / 1000} seconds`, null, true);
  }
  // fetch says "fetch failed" or "terminated"; the reason is its cause.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code } = cause as NodeJS.ErrnoException;
  const reason = [...new Set([code, messageOf(cause)])].filter(Boolean).join(", ");
  return new FetchError(`the connection failed (${reason})`, null, true);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null); // Windows can't open folders
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
