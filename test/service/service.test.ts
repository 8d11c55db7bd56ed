// A service whose engine is broken, stuck, slow or wrong, in a real child process.

import { existsSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { complaints, editionOf, openRoom, QUESTION, swaps, until } from "./room.ts";

const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => new Error("no refusal"),
    (error: unknown) => error as Error,
  );

test("an engine answers through it as it does by itself, errors included", async () => {
  const room = await openRoom();
  await writeFile(join(room.config.corpusDir, "scan.xyz"), "?");
  const progress: (readonly [number, number, string])[] = [];
  const service = await room.open({}, { onProgress: (...done) => progress.push(done) });
  expect(progress.at(-1)).toEqual([9, 9, "Linking"]);
  expect(room.log).toMatchObject([{ level: 40, msg: expect.stringMatching(/^scan\.xyz: left out: /) }]);
  expect(editionOf(await service.ask(QUESTION))).toBe(1);
  expect([service.documents.length, service.encoder]).toEqual([3, "fake@1"]);

  const refusal = await refusalOf(service.ask({ text: "?", filter: { document: "nowhere" } }));
  expect(refusal).toBeInstanceOf(UserError);
  expect(refusal.message).toBe(
    'There is no document "nowhere". The documents are: fenmere, oxbridge, wexcombe.',
  );
  const bug = await refusalOf(service.ask({ text: "bug" }));
  expect(bug).not.toBeInstanceOf(UserError);
  expect(bug.message).toBe("a bug");
  expect(bug.stack).toMatch(/at .*engines\.ts/);

  // The same engine went through all of it.
  expect(editionOf(await service.ask(QUESTION))).toBe(1);
  expect(room.log).toHaveLength(1);
});

test("a question that ends the engine's process is asked once more, then given up; others are answered", async () => {
  const room = await openRoom();
  const service = await room.open({ backOff: [0] });
  const [once, twice, answer] = await Promise.all([
    service.ask({ text: "die once" }),
    refusalOf(service.ask({ text: "die" })),
    service.ask(QUESTION),
  ]);
  expect(once.question).toBe("die once");
  expect(twice).toBeInstanceOf(UserError);
  expect(twice.message).toBe("I broke down over that, twice. Please put it in other words.");
  expect(editionOf(answer)).toBe(1);
  const down = {
    level: 40,
    reason: "it was ended by SIGSEGV",
    msg: "the engine broke down and is started again",
  };
  const back = { level: 30, version: "v000001", documents: 3, passages: 9, msg: "the engine is back" };
  const givenUp = { level: 50, method: "ask", msg: "given up: the engine ended twice under it" };
  expect(room.log).toMatchObject([down, back, down, back, givenUp, down, back]);
  // What was asked stays out of the log.
  expect(JSON.stringify(room.log)).not.toContain('"die');
});

test("a question that takes for ever is given up, the engine replaced, the next one answered", async () => {
  const room = await openRoom();
  const service = await room.open({ answer: 3000 });
  // One keeps the processor busy, the other waits for what never comes.
  for (const text of ["hang", "never"]) {
    const [refusal, answer] = await Promise.all([refusalOf(service.ask({ text })), service.ask(QUESTION)]);
    expect(refusal).toBeInstanceOf(UserError);
    expect(refusal.message).toBe("I gave that up after 3 seconds. Please put it in fewer or in other words.");
    expect(editionOf(answer)).toBe(1);
  }
  const reason = "it took more than 3 s for one call";
  expect(complaints(room)).toMatchObject([{ reason }, { reason }]);
});

test("this process's timers keep firing while an index opens and while a question keeps the engine busy", async () => {
  const room = await openRoom();
  const service = await room.open({ answer: 400 });
  const busy = join(room.folder, "busy-opening");
  await writeFile(busy, "");
  await room.publish(2);
  // Opening keeps its process busy until this one's timers take the file away.
  await until(() => existsSync(join(room.folder, "opening")), "the opening");
  for (let ticks = 0; ticks < 20; ticks++) await sleep(5);
  expect(swaps(room)).toEqual([]);
  await rm(busy);
  await until(() => swaps(room).length === 1, "the new index");
  // The question never ends by itself; a timer ends it.
  expect((await refusalOf(service.ask({ text: "hang" }))).message).toMatch(/^I gave that up after 0\.4 s/);
});

test("a corpus that can't be used is refused as everywhere", async () => {
  const room = await openRoom();
  await rm(room.config.corpusDir, { recursive: true });
  const refusal = await refusalOf(room.open());
  expect(refusal).toBeInstanceOf(UserError);
  expect(refusal.message).toMatch(/corpus: no such folder\. Name the corpus folder/);
});

const CHILDREN = `/proc/${process.pid}/task/${process.pid}/children`;
const childrenOf = () => readFileSync(CHILDREN, "utf8").trim().split(" ").filter(Boolean).map(Number);

test.skipIf(!existsSync(CHILDREN))(
  "its process has no token, stays when a stop is sent to every process, and goes when it is closed",
  async () => {
    process.env["DISCORD_TOKEN"] = "hunter2";
    const room = await openRoom();
    const service = await room.open();
    delete process.env["DISCORD_TOKEN"];
    const pids = childrenOf();
    const environments = pids.map((pid) => readFileSync(`/proc/${pid}/environ`, "utf8"));
    expect(environments.join()).toContain("PATH=");
    expect(environments.join()).not.toContain("hunter2");
    for (const pid of pids) for (const signal of ["SIGINT", "SIGTERM"]) process.kill(pid, signal);
    expect(editionOf(await service.ask(QUESTION))).toBe(1);

    const asked = refusalOf(service.ask({ text: "hang" }));
    await sleep(50);
    await service.close();
    expect(await asked).toBeInstanceOf(UserError);
    expect(await refusalOf(service.ask(QUESTION))).toBeInstanceOf(UserError);
    expect([childrenOf(), room.log]).toEqual([[], []]);
  },
);
