// Indexing on a disk that refuses: read-only, full, failing. The index in use stays, the reason is told, and
// the next run does it. A file system between the indexer and the real one refuses what a test says.

import { join } from "node:path";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openEngine } from "../../src/engine.ts";
import { UserError } from "../../src/errors.ts";
import { readCurrent } from "../../src/index/versions.ts";
import { openRoom, type Room } from "./room.ts";
import { namesIn } from "../index/room.ts";

const disk = vi.hoisted(() => ({
  /** The code with which a change of a path is refused; undefined: it is done. */
  refuse: (_verb: string, _path: string): string | undefined => undefined,
}));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const allow = (verb: string, path: unknown): void => {
    const code = disk.refuse(verb, String(path));
    if (code) throw Object.assign(new Error(`${code}: refused, ${verb} '${String(path)}'`), { code });
  };
  const step =
    <A extends unknown[], R>(verb: string, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      allow(verb, args[0]);
      return work(...args);
    };
  return {
    ...real,
    mkdir: step("mkdir", real.mkdir as (path: string, options?: object) => Promise<string | undefined>),
    mkdtemp: step("mkdtemp", real.mkdtemp as (prefix: string) => Promise<string>),
    rename: step("rename", real.rename as (from: string, to: string) => Promise<void>),
    rm: step("rm", real.rm as (path: string, options?: object) => Promise<void>),
    writeFile: step("write", real.writeFile as (path: string, data: string | Uint8Array) => Promise<void>),
    open: async (path: string, flags?: string) => {
      const writes = flags !== undefined && flags !== "r" && typeof flags === "string";
      if (writes) allow("open", path);
      const handle = await real.open(path, flags);
      const [write, sync] = [handle.writeFile.bind(handle), handle.sync.bind(handle)];
      handle.writeFile = (async (data: Uint8Array) => {
        allow("write", path);
        return write(data);
      }) as typeof handle.writeFile;
      handle.sync = async () => {
        allow("sync", path);
        return sync();
      };
      return handle;
    },
  };
});

let room: Room;
beforeEach(async () => {
  room = await openRoom();
  await room.index();
  await room.put("note.txt", "A note\n\nMore words are here.\n");
});
afterEach(heal);

function heal(): void {
  disk.refuse = () => undefined;
}

const under = (folder: string, code: string) => (_: string, path: string) =>
  path.startsWith(folder) ? code : undefined;

test.each<[string, (index: string) => typeof disk.refuse]>([
  ["is read-only", (index) => under(index, "EROFS")],
  ["may not be written", (index) => under(index, "EACCES")],
  [
    "is on a full disk",
    (index) => (verb, path) => (verb === "write" && path.startsWith(index) ? "ENOSPC" : undefined),
  ],
  [
    "gets full in the middle",
    () => (verb, path) => (verb === "write" && path.endsWith("vectors.f32") ? "ENOSPC" : undefined),
  ],
  [
    "fails to flush",
    () => (verb, path) => (verb === "sync" && path.endsWith("manifest.json") ? "EIO" : undefined),
  ],
  [
    "refuses the version its name",
    () => (verb, path) => (verb === "rename" && /tmp-\d+-\d+$/.test(path) ? "EIO" : undefined),
  ],
  [
    "refuses the last step",
    () => (verb, path) => (verb === "rename" && path.includes("tmp-CURRENT") ? "EIO" : undefined),
  ],
])("where the index folder %s, the index in use stays, and the reason is told", async (_, refusal) => {
  const { indexDir } = room.config;
  disk.refuse = refusal(indexDir);
  const summary = await room.index();
  expect(summary).toMatchObject({ outcome: "unkept", version: "v000001", changes: { added: ["note.txt"] } });
  expect(room.notices).toEqual([
    expect.stringMatching(
      /index: the index can't be kept there \(E\w+: refused.*\)\. Name another folder with --index/,
    ),
  ]);
  heal();
  expect(await readCurrent(indexDir)).toMatchObject({ version: "v000001" });
  expect((await room.index()).outcome).toBe("new");
  expect((await readCurrent(indexDir))!.version).not.toBe("v000001");
  expect((await namesIn(indexDir)).filter((name) => !/^v\d{6}$/.test(name))).toEqual(["CURRENT"]);
});

test("a door answers from memory there", async () => {
  disk.refuse = under(room.config.indexDir, "EROFS");
  const notices: string[] = [];
  const engine = await openEngine(room.config, { onNotice: (notice) => notices.push(notice) });
  expect(engine.documents.map(({ id }) => id)).toContain("note");
  expect(notices).toEqual([
    expect.stringContaining("the index can't be kept there (EROFS"),
    "The index is used from memory, and built again at the next start.",
  ]);
});

test.each(["mkdtemp", "write"])(
  "a full folder for temporary files (%s) is named, with the remedy",
  async (verb) => {
    const temporary = join(tmpdir(), "chapter-and-verse-");
    disk.refuse = (at, path) =>
      at === verb && path.startsWith(temporary) && !path.includes("-test-") ? "ENOSPC" : undefined;
    const refused = room.index();
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/can't be used for temporary files \(ENOSPC.*TMPDIR/);
    heal();
    expect(await readCurrent(room.config.indexDir)).toMatchObject({ version: "v000001" });
    expect((await room.index()).outcome).toBe("new");
  },
);

test("old versions that can't be removed do no harm", async () => {
  for (const number of [1, 2, 3]) {
    await room.put("note.txt", `A note\n\nThe number of this note is ${number}.\n`);
    if (number === 3)
      disk.refuse = (verb, path) => (verb === "rm" && /v\d{6}$/.test(path) ? "EACCES" : undefined);
    expect((await room.index()).outcome).toBe("new");
  }
  heal();
  expect(await room.versions()).toEqual(["v000001", "v000002", "v000003", "v000004"]);
  await room.put("note.txt", "A note\n\nThe number of this note is 4.\n");
  await room.index();
  expect(await room.versions()).toEqual(["v000003", "v000004", "v000005"]);
});
