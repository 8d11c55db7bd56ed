import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newestEngine } from "../../src/cli/newest.ts";
import { openEngine } from "../service/engines.ts";
import { editionOf, flip, openRoom, QUESTION } from "../service/room.ts";

test("a conversation goes on with the index that the folder names by then, and says so", async () => {
  const room = await openRoom();
  const notices: string[] = [];
  const first = await openEngine(room.config, {});
  const engineNow = await newestEngine(room.config, first, (notice) => notices.push(notice));
  expect([await engineNow(), notices]).toEqual([first, []]);

  await writeFile(join(room.config.corpusDir, "note.txt"), "The new centre opened in May.\n");
  await room.publish(2);
  expect(editionOf(await (await engineNow()).ask(QUESTION))).toBe(2);
  expect(await engineNow()).toBe(await engineNow());
  expect(notices).toEqual(["The documents have been indexed anew; there are 4."]);
});

test("a new index that can't be used is told once, and the one before answers", async () => {
  const room = await openRoom();
  const notices: string[] = [];
  const first = await openEngine(room.config, {});
  const engineNow = await newestEngine(room.config, first, (notice) => notices.push(notice));
  await room.publish(2);
  await flip(join(room.config.indexDir, "v000002", "vectors.f32"));
  expect([await engineNow(), await engineNow()]).toEqual([first, first]);
  expect(notices).toEqual([
    expect.stringMatching(
      /^The new index can't be used \(v000002\/vectors\.f32: is not .*\); the one before answers\.$/,
    ),
  ]);
});
