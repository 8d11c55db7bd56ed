// Re-indexing in a child process while a service answers.

import { existsSync, readFileSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { rollback } from "../../src/indexing/rollback.ts";
import { reindexInChild } from "../../src/service/reindex.ts";
import { ENCODER } from "./engines.ts";
import { complaints, editionOf, MODULE, openRoom, QUESTION, type Room, swaps, until } from "./room.ts";

const CHILDREN = `/proc/${process.pid}/task/${process.pid}/children`;
const none = () => undefined;
const started = ({ config }: Room) => reindexInChild(config, none, { module: MODULE });
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => "no refusal",
    (error: unknown) => (error instanceof UserError ? error.message : `not for people: ${String(error)}`),
  );

const childrenOf = () => readFileSync(CHILDREN, "utf8").trim().split(" ").filter(Boolean);
/** Whether a process has less priority than others: its niceness is the 19th field, and the 2nd may hold spaces. */
const isHumble = (pid: string) =>
  Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")[16]) > 0;

test("the old index answers meanwhile, the new one afterwards; the result says what was done", async () => {
  const room = await openRoom();
  const service = await room.open();
  await room.edit(2);
  await writeFile(join(room.config.corpusDir, "scan.xyz"), "?");
  await writeFile(join(room.config.corpusDir, "lexicon.txt"), "alone\n");
  await writeFile(join(room.folder, "hold"), "");
  const progress: (readonly [number, number, string])[] = [];
  const notices: string[] = [];
  const working = reindexInChild(room.config, (...done) => progress.push(done), {
    module: MODULE,
    onNotice: (notice) => notices.push(notice),
  });
  expect(await reasonOf(started(room))).toBe("Re-indexing is under way already. Wait until it is done.");
  const pid = existsSync(CHILDREN) && (await until(() => childrenOf().find(isHumble), "its process"));
  for (let i = 0; i < 10; i++) expect(editionOf(await service.ask(QUESTION))).toBe(1);
  await rm(join(room.folder, "hold"));
  expect(await working).toEqual({
    changed: true,
    documents: 3,
    passages: 9,
    encoded: 9,
    failures: [{ file: "scan.xyz", reason: expect.stringMatching(/not a format/) }],
  });
  expect(progress[0]).toEqual([1, 3, "Reading"]);
  expect(progress.at(-1)).toEqual([9, 9, "Linking"]);
  expect(notices).toEqual([expect.stringMatching(/^lexicon\.txt line 1/)]);
  await until(() => swaps(room).length === 1, "the new index");
  expect(editionOf(await service.ask(QUESTION))).toBe(2);
  expect(complaints(room)).toEqual([]);
  if (pid !== false) await until(() => !existsSync(`/proc/${pid}`), "its process's end");
});

test("where nothing has changed nothing is made, that is said, and the service is none the wiser", async () => {
  const room = await openRoom();
  const service = await room.open();
  const counts = { documents: 3, passages: 9, failures: [] };
  expect(await started(room)).toEqual({ ...counts, changed: false, encoded: 0 });
  await service.caughtUp();
  expect([room.log, await readdir(room.config.indexDir)]).toEqual([[], ["CURRENT", "v000001"]]);
  expect(editionOf(await service.ask(QUESTION))).toBe(1);

  // Where it was rolled back, the corpus may be what the version rolled back to was made of.
  await room.edit(2);
  expect(await started(room)).toEqual({ ...counts, changed: true, encoded: 9 });
  await service.caughtUp();
  expect(editionOf(await service.ask(QUESTION))).toBe(2);
  await rollback(room.config.indexDir, ENCODER);
  await service.caughtUp();
  expect(editionOf(await service.ask(QUESTION))).toBe(1);
  await room.edit(1);
  expect(await started(room)).toEqual({ ...counts, changed: false, encoded: 0 });
  await service.caughtUp();
  expect(editionOf(await service.ask(QUESTION))).toBe(1);
  expect(swaps(room).map(({ version }) => version)).toEqual(["v000002", "v000001"]);
  expect(complaints(room)).toEqual([]);
});

test("whatever it fails for is said, and it may be tried again", async () => {
  const room = await openRoom();
  await writeFile(join(room.folder, "dies-while-building"), "");
  expect(await reasonOf(started(room))).toBe(
    "Re-indexing failed: its process was ended by SIGSEGV. The old index stays in use.",
  );
  await rm(join(room.folder, "dies-while-building"));

  await writeFile(join(room.folder, "bug-while-building"), "");
  const notices: string[] = [];
  const working = reindexInChild(room.config, none, {
    module: MODULE,
    onNotice: (notice) => notices.push(notice),
  });
  expect(await reasonOf(working)).toBe("Re-indexing failed: a bug");
  expect(notices).toEqual([expect.stringMatching(/^TypeError: a bug\n +at reindex/)]);
  await rm(join(room.folder, "bug-while-building"));

  await writeFile(room.config.indexDir, "a file in the folder's place");
  expect(await reasonOf(started(room))).toMatch(
    /^Re-indexing failed: .*index: the new index can't be written there\.$/,
  );
});
