// What is in use when, with engines in this process: each stands for a child that can be ended.

import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { rollback } from "../../src/indexing/rollback.ts";
import { EngineEnded, type EngineProcess } from "../../src/service/engine-process.ts";
import { Keeper, type KeeperLimits } from "../../src/service/keeper.ts";
import { LIMITS } from "../../src/service/service.ts";
import type { Answer } from "../../src/types.ts";
import { ENCODER, openEngine, openVersion } from "./engines.ts";
import { complaints, editionOf, flip, openRoom, QUESTION, type Room, swaps, until } from "./room.ts";

interface Kept {
  readonly keeper: Keeper;
  /** What was opened, in order; null: what fits the corpus. */
  readonly opened: (string | null)[];
  readonly processes: EngineProcess[];
  /** The edition that a question is answered from. */
  ask(): Promise<number>;
}

const keepers: Keeper[] = [];
afterEach(() => Promise.all(keepers.splice(0).map((keeper) => keeper.close())));

/**
 * A keeper over a room's folder. `failure` says which opening fails, and how; without `written`, what is
 * built is in memory only.
 */
async function keep(
  room: Room,
  limits: Partial<KeeperLimits> = {},
  failure: (opened: readonly (string | null)[]) => Error | undefined | Promise<Error> = () => undefined,
  { written = true } = {},
): Promise<Kept> {
  const opened: (string | null)[] = [];
  const processes: EngineProcess[] = [];
  const keeper = await Keeper.open({
    indexDir: room.config.indexDir,
    log: room.logger,
    limits: { ...LIMITS, poll: 5, backOff: [0], ...limits },
    async open(version, signal) {
      opened.push(version);
      const error = await failure(opened);
      if (error) throw error;
      const own = await fakeProcess(room, version, signal, written);
      processes.push(own);
      return own;
    },
  });
  keepers.push(keeper);
  const ask = async () => editionOf((await (await keeper.inUse()).call("ask", [QUESTION])) as Answer);
  return { keeper, opened, processes, ask };
}

async function fakeProcess(
  { folder, config }: Room,
  version: string | null,
  signal: AbortSignal,
  written: boolean,
): Promise<EngineProcess> {
  const elsewhere = { ...config, indexDir: join(folder, "elsewhere") };
  const built = () => openEngine(written ? config : elsewhere, {});
  const engine = await (version === null ? built() : openVersion(config, version, {}));
  let kill: (reason: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (kill = resolve));
  signal.addEventListener("abort", () => kill("closed"));
  const { documents, encoder, builtAt } = engine;
  return {
    snapshot: {
      documents,
      encoder,
      builtAt,
      version: version ?? (written ? engine.version : null),
      passageCounts: new Map(),
    },
    call: (_, [question]) => engine.ask(question as typeof QUESTION),
    ended,
    kill,
    retire: () => kill("retired"),
  };
}

/** A room whose folder holds editions 1 and 2 and names the first, which is the corpus's. */
async function roomOfTwo(): Promise<Room> {
  const room = await openRoom();
  await room.publish(1);
  await room.publish(2);
  await room.name("v000001");
  await room.edit(1);
  return room;
}

const broken = new EngineEnded("it was ended by SIGSEGV");

describe("the folder names", () => {
  test("a newer version: it is used, and the old engine is let go", async () => {
    const room = await openRoom();
    const { ask, opened, processes } = await keep(room);
    await room.publish(2);
    await until(() => swaps(room).length === 1, "the newer index");
    expect(await ask()).toBe(2);
    expect(await processes[0]!.ended).toBe("retired");
    expect(opened).toEqual([null, "v000002"]);
  });

  test("an older version again, rolled back to: then that is used, and stays when its process ends", async () => {
    const room = await openRoom();
    await room.publish(1);
    await room.publish(2);
    const { ask, opened, processes } = await keep(room);
    expect(await ask()).toBe(2);
    await rollback(room.config.indexDir, ENCODER);
    await until(() => swaps(room).length === 1, "the older index");
    expect(await ask()).toBe(1);
    processes[1]!.kill("it was ended by SIGKILL");
    await processes[1]!.ended;
    expect(await ask()).toBe(1);
    expect(opened).toEqual([null, "v000001", "v000001"]);
    // The corpus is what it was: npm run index makes the next version from it.
    await room.index();
    await until(() => swaps(room).length === 2, "the next index");
    expect(await ask()).toBe(2);
  });

  test("a version that was rolled back to before the start: it is used, whatever the corpus holds", async () => {
    const room = await openRoom();
    await room.publish(1);
    await room.publish(2);
    await rollback(room.config.indexDir, ENCODER);
    const { keeper, ask, opened } = await keep(room);
    expect(await ask()).toBe(1);
    // The corpus is that version's again: it is right, and nothing is to be opened.
    await room.publish(1);
    await keeper.caughtUp();
    expect([await ask(), opened, complaints(room)]).toEqual([1, [null], []]);
  });

  test("a version of the same name, in a folder made anew: it is used", async () => {
    const room = await openRoom();
    const { ask } = await keep(room);
    await rm(room.config.indexDir, { recursive: true });
    await room.publish(2);
    await until(() => swaps(room).length === 1, "the new folder's index");
    expect(swaps(room)[0]).toMatchObject({ version: "v000001" });
    expect(await ask()).toBe(2);
  });

  test("nothing, and the corpus is another: what is in use stays, and nothing is built", async () => {
    const room = await openRoom();
    const { ask, opened } = await keep(room);
    await room.edit(2);
    // The pointer first: a folder that is half gone is another matter.
    await rm(join(room.config.indexDir, "CURRENT"));
    await rm(room.config.indexDir, { recursive: true });
    await sleep(100);
    expect(await ask()).toBe(1);
    expect([opened, room.log]).toEqual([[null], []]);
  });

  test("no version at all: that is told once, and what is in use stays", async () => {
    const room = await openRoom();
    const { ask } = await keep(room);
    await room.name("v0000zz");
    await until(() => complaints(room).length > 0, "the complaint");
    await sleep(50);
    expect(complaints(room)).toMatchObject([{ reason: "CURRENT: does not name a version" }]);
    expect(await ask()).toBe(1);
  });

  test("an index older than the one in use, which could not be written: it stays unused", async () => {
    const room = await openRoom();
    await room.publish(1);
    await room.edit(2);
    const { ask, opened } = await keep(room, {}, () => undefined, { written: false });
    await sleep(50);
    expect([await ask(), opened]).toEqual([2, [null]]);
    await room.publish(3);
    await until(() => swaps(room).length === 1, "the newer index");
    expect(await ask()).toBe(3);
  });

  test("that older index, and the corpus was just found to be what it was made of: it is used", async () => {
    const room = await openRoom();
    await room.publish(1);
    await room.edit(2);
    const { keeper, ask, opened } = await keep(room, {}, () => undefined, { written: false });
    await room.publish(1);
    await keeper.caughtUp();
    expect([await ask(), opened]).toEqual([1, [null, "v000001"]]);
  });
});

describe("a new index is named in the log once, and the old one stays in use, when it", () => {
  type Path = (name: string) => string;
  test.each<[string, (path: Path, room: Room) => Promise<unknown>, RegExp]>([
    ["has a flipped bit", (path) => flip(path("vectors.f32")), /^v000002\/vectors\.f32: is not what was/],
    ["has a flipped bit in its graph", (path) => flip(path("dense.hnsw")), /^v000002\/dense\.hnsw: is not/],
    ["lacks a file", (path) => rm(path("passages.json")), /^v000002\/passages\.json: ENOENT/],
    ["lacks its folder", (path) => rm(path(""), { recursive: true }), /^v000002\/manifest\.json: ENOENT/],
    ["has a damaged manifest", (path) => flip(path("manifest.json")), /^v000002\/manifest\.json: is not/],
    [
      "has another manifest",
      (path) => cp(path("../v000001/manifest.json"), path("manifest.json")),
      /^v000002\/manifest\.json: is not the one that CURRENT names/,
    ],
    [
      "was made in another format",
      (_, room) => room.remake("v000002", (manifest) => ({ ...manifest, format: 99 })),
      /^v000002 was made in format 99/,
    ],
    [
      "was made with another encoder",
      (_, room) => room.remake("v000002", (manifest) => ({ ...manifest, encoder: "fake@2" })),
      /^v000002 was made with the encoder fake@2, but this program uses fake@1\. Restart it/,
    ],
    [
      "was made with another word index",
      (_, room) =>
        room.remake("v000002", ({ parts, ...rest }) => ({ ...rest, parts: { ...parts, lexical: 99 } })),
      /^v000002 was made with version 99 of the word index, but this program has version \d+\. Restart it/,
    ],
  ])("%s", async (_, damage, reason) => {
    const room = await roomOfTwo();
    await damage((name) => join(room.config.indexDir, "v000002", name), room);
    const { ask } = await keep(room);
    await room.name("v000002");
    await until(() => complaints(room).length > 0, "the complaint");
    await sleep(50);
    const complaint = { level: 50, inUse: "v000001", reason: expect.stringMatching(reason) };
    expect(complaints(room)).toMatchObject([complaint]);
    expect(await ask()).toBe(1);
    // Nothing stands in the way of the next one.
    await room.publish(3);
    await until(() => swaps(room).length === 1, "the index after it");
    expect(await ask()).toBe(3);
    expect(complaints(room)).toHaveLength(1);
  });

  test("breaks the process that opens it; after a while it is tried again", async () => {
    const room = await roomOfTwo();
    let failures = 0;
    const { ask, opened } = await keep(room, { retry: 40 }, (all) =>
      all.length > 1 && failures++ < 3 ? broken : undefined,
    );
    await room.name("v000002");
    await until(() => swaps(room).length === 1, "the new index");
    expect(await ask()).toBe(2);
    expect(opened).toEqual([null, ...Array<string>(4).fill("v000002")]);
    expect(complaints(room)).toMatchObject([{ version: "v000002", reason: "it was ended by SIGSEGV" }]);
  });
});

test("an index that is replaced while it is read is no complaint: the one after it is used", async () => {
  const room = await roomOfTwo();
  await room.publish(3);
  await room.name("v000001");
  await room.edit(1);
  const { ask } = await keep(room, {}, (all) => {
    if (all.at(-1) !== "v000002") return undefined;
    // Pulled away as a writer's cleaning up would, while the pointer has moved on.
    return room.name("v000003").then(() => new Error("v000002/passages.json: ENOENT"));
  });
  await room.name("v000002");
  await until(() => swaps(room).length === 1, "the index after it");
  expect(await ask()).toBe(3);
  expect(complaints(room)).toEqual([]);
});

describe("an engine that ends by itself", () => {
  test("is started again with the version in use, though the corpus has changed", async () => {
    const room = await openRoom();
    const { ask, opened, processes } = await keep(room);
    await room.edit(2);
    processes[0]!.kill("it was ended by SIGKILL");
    await processes[0]!.ended;
    expect(await ask()).toBe(1);
    expect(opened).toEqual([null, "v000001"]);
    expect(room.log).toMatchObject([
      {
        level: 40,
        reason: "it was ended by SIGKILL",
        delay: 0,
        msg: "the engine broke down and is started again",
      },
      { level: 30, version: "v000001", msg: "the engine is back" },
    ]);
  });

  test("is started again and again, ever later; meanwhile calls wait, but not for ever", async () => {
    const room = await openRoom();
    const { keeper, ask, opened, processes } = await keep(
      room,
      { backOff: [0, 10, 20], patience: 60 },
      (all) => (all.length > 1 && all.length < 8 ? broken : undefined),
    );
    processes[0]!.kill("it was ended by SIGABRT");
    await processes[0]!.ended;
    const refusal = await keeper.inUse().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect((refusal as UserError).message).toBe(
      "I can't answer just now: the index is being opened again. Please ask again in a minute.",
    );
    await until(() => room.log.some(({ msg }) => msg === "the engine is back"), "the engine");
    expect(await ask()).toBe(1);
    expect(opened).toEqual([null, ...Array<string>(7).fill("v000001")]);
    expect(complaints(room).map(({ delay }) => delay)).toEqual([0, 10, 20, 20, 20, 20, 20]);
    expect(complaints(room)[0]).toMatchObject({ reason: "it was ended by SIGABRT" });
    expect(complaints(room)[1]).toMatchObject({ reason: "it was ended by SIGSEGV" });
  });

  test("begins at the first delay again once it has run steadily", async () => {
    const room = await openRoom();
    const { processes, ask } = await keep(room, { backOff: [0, 1], steady: 0 });
    for (let i = 0; i < 3; i++) {
      processes[i]!.kill("it was ended by SIGKILL");
      await processes[i]!.ended;
      await ask();
    }
    expect(complaints(room).map(({ delay }) => delay)).toEqual([0, 0, 0]);
  });

  test("and whose index is damaged by now is built anew, since nothing else can answer", async () => {
    const room = await openRoom();
    const { ask, opened, processes } = await keep(room);
    await room.edit(2);
    await flip(join(room.config.indexDir, "v000001", "passages.json"));
    processes[0]!.kill("it was ended by SIGKILL");
    await processes[0]!.ended;
    expect(await ask()).toBe(2);
    expect(opened).toEqual([null, "v000001", null]);
    expect(complaints(room)).toMatchObject([{ delay: 0 }, { level: 50, version: "v000001" }]);
  });
});

test("an engine that can't be opened at all is an error for people", async () => {
  const room = await openRoom();
  await expect(keep(room, {}, () => broken)).rejects.toThrow(
    new UserError("The engine can't be opened: it was ended by SIGSEGV. Is there enough memory?"),
  );
  const refusal = new UserError("corpus: no such folder.");
  await expect(keep(room, {}, () => refusal)).rejects.toBe(refusal);
});

test("once it is closed, nothing is opened and nobody is answered", async () => {
  const room = await openRoom();
  const { keeper, opened, processes } = await keep(room);
  await keeper.close();
  expect(await processes[0]!.ended).toBe("closed");
  await room.publish(2);
  await sleep(50);
  expect(opened).toEqual([null]);
  await expect(keeper.inUse()).rejects.toThrow(UserError);
});
