// A running service when the index folder changes under it.

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Answer } from "../../src/types.ts";
import { complaints, editionOf, flip, openRoom, QUESTION, swaps, until } from "./room.ts";

test("under twenty questions a second, indices are swapped and no question is lost or answered from two", async () => {
  const room = await openRoom();
  const service = await room.open();
  const asked: Promise<Answer>[] = [];
  const asking = setInterval(() => asked.push(service.ask(QUESTION)), 50);
  for (const n of [2, 3, 4]) {
    await room.publish(n);
    await until(() => swaps(room).length === n - 1, `edition ${n}`);
    await sleep(100);
  }
  clearInterval(asking);
  const editions = (await Promise.all(asked)).map(editionOf);
  expect(editions).toEqual(editions.toSorted());
  expect(new Set(editions)).toEqual(new Set([1, 2, 3, 4]));
  expect(swaps(room).map(({ version }) => version)).toEqual(["v000002", "v000003", "v000004"]);
  expect(complaints(room)).toEqual([]);
});

test("a question in flight is answered by the old index, the next one by the new one, which is known", async () => {
  const room = await openRoom();
  const service = await room.open();
  const before = { documents: service.documents, builtAt: service.builtAt };
  expect([service.passageCount("wexcombe"), service.passageCount("note")]).toEqual([3, 0]);
  await room.edit(2);
  await rm(join(room.config.corpusDir, "wexcombe.txt"));
  await writeFile(join(room.config.corpusDir, "note.txt"), "The new centre opened in May.\n");
  await room.index();
  const slow = service.ask({ text: `slow: ${QUESTION.text}` });
  await until(() => swaps(room).length === 1, "the new index");
  const next = service.ask(QUESTION);
  await writeFile(join(room.folder, "go-on"), "");
  expect([editionOf(await slow), editionOf(await next)]).toEqual([1, 2]);

  expect(before.documents.map(({ id }) => id)).toEqual(["fenmere", "oxbridge", "wexcombe"]);
  expect(service.documents.map(({ id }) => id)).toEqual(["fenmere", "note", "oxbridge"]);
  expect([service.passageCount("wexcombe"), service.passageCount("note")]).toEqual([0, 1]);
  expect(Date.parse(service.builtAt)).toBeGreaterThan(Date.parse(before.builtAt));
  expect(room.log).toMatchObject([{ level: 30, version: "v000002", documents: 3, passages: 7 }]);
});

test("a damaged index is refused by name while questions go on, and the one after it is used", async () => {
  const room = await openRoom();
  await room.publish(1);
  await room.publish(2);
  await flip(join(room.config.indexDir, "v000002", "dense.hnsw"));
  await room.name("v000001");
  await room.edit(1);
  const service = await room.open();
  await room.name("v000002");
  while (complaints(room).length === 0) {
    expect(editionOf(await service.ask(QUESTION))).toBe(1);
    await sleep(20);
  }
  await room.publish(3);
  await until(() => swaps(room).length === 1, "the index after it");
  expect(editionOf(await service.ask(QUESTION))).toBe(3);
  expect(complaints(room)).toMatchObject([
    {
      level: 50,
      version: "v000002",
      inUse: "v000001",
      reason: expect.stringMatching(/^v000002\/dense\.hnsw: /),
    },
  ]);
});
