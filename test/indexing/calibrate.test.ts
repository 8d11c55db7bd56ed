import { STATED } from "../../src/answer/refusal.ts";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { fittedFile, type RankerFile } from "../../src/answer/models.ts";
import { renderReport } from "../../src/cli/check.ts";
import { describeRefusal } from "../../src/cli/indexing.ts";
import { PROJECT_DIR } from "../../src/config.ts";
import { encoderOf, openEngine, openVersion } from "../../src/engine.ts";
import type { StoredCalibration } from "../../src/index/calibration.ts";
import { loadIndex, type Manifest } from "../../src/index/store.ts";
import { readManifest, sha256 } from "../../src/index/versions.ts";
import { stillKnown, warningsOf } from "../../src/indexing/calibrate.ts";
import { checkIndex } from "../../src/indexing/check.ts";
import { rollback } from "../../src/indexing/rollback.ts";
import { modelsFor } from "../../src/answer/models.ts";
import { CALIBRATION } from "../index/room.ts";
import { openRoom, type Room } from "./room.ts";

let room: Room;
beforeEach(async () => {
  room = await openRoom();
});

/** Fits the trained models to the fake encoder, as `npm run train` does for an encoder of one's own. */
async function fit(thresholds: { refuse: number; assert: number }): Promise<void> {
  const bundled = JSON.parse(await readFile(join(PROJECT_DIR, "models/ranker.json"), "utf8")) as RankerFile;
  await mkdir(room.config.modelCacheDir, { recursive: true });
  await writeFile(
    fittedFile(room.config.modelCacheDir, room.model),
    JSON.stringify({
      ...bundled,
      encoder: room.model,
      calibration: { ...bundled.calibration, ...thresholds },
    }),
  );
}

const stored = async (version: string) =>
  (await loadIndex(room.config.indexDir, version, room.encoder())).calibration!;
const open = async () => {
  const notices: string[] = [];
  const engine = await openEngine(room.config, {
    encoder: room.encoder(),
    onNotice: (notice) => notices.push(notice),
  });
  const { calibration } = engine.models;
  return { notices, version: engine.version, refuse: calibration?.refuse, assert: calibration?.assert };
};

test("the thresholds in force stand in the index, with what became of the questions", async () => {
  await fit({ refuse: 0.15, assert: 0.25 });
  const { calibration } = await room.index();
  expect(await stored("v000001")).toEqual(calibration);
  expect(calibration).toMatchObject({
    thresholds: { refuse: 0.15, assert: 0.25 },
    stated: STATED,
    offTopic: { asked: 10 },
  });
  expect(calibration!.own.asked).toBeGreaterThan(2);
  // Where nothing has changed, that is what is told again.
  expect(await room.index()).toMatchObject({ outcome: "same", calibration });
});

test("where none are fitted to the encoder, that is what stands there", async () => {
  expect((await room.index()).calibration?.thresholds).toBe(null);
});

test("thresholds that let everything through are told at once, with examples", async () => {
  await fit({ refuse: 0, assert: 0 });
  const { calibration } = await room.index();
  expect(calibration!.offTopic.asserted).toBeGreaterThan(3);
  expect(room.notices).toEqual([
    expect.stringMatching(
      /^Refusal may not fit this corpus: \d+ of 10 questions about something else are answered without doubt \(15 % may be\), such as “.+”\. npm run index -- --check asks more/,
    ),
  ]);
});

test("thresholds that refuse everything are told", async () => {
  await fit({ refuse: 1, assert: 1 });
  const { calibration } = await room.index();
  expect(calibration!.own.refused).toBe(calibration!.own.asked);
  expect(room.notices).toEqual([
    expect.stringMatching(/: 5 of 5 questions made of the documents are refused \(2 % may be\), such as “/),
    expect.stringMatching(/: 5 of 5 questions made of the documents are not answered without doubt \(25 % /),
  ]);
});

test("other models are checked again, without encoding, and never mixed with the index's thresholds", async () => {
  await fit({ refuse: 0.15, assert: 0.25 });
  await room.index();
  expect(await open()).toEqual({ notices: [], version: "v000001", refuse: 0.15, assert: 0.25 });
  await fit({ refuse: 0.2, assert: 0.3 });
  const summary = await room.index();
  expect(summary).toMatchObject({ outcome: "new", version: "v000002", encoded: 0 });
  expect(room.notices).toEqual([
    "Refusal has not been checked on this corpus with the trained models in use; it is checked now.",
  ]);
  expect((await stored("v000002")).thresholds).toEqual({ refuse: 0.2, assert: 0.3 });
  expect(await open()).toEqual({ notices: [], version: "v000002", refuse: 0.2, assert: 0.3 });
  await fit({ refuse: 0.1, assert: 0.1 });
  // A door does it by itself.
  expect(await open()).toMatchObject({ version: "v000003", refuse: 0.1, assert: 0.1 });
});

test("a version of before that was rolled back to, or is opened by a running bot, answers by the models' own, and says so", async () => {
  await fit({ refuse: 0.15, assert: 0.25 });
  await room.index();
  await fit({ refuse: 0.2, assert: 0.3 });
  await room.index();
  await rollback(room.config.indexDir, room.encoder());
  const notice =
    "v000001: refusal has not been checked on it with the trained models in use; npm run index does that.";
  const opened = await open();
  expect(opened).toMatchObject({ version: "v000001", refuse: 0.2, assert: 0.3 });
  expect(opened.notices).toContain(notice);
  const notices: string[] = [];
  await openVersion(room.config, "v000001", {
    encoder: room.encoder(),
    onNotice: (told) => notices.push(told),
  });
  expect(notices).toEqual([notice]);
});

test("an index of before thresholds were kept is whole, is told, and is checked by the next indexing", async () => {
  await room.index();
  const folder = join(room.config.indexDir, "v000001");
  const { models: _, ...old } = await readManifest<Manifest>(room.config.indexDir, "v000001");
  const { "calibration.json": __, ...files } = old.files;
  const seal = (value: unknown) => `${sha256(JSON.stringify(value))}\n${JSON.stringify(value)}`;
  const manifest = seal({ ...old, files });
  await writeFile(join(folder, "manifest.json"), manifest);
  await writeFile(
    join(room.config.indexDir, "CURRENT"),
    seal({ version: "v000001", manifest: manifest.slice(0, 64), rolledBack: false }),
  );
  const models = await modelsFor(room.config, room.model);
  const report = await checkIndex(room.config.indexDir, room.encoder(), models);
  expect(renderReport(report, "index", true)).toMatch(
    /whole[^]*\nrefusal checked: 100 questions about[^]*\nRefusal has not been checked on this corpus with the trained models in use\. /,
  );
  const summary = await room.index();
  expect(summary).toMatchObject({ outcome: "new", version: "v000002", encoded: 0 });
  expect(room.notices).toHaveLength(1);
  expect((await stored("v000002")).models).toBe(models.id);
});

test("of a large index, a few passages more or less change nothing of what is known; many do", async () => {
  const models = { ...(await modelsFor(room.config, room.model)), id: CALIBRATION.models };
  const after = (changed: number, since = 0) => stillKnown({ ...CALIBRATION, since }, models, changed, 1000);
  expect(after(0)).toEqual(CALIBRATION);
  expect(after(50)).toEqual({ ...CALIBRATION, since: 50 });
  expect(after(51)).toBeNull();
  expect(after(30, 30)).toBeNull();
  expect(stillKnown(CALIBRATION, { ...models, id: "other" }, 0, 1000)).toBeNull();
  expect(stillKnown(null, models, 0, 1000)).toBeNull();
});

test("what changes little is told with what is known, and how many passages came or went since", async () => {
  await room.put(
    "long.md",
    Array.from({ length: 100 }, (_, i) => `Paragraph ${i} is about subject number ${i * 7}.`).join("\n\n"),
  );
  const before = await room.index();
  await room.put("short.md", "One paragraph more is about one thing more.");
  const after = await room.index();
  expect(after).toMatchObject({ outcome: "new", encoded: 1 });
  expect(after.calibration).toEqual({ ...before.calibration, since: 1 });
  expect(await stored(after.version!)).toEqual(after.calibration);
  expect(describeRefusal(after.calibration!)).toMatch(/^refusal checked before 1 passage came or went: 10 /);
});

test("a check asks more than indexing does, and says what came of it", async () => {
  await room.index();
  const models = await modelsFor(room.config, room.model);
  const report = await checkIndex(room.config.indexDir, room.encoder(), models);
  expect(report).toMatchObject({ unchecked: false, refusal: { offTopic: { asked: 100 } } });
  expect(renderReport(report, "index", false)).toMatch(
    /\nrefusal checked: 100 questions about something else \(.*\), 6 made of the documents \(.*\n/,
  );
});

test.each<[string, Partial<StoredCalibration>, number]>([
  ["as stated", {}, 0],
  ["one off-topic answer of ten", { offTopic: asked(10, 0, 1) }, 0],
  ["four, which chance explains", { offTopic: asked(10, 0, 4) }, 0],
  ["five", { offTopic: asked(10, 0, 5) }, 1],
  ["two refusals of ten", { own: { ...asked(10, 2, 8), first: 10 } }, 0],
  ["three", { own: { ...asked(10, 3, 7), first: 10 } }, 1],
  ["five of ten unsure", { own: { ...asked(10, 0, 5), first: 10 } }, 0],
  ["six", { own: { ...asked(10, 0, 4), first: 10 } }, 1],
  ["as many in a hundred as are allowed", { own: { ...asked(100, 3, 81), first: 90 } }, 0],
  ["nothing asked", { offTopic: asked(0, 0, 0), own: { ...asked(0, 0, 0), first: 0 } }, 0],
])("a warning is given beyond what chance explains: %s", (_, found, warnings) => {
  const base = { ...CALIBRATION, stated: { refused: 0.028, notAsserted: 0.19 } };
  const fine = { offTopic: asked(10, 10, 0), own: { ...asked(10, 0, 10), first: 10 } };
  expect(warningsOf({ ...base, ...fine, ...found })).toHaveLength(warnings);
});

function asked(count: number, refused: number, asserted: number) {
  return { asked: count, refused, asserted, wrong: [] };
}

test("with the bundled models and the shipped documents, nothing is amiss, and each time the same", async () => {
  const config = { ...room.config, corpusDir: join(PROJECT_DIR, "corpus") };
  const encoder = await encoderOf(config);
  const notices: string[] = [];
  const engine = await openEngine(config, { encoder, onNotice: (notice) => notices.push(notice) });
  expect(notices).toEqual([]);
  const first = (await loadIndex(config.indexDir, engine.version!, encoder)).calibration!;
  expect(first.own).toMatchObject({ asked: 10, refused: 0, wrong: [] });
  expect(first.offTopic).toMatchObject({ asked: 10 });
  const { calibration } = engine.models;
  expect(first.thresholds).toEqual({ refuse: calibration!.refuse, assert: calibration!.assert });
  const again = await openEngine({ ...config, indexDir: `${config.indexDir}-2` }, { encoder });
  expect((await loadIndex(`${config.indexDir}-2`, again.version!, encoder)).calibration).toEqual(first);
});
