// Keeps the state file in use as far as it can be used. While it can't (another process has it, the disk
// is full, it is damaged) the state is kept in memory, the trouble is told in one line of the log, and
// what was written meanwhile is written to the file as soon as it can be used again.

import type { Logger } from "pino";
import { messageOf } from "../../errors.ts";
import { DamagedStore, fileStore, inTransaction, memoryStore, putAside } from "./store.ts";
import type { Store } from "./store.ts";

/** Keeps nothing on disk. */
export const IN_MEMORY = ":memory:";

const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 60_000;
/** Writes that are kept for the file; the oldest are dropped beyond. */
const MOST_PENDING = 20_000;

type Work<T> = (store: Store) => T;

export interface Keeper {
  read<T>(work: Work<T>): T;
  /** Does `work` whole or not at all; once more, in order, on the file if that can't be used now. */
  write<T>(work: Work<T>): T;
  /** Writes what has been waiting, if the file can be used now, and closes it; once is enough. */
  close(): void;
}

/** The state in a file, or in memory for `IN_MEMORY`. */
export function openKeeper(file: string, logger: Logger, retryMs = FIRST_RETRY_MS): Keeper {
  let store: Store = memoryStore();
  /** What the file hasn't got; null while it is in use. */
  let pending: Work<unknown>[] | null = [];
  let timer: NodeJS.Timeout | undefined;
  let reported = false;
  let closed = false;

  const report = (error: unknown): void => {
    if (!reported)
      logger.warn(
        { reason: messageOf(error) },
        "the state file can't be used; state is kept in memory until it can",
      );
    reported = true;
  };
  const retry = (delay: number): void => {
    timer = setTimeout(() => {
      if (!moveToFile()) retry(Math.min(2 * delay, LAST_RETRY_MS));
    }, delay).unref();
  };
  const moveToFile = (): boolean => {
    let opened: Store | undefined;
    try {
      opened = openFile(file, logger);
      const target = opened;
      const works = pending ?? [];
      inTransaction(target, () => works.forEach((work) => work(target)));
    } catch (error) {
      close(opened);
      report(error);
      return false;
    }
    if (reported) logger.info({ written: pending?.length }, "the state file is in use again");
    store.close();
    store = opened;
    pending = null;
    reported = false;
    return true;
  };
  /** Does work on the file; when that fails, in memory. */
  const attempt = <T>(work: () => T): T => {
    if (pending !== null || closed) return work();
    try {
      return work();
    } catch (error) {
      if (!isTrouble(error)) throw error;
      report(error);
      close(store);
      store = memoryStore();
      pending = [];
      retry(retryMs);
      return work();
    }
  };

  if (file !== IN_MEMORY && !moveToFile()) retry(retryMs);
  return {
    read: (work) => attempt(() => work(store)),
    write: (work) =>
      attempt(() => {
        const result = inTransaction(store, () => work(store));
        if (file !== IN_MEMORY && pending !== null && pending.push(work) > MOST_PENDING) pending.shift();
        return result;
      }),
    close() {
      if (closed) return;
      clearTimeout(timer);
      if (file !== IN_MEMORY && pending !== null && pending.length > 0) moveToFile();
      closed = true;
      store.close();
      // An answer that comes too late may still be shown; what it leaves is lost.
      store = memoryStore();
    },
  };
}

function openFile(file: string, logger: Logger): Store {
  try {
    return fileStore(file);
  } catch (error) {
    if (!(error instanceof DamagedStore)) throw error;
    const aside = putAside(file);
    logger.warn(
      { reason: error.message, aside },
      "the state file was damaged; it is put aside and a new one begun",
    );
    return fileStore(file);
  }
}

/** Whether the database failed, and not the program. */
const isTrouble = (error: unknown): boolean => error instanceof Error && error.name === "SQLite3Error";

function close(store: Store | undefined): void {
  try {
    store?.close();
  } catch {
    // It failed before, and that is told.
  }
}
