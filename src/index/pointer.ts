// What the index folder names as the index in use, looked at again and again: whether that is news, and
// what was passed over because it can't be used, which the log is told once. Reads the folder only;
// versions.ts writes it.

import { messageOf } from "../errors.ts";
import type { Manifest } from "./store.ts";
import { currentVersion, readManifest } from "./versions.ts";

export interface Pointer {
  readonly version: string;
  /** Tells a folder that was made anew, with the same version numbers, from the one before it. */
  readonly builtAt: string;
}

/** An index in use; one without a version is in memory only, and newer than what the folder holds. */
interface InUse {
  readonly version: string | null;
  readonly builtAt: string;
}

export class PointerWatch {
  readonly #indexDir: string;
  readonly #retryMs: number;
  readonly #report: (about: { version?: string; reason: string }) => void;
  #passedOver: { readonly key: string; readonly until: number } | null = null;

  /** What can't be used is news again after `retryMs`; `report` is told of it once. */
  constructor(
    indexDir: string,
    retryMs: number,
    report: (about: { version?: string; reason: string }) => void,
  ) {
    this.#indexDir = indexDir;
    this.#retryMs = retryMs;
    this.#report = report;
  }

  /** The index that the folder names; null where it names none, one that is in use, or one passed over. */
  async news(inUse: InUse): Promise<Pointer | null> {
    let named: Pointer | null;
    try {
      named = await this.#read();
    } catch (error) {
      this.#passOver(messageOf(error), { reason: messageOf(error) });
      return null;
    }
    if (named === null) return null;
    const key = keyOf(named);
    if (key === keyOf(inUse)) {
      this.#passedOver = null;
      return null;
    }
    return this.#passedOver?.key === key && performance.now() < this.#passedOver.until ? null : named;
  }

  /** Passes over an index that can't be used. */
  async refuse(pointer: Pointer, reason: string): Promise<void> {
    // One that was replaced while it was read is no news any more: what came after it is.
    const now = await this.#read().catch(() => null);
    if (now !== null && keyOf(now) !== keyOf(pointer)) return;
    this.#passOver(keyOf(pointer), { version: pointer.version, reason });
  }

  /** Looks again at what was passed over: somebody says that what the folder names now is right. */
  reconsider(): void {
    this.#passedOver = null;
  }

  /** Passes over what the folder names now: what is in memory is newer. */
  async ignore(): Promise<void> {
    const named = await this.#read().catch(() => null);
    if (named !== null) this.#passedOver = { key: keyOf(named), until: Infinity };
  }

  #passOver(key: string, about: { version?: string; reason: string }): void {
    if (this.#passedOver?.key !== key) this.#report(about);
    this.#passedOver = { key, until: performance.now() + this.#retryMs };
  }

  /** Reads a kilobyte or two. */
  async #read(): Promise<Pointer | null> {
    const version = await currentVersion(this.#indexDir);
    if (version === null) return null;
    const { builtAt } = await readManifest<Manifest>(this.#indexDir, version);
    return { version, builtAt };
  }
}

function keyOf({ version, builtAt }: InUse): string {
  return `${version} ${builtAt}`;
}
