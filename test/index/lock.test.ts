import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { IndexLocked, withLock } from "../../src/index/lock.ts";
import { namesIn, temporaryFolder } from "./room.ts";

const lockOf = (folder: string) => join(folder, "writer.lock");
const done = () => Promise.resolve("done");

test("the lock names the writer while it writes, and is gone afterwards, whatever happened", async () => {
  const folder = join(await temporaryFolder(), "new");
  const seen = await withLock(folder, () => readFile(lockOf(folder), "utf8"));
  expect(seen).toMatch(new RegExp(`^${process.pid} \\d*\n$`));
  expect(await namesIn(folder)).toEqual([]);
  await expect(withLock(folder, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await namesIn(folder)).toEqual([]);
});

test("a second writer is told which process is writing", async () => {
  const folder = await temporaryFolder();
  // The process that started the tests lives as long as they do.
  await writeFile(lockOf(folder), `${process.ppid}\n`);
  await expect(withLock(folder, done)).rejects.toThrow(
    new UserError(
      `The index is being written by another process (${process.ppid}). Wait for it, or stop it, and run this again.`,
    ),
  );
  expect(await readFile(lockOf(folder), "utf8")).toBe(`${process.ppid}\n`);
});

test("of many that start at once one writes, and the others are told", async () => {
  const folder = await temporaryFolder();
  let writing = 0;
  let most = 0;
  let open = (): void => {};
  const othersAreTold = new Promise<void>((resolve) => (open = resolve));
  const refused: unknown[] = [];
  const write = async () => {
    most = Math.max(most, ++writing);
    await othersAreTold;
    writing--;
  };
  const attempt = () =>
    withLock(folder, write).catch((reason: unknown) => {
      if (refused.push(reason) === 7) open();
    });
  await Promise.all(Array.from({ length: 8 }, attempt));
  expect(most).toBe(1);
  for (const reason of refused) expect(reason).toBeInstanceOf(IndexLocked);
  expect(await withLock(folder, done)).toBe("done");
});

test("a dead process does not hold the lock", async () => {
  const folder = await temporaryFolder();
  const { pid } = spawnSync(process.execPath, ["--version"]);
  await writeFile(lockOf(folder), `${pid}\n`);
  expect(await withLock(folder, done)).toBe("done");
  expect(await namesIn(folder)).toEqual([]);
});

test.skipIf(!existsSync("/proc/self/stat"))(
  "nor does one whose number another process got since",
  async () => {
    const folder = await temporaryFolder();
    await writeFile(lockOf(folder), `${process.ppid} 1\n`);
    expect(await withLock(folder, done)).toBe("done");
  },
);

test("nor does one that had this process's number before it, as in a container", async () => {
  const folder = await temporaryFolder();
  await writeFile(lockOf(folder), `${process.pid}\n`);
  expect(await withLock(folder, done)).toBe("done");
});

test.each(["", "1", "not a number\n", "0\n", "-1\n", "1.5\n"])(
  "a lock that holds %j holds nobody off",
  async (text) => {
    const folder = await temporaryFolder();
    await writeFile(lockOf(folder), text);
    expect(await withLock(folder, done)).toBe("done");
  },
);

test("a lock that is just being written is waited for", async () => {
  const folder = await temporaryFolder();
  await writeFile(lockOf(folder), "");
  setTimeout(() => void writeFile(lockOf(folder), `${process.ppid}\n`), 60);
  await expect(withLock(folder, done)).rejects.toThrow(`another process (${process.ppid})`);
});
