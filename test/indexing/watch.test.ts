import { appendFile, mkdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchCorpus } from "../../src/indexing/watch.ts";
import { temporaryFolder } from "../index/room.ts";

let corpus: string;
let runs: number;
/** What `work` answers, or throws. */
let answer: () => Promise<boolean>;
let stop: AbortController;
let ended: Promise<void>;

beforeEach(async () => {
  corpus = join(await temporaryFolder(), "corpus");
  await mkdir(corpus);
  await writeFile(join(corpus, "a.txt"), "One.");
  runs = 0;
  answer = () => Promise.resolve(true);
  stop = new AbortController();
  const work = () => {
    runs++;
    return answer();
  };
  ended = watchCorpus(corpus, work, { signal: stop.signal, everyMs: 15 });
});
afterEach(async () => {
  stop.abort();
  await ended.catch(() => undefined);
});

const reached = (count: number) =>
  vi.waitFor(() => expect(runs).toBe(count), { timeout: 30_000, interval: 5 });
/** Long enough for several looks: a call too many would show. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 120));

test.each<[string, () => Promise<unknown>]>([
  ["is added", () => writeFile(join(corpus, "b.txt"), "Two.")],
  ["is written anew with the same length", () => writeFile(join(corpus, "a.txt"), "Two.")],
  ["is renamed", () => rename(join(corpus, "a.txt"), join(corpus, "c.txt"))],
  ["is removed", () => rm(join(corpus, "a.txt"))],
  ["gets an older time, as a copy does", () => utimes(join(corpus, "a.txt"), 1000, 1000)],
  ["and the whole folder is removed", () => rm(corpus, { recursive: true })],
])("work is done at once, and again when a file %s", async (_, change) => {
  await reached(1);
  await rest();
  expect(runs).toBe(1);
  await change();
  await reached(2);
  await rest();
  expect(runs).toBe(2);
});

test("a folder that comes back is seen", async () => {
  await reached(1);
  await rename(corpus, `${corpus}-away`);
  await reached(2);
  await rename(`${corpus}-away`, corpus);
  await reached(3);
});

test("a file that is still growing is waited for", async () => {
  await reached(1);
  for (let i = 0; i < 20; i++) {
    await appendFile(join(corpus, "b.txt"), "More and more. ");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await reached(2);
  await rest();
  expect(runs).toBeLessThanOrEqual(3);
});

test("what changes during the work is worked on next", async () => {
  await reached(1);
  let go = (): void => {};
  answer = () => new Promise((resolve) => (go = () => resolve(true)));
  await writeFile(join(corpus, "b.txt"), "Two.");
  await reached(2);
  await writeFile(join(corpus, "c.txt"), "Three.");
  answer = () => Promise.resolve(true);
  go();
  await reached(3);
});

test("work that could not be done is tried again though nothing has changed", async () => {
  await reached(1);
  answer = () => Promise.resolve(runs >= 4);
  await writeFile(join(corpus, "b.txt"), "Two.");
  await reached(4);
  await rest();
  expect(runs).toBe(4);
});

test("it ends when it is told to, at once", async () => {
  await reached(1);
  stop.abort();
  await ended;
  await writeFile(join(corpus, "b.txt"), "Two.");
  await rest();
  expect(runs).toBe(1);
});
