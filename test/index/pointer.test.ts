// What is news about an index folder, and what is not.

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { PointerWatch } from "../../src/index/pointer.ts";
import { commitVersion, makeCurrent } from "../../src/index/versions.ts";
import { sealed, temporaryFolder } from "./room.ts";

let folder: string;
let reports: { version?: string; reason: string }[];
let commits = 0;

beforeEach(async () => {
  folder = await temporaryFolder();
  reports = [];
});

const watch = (retryMs = Infinity) => new PointerWatch(folder, retryMs, (about) => reports.push(about));
const commit = async () => {
  const builtAt = `2026-01-01T00:00:00.${String(++commits).padStart(3, "0")}Z`;
  const version = await commitVersion(folder, new Map([["a.json", Buffer.from("{}")]]), { builtAt });
  return { version, builtAt };
};
const inMemory = { version: null, builtAt: "2026-01-01" };

test("an index that is not in use is news, again and again, until it is", async () => {
  const own = watch();
  expect(await own.news(inMemory)).toBeNull();
  const first = await commit();
  expect([await own.news(inMemory), await own.news(inMemory), await own.news(first)]).toEqual([
    first,
    first,
    null,
  ]);
  const second = await commit();
  expect(await own.news(first)).toEqual(second);
  // The folder is made anew: the same name, another index.
  await rm(folder, { recursive: true });
  expect(await own.news(second)).toBeNull();
  const third = await commit();
  expect(third.version).toBe(first.version);
  expect(await own.news(first)).toEqual(third);
  expect(reports).toEqual([]);
});

test("what can't be used is told once and is no news for a while; what comes after it is", async () => {
  const own = watch(60);
  const first = await commit();
  await own.refuse(first, "damaged");
  await own.refuse(first, "damaged");
  expect(await own.news(inMemory)).toBeNull();
  expect(reports).toEqual([{ version: first.version, reason: "damaged" }]);
  await sleep(80);
  expect(await own.news(inMemory)).toEqual(first);
  await own.refuse(first, "damaged");
  expect(reports).toHaveLength(1);
  const second = await commit();
  expect(await own.news(inMemory)).toEqual(second);
});

test("what was replaced in the meantime is not complained of", async () => {
  const own = watch();
  const first = await commit();
  const second = await commit();
  await own.refuse(first, "gone");
  expect(reports).toEqual([]);
  expect(await own.news(inMemory)).toEqual(second);
});

test("what is in the folder already can be passed over, without a word", async () => {
  const own = watch();
  await commit();
  await own.ignore();
  expect([await own.news(inMemory), reports]).toEqual([null, []]);
  const second = await commit();
  expect(await own.news(inMemory)).toEqual(second);
});

test("what was passed over is news again when somebody says that it is right", async () => {
  const own = watch();
  const first = await commit();
  await own.ignore();
  expect(await own.news(inMemory)).toBeNull();
  own.reconsider();
  expect(await own.news(inMemory)).toEqual(first);
});

test("going back is news; that the same version now fits the corpus is none", async () => {
  const own = watch();
  const first = await commit();
  const second = await commit();
  await makeCurrent(folder, first.version, { rolledBack: true });
  expect(await own.news(second)).toEqual(first);
  await makeCurrent(folder, first.version, { rolledBack: false, fits: "another corpus" });
  expect(await own.news(first)).toBeNull();
});

test.each<[string, string, RegExp]>([
  ["is damaged", "v000009\n", /^CURRENT: is not what was written/],
  ["names no version", sealed({ version: "../v000009" }), /^CURRENT: does not name a version/],
  ["names one that isn't there", sealed({ version: "v000009" }), /^v000009\/manifest\.json: ENOENT/],
  ["names another manifest", sealed({ version: "v000001" }), /^v000001\/manifest\.json: is not the one/],
])("a pointer that %s is told once, and is no news", async (_, pointer, reason) => {
  const own = watch();
  await commit();
  await writeFile(join(folder, "CURRENT"), pointer);
  expect([await own.news(inMemory), await own.news(inMemory)]).toEqual([null, null]);
  expect(reports).toEqual([{ reason: expect.stringMatching(reason) }]);
});
