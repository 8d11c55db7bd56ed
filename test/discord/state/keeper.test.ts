// The state file in trouble: whatever happens to it, the state works, and nothing is lost that could be kept.

import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { PROJECT_DIR } from "../../../src/config.ts";
import { channelsIn } from "../../../src/discord/state/channels.ts";
import { openKeeper } from "../../../src/discord/state/keeper.ts";
import type { Keeper } from "../../../src/discord/state/keeper.ts";
import { fileStore } from "../../../src/discord/state/store.ts";
import { until } from "../room.ts";
import { readableLog, stateFile } from "./room.ts";
import type { Log } from "./room.ts";

const RETRY_MS = 10;
const open: Keeper[] = [];
afterEach(() => open.splice(0).forEach((keeper) => keeper.close()));

function keep(
  file: string,
  log: Log = readableLog(),
): { keeper: Keeper; log: Log; list: () => readonly string[]; allow: (channel: string) => void } {
  const keeper = openKeeper(file, log.logger, RETRY_MS);
  open.push(keeper);
  const channels = channelsIn(keeper);
  return {
    keeper,
    log,
    list: () => channels.list("guild"),
    allow: (channel) => channels.allow("guild", channel),
  };
}
const messages = ({ lines }: Log): string[] => lines.map(({ msg }) => msg);
const KEPT_IN_MEMORY = "the state file can't be used; state is kept in memory until it can";
const BACK = "the state file is in use again";

describe("a file that another process uses", () => {
  it("is done without, with one line in the log, and gets what was written meanwhile when it is free", async () => {
    const file = stateFile();
    const other = fileStore(file);
    other.db.run("INSERT INTO channels VALUES ('guild', 'theirs')");
    const { log, list, allow } = keep(file);
    allow("ours");
    expect(list()).toEqual(["ours"]);
    expect(messages(log)).toEqual([KEPT_IN_MEMORY]);
    expect(log.lines[0]).toMatchObject({ level: 40, reason: "another process is using it" });
    other.close();
    await until(() => log.lines.length > 1);
    expect(messages(log)).toEqual([KEPT_IN_MEMORY, BACK]);
    expect(list()).toEqual(["theirs", "ours"]);
  });

  it("is not taken from a connection that holds SQLite's own lock", () => {
    const file = stateFile();
    mkdirSync(`${file}.lock`);
    const { log, list, allow } = keep(file);
    allow("ours");
    expect(list()).toEqual(["ours"]);
    expect(log.lines).toMatchObject([{ msg: KEPT_IN_MEMORY, reason: "database is locked" }]);
  });

  it("gets what was written when the bot stops, if it is free by then", () => {
    const file = stateFile();
    const other = fileStore(file);
    const { keeper, allow } = keep(file);
    allow("ours");
    other.close();
    keeper.close();
    expect(keep(file).list()).toEqual(["ours"]);
  });
});

it("a damaged file is put aside and a new one begun, with one line in the log", () => {
  const file = stateFile();
  writeFileSync(file, "This is no database. ".repeat(500));
  const { log, list, allow, keeper } = keep(file);
  allow("ours");
  expect(list()).toEqual(["ours"]);
  expect(messages(log)).toEqual(["the state file was damaged; it is put aside and a new one begun"]);
  keeper.close();
  const aside = readdirSync(dirname(file)).filter((name) => name.includes(".damaged-"));
  expect(aside).toHaveLength(1);
  expect(readFileSync(`${dirname(file)}/${aside[0]}`, "utf8")).toContain("This is no database.");
  expect(keep(file).list()).toEqual(["ours"]);
});

it("a file that gets damaged while it is in use is left, put aside, and what is known is kept in a new one", async () => {
  const file = stateFile();
  const { keeper, log, list, allow } = keep(file);
  for (let i = 0; i < 300; i++) allow(`channel-${i}-${"x".repeat(200)}`);
  // SQLite keeps pages in memory and in its log; what it reads anew is damaged.
  keeper.read(({ db }) => db.exec("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory"));
  writeFileSync(file, readFileSync(file).fill(0xff, 4096));
  expect(list()).toEqual([]);
  allow("after");
  expect(list()).toEqual(["after"]);
  await until(() => messages(log).includes(BACK));
  expect(list()).toEqual(["after"]);
  expect(messages(log)).toHaveLength(3);
  expect(readdirSync(dirname(file)).filter((name) => name.includes("damaged"))).not.toEqual([]);
});

it("a file of a newer version is left alone", () => {
  const file = stateFile();
  const store = fileStore(file);
  store.db.exec("PRAGMA user_version = 99");
  store.close();
  const before = readFileSync(file);
  const { log, allow, list } = keep(file);
  allow("ours");
  expect(list()).toEqual(["ours"]);
  expect(log.lines).toMatchObject([{ reason: "a newer version of the bot wrote it (99)" }]);
  expect(readFileSync(file).equals(before)).toBe(true);
});

// An administrator may write everywhere.
it.skipIf(process.getuid?.() === 0)("a folder that can't be written is done without", () => {
  const file = stateFile();
  chmodSync(dirname(file), 0o500);
  const { log, allow, list } = keep(file);
  allow("ours");
  expect(list()).toEqual(["ours"]);
  expect(messages(log)).toEqual([KEPT_IN_MEMORY]);
});

describe("a process that is killed", () => {
  it("loses nothing that was written, and holds nobody off", async () => {
    const file = stateFile();
    const script = `
      const { fileStore } = await import("./src/discord/state/store.ts");
      const { db } = fileStore(${JSON.stringify(file)});
      for (let i = 0; ; i++) {
        db.run("INSERT INTO channels VALUES ('guild', ?)", [String(i)]);
        if (i === 50) process.stdout.write("fifty");
      }`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      cwd: PROJECT_DIR,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    expect(existsSync(`${file}.lock`)).toBe(true);
    const { log, list } = keep(file);
    expect(list().length).toBeGreaterThan(50);
    expect(list()).toEqual(list().map((_, i) => String(i)));
    expect(log.lines).toEqual([]);
  });

  it("is not taken for one that has got its process number since", () => {
    const file = stateFile();
    writeFileSync(`${file}.owner`, `${process.ppid}\n`);
    expect(() => fileStore(file)).toThrow("another process is using it");
    const anHourAgo = Date.now() / 1000 - 3600;
    utimesSync(`${file}.owner`, anHourAgo, anHourAgo);
    fileStore(file).close();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    for (const dead of [`${pid}\n`, `${process.pid}\n`]) {
      writeFileSync(`${file}.owner`, dead);
      fileStore(file).close();
    }
  });
});
