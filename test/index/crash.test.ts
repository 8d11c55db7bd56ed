// Commits that are cut short at every step: by a process that dies there, and by a disk that refuses
// once. Steps are counted in a file system between the code and the real one.

import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { UserError } from "../../src/errors.ts";
import { withLock } from "../../src/index/lock.ts";
import { commitVersion, currentVersion, readCurrent, readVersion } from "../../src/index/versions.ts";
import { namesIn, temporaryFolder } from "./room.ts";

const disk = vi.hoisted(() => ({
  /** Steps that changed something, in order. */
  steps: [] as string[],
  /** The step at which it goes wrong; 0: never. */
  failAt: 0,
  /** Whether nothing works any more after that, as in a process that was killed. */
  kills: true,
  /** Spoils what is written to a file, without an error. */
  spoil: (_path: string, bytes: Uint8Array) => bytes,
}));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const fails = (step: string): boolean => {
    disk.steps.push(step);
    const count = disk.steps.length;
    return disk.failAt > 0 && (disk.kills ? count >= disk.failAt : count === disk.failAt);
  };
  const refuse = (): never => {
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  };
  const name = (path: unknown) => String(path).split("/").at(-1)!;
  const step =
    <A extends unknown[], R>(verb: string, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> =>
      fails(`${verb} ${name(args[0])}${verb === "rename" ? ` -> ${name(args[1])}` : ""}`)
        ? refuse()
        : work(...args);
  const open = async (path: string, flags: string) => {
    if (flags !== "r" && fails(`open ${name(path)}`)) refuse();
    const handle = await real.open(path, flags);
    const act = (verb: string, work: () => Promise<void>, half?: () => Promise<void>) => async () => {
      if (!fails(`${verb} ${name(path)}`)) return work();
      await half?.();
      refuse();
    };
    return {
      writeFile: (bytes: Uint8Array | string) => {
        const spoiled = disk.spoil(path, Buffer.from(bytes as string));
        return act(
          "write",
          () => handle.writeFile(spoiled),
          () => handle.writeFile(spoiled.subarray(0, spoiled.length >> 1)),
        )();
      },
      sync: act("sync", () => handle.sync()),
      // A process that dies closes its files, too.
      close: act(
        "close",
        () => handle.close(),
        () => handle.close(),
      ),
    };
  };
  return {
    ...real,
    open,
    mkdir: step("mkdir", real.mkdir as (path: string, options?: object) => Promise<string | undefined>),
    rename: step("rename", real.rename as (from: string, to: string) => Promise<void>),
    rm: step("rm", real.rm as (path: string, options?: object) => Promise<void>),
  };
});

afterEach(heal);

/** A new process on a disk that works. */
function heal(): void {
  Object.assign(disk, { steps: [], failAt: 0, kills: true, spoil: (_: string, bytes: Uint8Array) => bytes });
}

const filesOf = (text: string) =>
  new Map([
    ["one.json", Buffer.from(JSON.stringify({ text }))],
    ["two.f32", Buffer.from(text.repeat(1000))],
  ]);
const commit = (folder: string, text: string) =>
  withLock(folder, () => commitVersion(folder, filesOf(text), { text }));

/** What the index in use says; null where there is none. Throws when it is not whole. */
async function contents(folder: string): Promise<string | null> {
  const version = await currentVersion(folder);
  if (version === null) return null;
  const { manifest, files } = await readVersion<{ files: object & Record<string, never>; text: string }>(
    folder,
    version,
  );
  expect([...files]).toEqual([...filesOf(manifest.text)]);
  return manifest.text;
}

/** Commits `new` over `before`, going wrong at each step in turn, until a commit gets through. */
async function eachStep(
  before: string | null,
  kills: boolean,
  check: (folder: string, step: string, committed: boolean) => Promise<void>,
): Promise<number> {
  for (let failAt = 1; ; failAt++) {
    const folder = join(await temporaryFolder(), "index");
    if (before !== null) await commit(folder, before);
    heal();
    Object.assign(disk, { failAt, kills });
    const committed = await commit(folder, "new").then(
      () => true,
      () => false,
    );
    const reached = disk.steps.length >= failAt;
    const step = disk.steps[failAt - 1]!;
    heal();
    if (!reached) {
      expect([committed, await contents(folder)]).toEqual([true, "new"]);
      return failAt - 1;
    }
    await check(folder, step, committed);
  }
}

test.each([null, "old"])(
  "killed at any step of a commit over %j, the index is the old one or the new one",
  async (before) => {
    const seen = new Set<string | null>();
    const steps = await eachStep(before, true, async (folder, step) => {
      const after = await contents(folder);
      expect([before, "new"], step).toContain(after);
      seen.add(after);
      // The next process finds no lock in its way, and leaves nothing of this one behind.
      await commit(folder, "newer");
      expect(await contents(folder), step).toBe("newer");
      const left = (await namesIn(folder)).filter((name) => !/^v\d{6}$/.test(name));
      expect(left, step).toEqual(["CURRENT"]);
    });
    expect(steps).toBeGreaterThan(20);
    expect([...seen]).toEqual([before, "new"]);
  },
);

test("a disk that refuses one step leaves the old index or the new one, and no lock", async () => {
  await eachStep("old", false, async (folder, step, committed) => {
    const after = await contents(folder);
    expect(committed ? ["new"] : ["old", "new"], step).toContain(after);
    if (!step.startsWith("rm writer")) expect(await namesIn(folder), step).not.toContain("writer.lock");
    await commit(folder, "newer");
    expect(await contents(folder), step).toBe("newer");
  });
});

test("everything is flushed before the rename that makes it count", async () => {
  const folder = join(await temporaryFolder(), "index");
  await commitVersion(folder, filesOf("new"), {});
  const steps = disk.steps.map((step) =>
    step.replace(/tmp-\d+-\d+/, "tmp").replace(/tmp-CURRENT-\d+/, "next"),
  );
  expect(steps).toEqual([
    "mkdir index",
    "mkdir tmp",
    ...["one.json", "two.f32", "manifest.json"].flatMap((name) =>
      ["open", "write", "sync", "close"].map((verb) => `${verb} ${name}`),
    ),
    "sync tmp",
    "close tmp",
    "rename tmp -> v000001",
    `sync ${basename(folder)}`,
    `close ${basename(folder)}`,
    "rm next",
    "open next",
    "write next",
    "sync next",
    "close next",
    "rename next -> CURRENT",
    `sync ${basename(folder)}`,
    `close ${basename(folder)}`,
  ]);
});

test("a file that did not land as it was written is found out before it counts", async () => {
  const folder = await temporaryFolder();
  await commit(folder, "old");
  disk.spoil = (path, bytes) => (path.endsWith("two.f32") ? bytes.subarray(0, -1) : bytes);
  const refusal = await commit(folder, "new").catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(UserError);
  expect((refusal as UserError).message).toMatch(
    /two\.f32: what landed on disk differs .* full or failing\?$/,
  );
  expect(await contents(folder)).toBe("old");
});

test("what a dead writer left is removed by the next one", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "tmp-1-2"));
  await writeFile(join(folder, "tmp-1-2", "one.json"), "{");
  await writeFile(join(folder, "tmp-CURRENT-1"), "v0");
  await commit(folder, "new");
  expect(await namesIn(folder)).toEqual(["CURRENT", "v000001"]);
});

test("two old versions are kept beside the one in use, and no more", async () => {
  const folder = await temporaryFolder();
  for (const text of ["a", "b", "c", "d", "e"]) await commit(folder, text);
  expect(await namesIn(folder)).toEqual(["CURRENT", "v000003", "v000004", "v000005"]);
  expect(await contents(folder)).toBe("e");
  expect(await readCurrent(folder)).toMatchObject({ version: "v000005", rolledBack: false });
});

test("a version that never became the current one does not stand in the way of the next", async () => {
  const folder = await temporaryFolder();
  await commit(folder, "old");
  await mkdir(join(folder, "v000002"));
  expect(await commit(folder, "new")).toBe("v000003");
  expect(await contents(folder)).toBe("new");
});
