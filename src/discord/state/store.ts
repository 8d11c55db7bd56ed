// The state as an SQLite database, in a file or in memory: its tables, its salt, and transactions. What
// stands in the tables is the business of the files beside this one; what happens when the file can't be
// used is keeper.ts's.

import { createHmac, randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmdirSync } from "node:fs";
import { dirname } from "node:path";
import sqlite from "node-sqlite3-wasm";
import type { Database } from "node-sqlite3-wasm";
import { own } from "./owner.ts";

/** Raised whenever the tables change. */
const VERSION = 1;

const TABLES = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE turns (
    key TEXT PRIMARY KEY, conversation TEXT NOT NULL, guild TEXT NOT NULL, user TEXT NOT NULL,
    at INTEGER NOT NULL, place INTEGER NOT NULL, turn TEXT NOT NULL
  );
  CREATE INDEX turns_conversation ON turns (conversation, place);
  CREATE INDEX turns_at ON turns (at);
  CREATE TABLE answers (
    key TEXT PRIMARY KEY, guild TEXT NOT NULL, user TEXT NOT NULL, at INTEGER NOT NULL,
    hidden INTEGER NOT NULL, understood TEXT NOT NULL, outcome TEXT NOT NULL, saved TEXT NOT NULL
  );
  CREATE INDEX answers_at ON answers (at);
  CREATE TABLE votes (
    answer TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, user TEXT NOT NULL,
    vote TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (answer, user)
  );
  CREATE TABLE channels (guild TEXT NOT NULL, channel TEXT NOT NULL, PRIMARY KEY (guild, channel));
`;

export interface Store {
  readonly db: Database;
  /** A person's or conversation's id as it is kept: the same in this store only. */
  hash(id: string): string;
  close(): void;
}

/** The file holds something else than a database, or a broken one. */
export class DamagedStore extends Error {
  override readonly name = "DamagedStore";
}

/** A store that lives as long as the process. */
export function memoryStore(): Store {
  const db = new sqlite.Database();
  prepare(db);
  return storeOf(db, () => undefined);
}

/**
 * Opens the store in a file, which is made where there is none. Throws `DamagedStore`, and other errors
 * on a file that another process has or that can't be read or written.
 */
export function fileStore(file: string): Store {
  mkdirSync(dirname(file), { recursive: true });
  const owner = own(file);
  if (owner === null) throw new Error("another process is using it");
  let db: Database | undefined;
  try {
    // What people wrote is for the bot's own account.
    closeSync(openSync(file, "a", 0o600));
    if (owner.inherited) removeLock(file);
    db = new sqlite.Database(file);
    // Exclusive first: a log beside the file needs no memory shared between processes then.
    db.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    db.exec("PRAGMA secure_delete = ON; BEGIN EXCLUSIVE; COMMIT");
    const { quick_check: found } = db.get("PRAGMA quick_check") as { quick_check: string };
    if (found !== "ok") throw new DamagedStore(found.slice(0, 200));
    prepare(db);
    return storeOf(db, owner.release);
  } catch (error) {
    db?.close();
    owner.release();
    throw isDamage(error) ? new DamagedStore((error as Error).message) : error;
  }
}

/** Puts a damaged file aside, so that a new one can be begun; returns its new name. */
export function putAside(file: string): string {
  const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  renameSync(file, aside);
  // The log belongs to the damaged file: it must not be applied to the new one.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  return aside;
}

/** Does `work` whole or not at all. */
export function inTransaction<T>({ db }: Store, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isOpen && db.inTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && /malformed|not a database/.test(error.message);
}

/** The lock that a killed process left behind. */
function removeLock(file: string): void {
  try {
    rmdirSync(`${file}.lock`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function prepare(db: Database): void {
  const { user_version: version } = db.get("PRAGMA user_version") as { user_version: number };
  if (version > VERSION) throw new Error(`a newer version of the bot wrote it (${version})`);
  if (version === VERSION) return;
  db.exec(`BEGIN; ${TABLES}; PRAGMA user_version = ${VERSION}; COMMIT`);
  db.run("INSERT INTO meta VALUES ('salt', ?)", [randomBytes(32).toString("base64url")]);
}

function storeOf(db: Database, release: () => void): Store {
  const { value: salt } = db.get("SELECT value FROM meta WHERE name = 'salt'") as { value: string };
  return {
    db,
    hash: (id) => createHmac("sha256", salt).update(id).digest("base64url").slice(0, 22),
    close() {
      db.close();
      release();
    },
  };
}
