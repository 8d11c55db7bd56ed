import { appendFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { isSound, renderReport, renderRollback } from "../../src/cli/check.ts";
import { openEngine } from "../../src/engine.ts";
import { UserError } from "../../src/errors.ts";
import { readCurrent } from "../../src/index/versions.ts";
import { checkIndex } from "../../src/indexing/check.ts";
import { rollback } from "../../src/indexing/rollback.ts";
import { fakeEncoder } from "../fakes/encoder.ts";
import { temporaryFolder } from "../index/room.ts";
import { openRoom, type Room } from "./room.ts";

/** Has three versions: the small corpus, with a note, with another note. */
let room: Room;
/** A copy of its index. */
const copyOfIndex = async () => {
  const folder = join(await temporaryFolder(), "index");
  await cp(room.config.indexDir, folder, { recursive: true });
  return folder;
};

beforeAll(async () => {
  room = await openRoom();
  await room.index();
  await room.put("note.txt", "A note\n\nThe new centre in Ely opened in May.\n");
  await room.index();
  await room.put("other.txt", "Another note\n\nThe old centre in Ely closed in June.\n");
  await room.index();
});

/** A report's text without times and sizes. */
const shown = async (indexDir: string, encoder = room.encoder(), isOutdated = false) => {
  const report = await checkIndex(indexDir, encoder);
  const text = renderReport(report, "index", isOutdated).replaceAll(
    /[\d.]+ MB, built [\d-]+ [\d:]+ UTC/g,
    "…",
  );
  return { text, sound: isSound(report) };
};

test("whole versions are listed, with the one in use", async () => {
  expect(await shown(room.config.indexDir)).toEqual({
    sound: true,
    text: [
      "v000001  kept    whole  3 documents, 17 passages, …",
      "v000002  kept    whole  4 documents, 18 passages, …",
      "v000003  in use  whole  5 documents, 19 passages, …",
      "The index in use is whole and fits the corpus.",
      "",
    ].join("\n"),
  });
  expect((await shown(room.config.indexDir, room.encoder(), true)).text).toContain(
    "The corpus has changed since. npm run index takes in what is new.",
  );
});

test("every damaged file is named", async () => {
  const folder = await copyOfIndex();
  await appendFile(join(folder, "v000001/terms.bin"), "?");
  await rm(join(folder, "v000003/vectors.f32"));
  await writeFile(join(folder, "v000003/words.json"), "");
  const { text, sound } = await shown(folder);
  expect(sound).toBe(false);
  expect(text.split("\n")).toEqual([
    "v000001  kept    damaged  3 documents, 17 passages, …",
    "  damaged: v000001/terms.bin: is not what was written (size or checksum differs)",
    "v000002  kept    whole  4 documents, 18 passages, …",
    "v000003  in use  damaged  5 documents, 19 passages, …",
    "  damaged: v000003/words.json: is not what was written (size or checksum differs)",
    expect.stringMatching(/^ {2}damaged: v000003\/vectors\.f32: ENOENT/),
    "The index in use can't be used. npm run index builds it anew from the corpus; npm run index -- --rollback takes an earlier one.",
    "",
  ]);
});

test("a damaged CURRENT is named", async () => {
  const folder = await copyOfIndex();
  await appendFile(join(folder, "CURRENT"), " ");
  const { text, sound } = await shown(folder);
  expect(sound).toBe(false);
  expect(text).toContain("damaged: CURRENT: is not what was written (checksum differs)");
  expect((await rollback(folder, room.encoder())).to).toBe("v000003");
  expect((await shown(folder)).sound).toBe(true);
});

test("no index is no sound one", async () => {
  const folder = await temporaryFolder();
  const none = { text: "index: there is no index. npm run index makes one.\n", sound: false };
  expect(await shown(folder)).toEqual(none);
  expect(await shown(join(folder, "nowhere"))).toEqual(none);
});

test("an index of another encoder is whole, but can't be used", async () => {
  const { text, sound } = await shown(room.config.indexDir, fakeEncoder("fake@2", { wordVectors: true }));
  expect(sound).toBe(false);
  expect(text).toContain(
    "v000003  in use  whole; it was made with the encoder fake@1, but this program uses fake@2",
  );
  expect(text).toContain("The index in use can't be used: it was made with the encoder fake@1, but ");
});

test("an index that contradicts itself is found out though its checksums are right", async () => {
  const encoder = { ...room.encoder(), dimensions: 16 };
  const { text, sound } = await shown(room.config.indexDir, encoder);
  expect(sound).toBe(false);
  expect(text).toContain("damaged: v000003: passages and vectors do not match");
});

test("rolling back takes the version that was in use before, and stays there", async () => {
  const folder = await copyOfIndex();
  const back = await rollback(folder, room.encoder());
  expect(back).toMatchObject({ from: "v000003", to: "v000002", passedOver: [] });
  expect(renderRollback(back)).toMatch(
    /^Rolled back from v000003 to v000002: 4 documents, 18 passages, .*\.\nIt stays in use, whatever the corpus holds/,
  );
  expect(await readCurrent(folder)).toMatchObject({ version: "v000002", rolledBack: true });
  expect((await shown(folder)).text).toContain("The index was rolled back to v000002 and stays so");
  expect((await rollback(folder, room.encoder())).to).toBe("v000001");
  const refused = rollback(folder, room.encoder());
  await expect(refused).rejects.toThrow(UserError);
  await expect(refused).rejects.toThrow("there is no earlier version to roll back to from v000001.");
  expect(await readCurrent(folder)).toMatchObject({ version: "v000001", rolledBack: true });
});

test("a damaged version is passed over, with the reason", async () => {
  const folder = await copyOfIndex();
  await appendFile(join(folder, "v000002/dense.hnsw"), "?");
  expect(await rollback(folder, room.encoder())).toMatchObject({
    to: "v000001",
    passedOver: ["v000002: v000002/dense.hnsw: is not what was written (size or checksum differs)"],
  });
});

test("after going back and on again, going back passes over the version that was left", async () => {
  const own = await openRoom();
  await own.index();
  await own.put("bad.txt", "A bad note\n\nNobody wants this in the index.\n");
  await own.index();
  await rollback(own.config.indexDir, own.encoder());
  await own.remove("bad.txt");
  await own.put("good.txt", "A good note\n\nThis is wanted in the index.\n");
  expect(await own.index()).toMatchObject({ version: "v000003", changes: { added: ["good.txt"] } });
  expect((await rollback(own.config.indexDir, own.encoder())).to).toBe("v000001");
});

test("indexing ends a rollback, though the corpus is as it was", async () => {
  const own = await openRoom();
  await own.index();
  await own.put("note.txt", "A note\n\nThe new centre in Ely opened in May.\n");
  await own.index();
  await rollback(own.config.indexDir, own.encoder());
  await own.remove("note.txt");
  expect(await own.index()).toMatchObject({ outcome: "same", version: "v000001" });
  expect(await readCurrent(own.config.indexDir)).toMatchObject({ version: "v000001", rolledBack: false });
});

test("a door opens the version that was rolled back to, and says so; a damaged one is built anew", async () => {
  const own = await openRoom();
  await own.index();
  await own.put("note.txt", "A note\n\nThe new centre in Ely opened in May.\n");
  const open = async () => {
    const notices: string[] = [];
    const engine = await openEngine(
      { ...own.config, encoderModel: "bundled" },
      { onNotice: (notice) => notices.push(notice) },
    );
    return { documents: engine.documents.length, notices };
  };
  await own.index();
  // The doors' own encoder: a version of it, and one more.
  expect((await open()).documents).toBe(4);
  await own.put("other.txt", "Another note\n\nThe old centre in Ely closed in June.\n");
  expect((await open()).documents).toBe(5);
  const { encoderOf } = await import("../../src/engine.ts");
  const { to } = await rollback(own.config.indexDir, await encoderOf(own.config));
  const notice = `The index was rolled back to ${to} and stays so, whatever the corpus holds, until npm run index.`;
  expect(await open()).toEqual({ documents: 4, notices: [notice] });
  expect(await open()).toEqual({ documents: 4, notices: [notice] });
  await appendFile(join(own.config.indexDir, to, "texts.utf16"), "?");
  expect(await open()).toEqual({
    documents: 5,
    notices: [
      expect.stringMatching(/^The index is damaged \(v\d+\/texts\.utf16: .*built anew from the corpus\.$/),
    ],
  });
  expect(await open()).toEqual({ documents: 5, notices: [] });
});

test("where the folder can't be written, nothing is rolled back", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "index"), "a file in the folder's place");
  const refused = rollback(join(folder, "index"), room.encoder());
  await expect(refused).rejects.toThrow(UserError);
  await expect(refused).rejects.toThrow(/index: can't be written \(E\w+.*\); the index stays as it is\.$/);
});

test("while another process writes, nothing is rolled back", async () => {
  const folder = await copyOfIndex();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "writer.lock"), `${process.ppid}\n`);
  await expect(rollback(folder, room.encoder())).rejects.toThrow("is being written by another process");
  expect(await readFile(join(folder, "CURRENT"))).toEqual(
    await readFile(join(room.config.indexDir, "CURRENT")),
  );
});
