import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildIndex, type BuiltIndex } from "../../src/index/build.ts";
import { emptyGraph } from "../../src/index/graph.ts";
import { loadIndex, saveIndex } from "../../src/index/store.ts";
import { currentVersion, DamagedIndex, readCurrent, sha256 } from "../../src/index/versions.ts";
import type { Passage } from "../../src/types.ts";
import { CORPUS, textDocument } from "../fakes/corpus.ts";
import { fakeEncoder } from "../fakes/encoder.ts";
import {
  CALIBRATION,
  ENCODER,
  namesIn,
  plainDocument,
  plainPassage,
  smallIndex,
  temporaryFolder,
  wordsOf,
} from "./room.ts";

const VERSION = "v000001";
const PRINT = { fingerprint: "print", lexicon: "", replaces: null };
const FILES = [
  "calibration.json",
  "dense.bin",
  "dense.hnsw",
  "documents.json",
  "lexicon.json",
  "manifest.json",
  "passages.bin",
  "passages.json",
  "terms.bin",
  "terms.json",
  "texts.utf16",
  "vectors.f32",
  "word-units.f32",
  "word-weights.f32",
  "words.bin",
  "words.json",
];

let built: BuiltIndex;
/** Holds one version; the tests copy it. */
let whole: string;

beforeAll(async () => {
  built = await smallIndex();
  whole = await temporaryFolder();
  expect(await saveIndex(whole, built, CALIBRATION, PRINT)).toBe(VERSION);
});

async function copyOfWhole(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(whole, folder, { recursive: true });
  return folder;
}

test("what was committed is what is opened again", async () => {
  expect(await namesIn(join(whole, VERSION))).toEqual(FILES);
  expect(await currentVersion(whole)).toBe(VERSION);
  const { index, calibration, manifest } = await loadIndex(whole, VERSION, ENCODER);
  expect(calibration).toEqual(CALIBRATION);
  expect(manifest).toMatchObject({
    fingerprint: "print",
    models: CALIBRATION.models,
    encoder: "fake@1",
    passages: built.passages.length,
  });
  expect(index.passages.map(plainPassage)).toEqual(built.passages.map(plainPassage));
  expect([...index.documents.values()].map(plainDocument)).toEqual(
    [...built.documents.values()].map(plainDocument),
  );
  for (const [place, { id }] of built.passages.entries()) expect(index.places.get(id)).toBe(place);
  expect(index.lexicon).toEqual(built.lexicon);
  expect(wordsOf(index)).toEqual(wordsOf(built));
  expect(index.vectors).toEqual(built.vectors);
  expect(index.words).toEqual(built.words);
  expect(index.store.size).toBe(built.store.size);
  for (let place = 0; place < index.passages.length; place++) {
    const vector = built.vectors.slice(place * 32, place * 32 + 32);
    expect(await index.store.nearest(vector, 3)).toEqual(await built.store.nearest(vector, 3));
  }
});

test("no other id has a place", async () => {
  const { index } = await loadIndex(whole, VERSION, ENCODER);
  const [{ document }] = index.passages as readonly [Passage];
  for (const id of ["", "#", "#0", document, `${document}#`, `${document}#-1`, `${document}#999`, "none#0"])
    expect(index.places.get(id), id).toBeUndefined();
});

test("text is kept to the letter, half a surrogate pair and byte order mark included", async () => {
  const folder = await temporaryFolder();
  const text =
    "\ufeffA 😀 and half of one: \ud83d (sic). The chair’s “café” is at 5 °C.\r\n\r\n• Ends\u2028here.\n";
  const index = await smallIndex([textDocument("odd", text), ...CORPUS]);
  const version = await saveIndex(folder, index, CALIBRATION, PRINT);
  const opened = (await loadIndex(folder, version, ENCODER)).index;
  expect(opened.documents.get("odd")!.text).toBe(text);
  expect(opened.passages.map(plainPassage)).toEqual(index.passages.map(plainPassage));
});

test("who says a passage is kept with its proof", async () => {
  const folder = await temporaryFolder();
  const text = "Ann <b>Hall</b> said: “We are good.\n\n“We know it.\n\n“It lasts.”\n";
  const index = await smallIndex([textDocument("speech", text), ...CORPUS]);
  const opened = (await loadIndex(folder, await saveIndex(folder, index, CALIBRATION, PRINT), ENCODER)).index;
  expect(opened.passages.slice(0, 3).map(({ attribution }) => attribution?.text)).toEqual([
    undefined,
    "Ann Hall said:",
    "Ann Hall said:",
  ]);
  expect(opened.passages.map(plainPassage)).toEqual(index.passages.map(plainPassage));
});

test("a passage that is not what its pieces show is not kept", async () => {
  const folder = await temporaryFolder();
  const [first, ...rest] = built.passages;
  const passages = [{ ...first!, text: `${first!.text}?` }, ...rest];
  await expect(saveIndex(folder, { ...built, passages }, CALIBRATION, PRINT)).rejects.toThrow(
    "is not what its pieces show",
  );
  expect(await namesIn(folder)).toEqual([]);
});

test("the same index gives the same files, byte for byte", async () => {
  const again = await temporaryFolder();
  await saveIndex(again, await smallIndex(), CALIBRATION, PRINT);
  for (const name of FILES.filter((file) => file !== "manifest.json")) {
    expect(sha256(await readFile(join(again, VERSION, name)))).toBe(
      sha256(await readFile(join(whole, VERSION, name))),
    );
  }
});

test("an encoder without word vectors needs no files for them", async () => {
  const folder = await temporaryFolder();
  const encoder = fakeEncoder();
  const version = await saveIndex(
    folder,
    await buildIndex(CORPUS, encoder, { emptyStore: emptyGraph(32) }),
    CALIBRATION,
    PRINT,
  );
  expect(await namesIn(join(folder, version))).toEqual(FILES.filter((name) => !name.startsWith("word-")));
  expect((await loadIndex(folder, version, encoder)).index.words).toBeUndefined();
});

test("a corpus without passages is kept and opened, too", async () => {
  const folder = await temporaryFolder();
  const version = await saveIndex(folder, await smallIndex([]), CALIBRATION, PRINT);
  const { index } = await loadIndex(folder, version, ENCODER);
  expect(index.passages).toEqual([]);
  expect(await index.store.nearest(new Float32Array(32), 5)).toEqual([]);
});

test("word vectors that belong to other words are refused", async () => {
  const folder = await temporaryFolder();
  const { words, ...index } = built;
  const others = { ...index.lexical, forms: index.lexical.forms.slice(1) };
  const version = await saveIndex(folder, { ...index, words: words!, lexical: others }, CALIBRATION, PRINT);
  await expect(loadIndex(folder, version, ENCODER)).rejects.toThrow(
    new DamagedIndex(`${version}/word-units.f32: belongs to other words`),
  );
});

test.each([
  ["empty", () => ""],
  ["zeroed", (text) => "\0".repeat(text.length)],
  ["cut", (text) => text.slice(0, -3)],
  ["cut after its checksum", (text) => text.slice(0, 65)],
  ["of another form", () => "v000001\n"],
  ["naming another version", (text) => text.replace("v000001", "v000002")],
  ["leading elsewhere", () => sealed({ version: "../index/v000001" })],
  ["naming no folder", () => sealed({ version: "v000002" })],
  ["naming another manifest", () => sealed({ version: "v000001", manifest: sha256("") })],
] as const satisfies [string, (text: string) => string][])(
  "a CURRENT that is %s is refused",
  async (_, change) => {
    const folder = await copyOfWhole();
    const path = join(folder, "CURRENT");
    await writeFile(path, change(await readFile(path, "utf8")));
    await expect(readCurrent(folder)).rejects.toThrow(DamagedIndex);
  },
);

const sealed = (value: object) => `${sha256(`${JSON.stringify(value)}\n`)}\n${JSON.stringify(value)}\n`;

test("two files that changed places are both wrong", async () => {
  const folder = await copyOfWhole();
  const at = (name: string) => join(folder, VERSION, name);
  const [a, b] = [await readFile(at("word-units.f32")), await readFile(at("vectors.f32"))];
  await writeFile(at("word-units.f32"), b);
  await writeFile(at("vectors.f32"), a);
  await expect(loadIndex(folder, VERSION, ENCODER)).rejects.toThrow(DamagedIndex);
});

test("an encoder of other dimensions can't open the vectors", async () => {
  const encoder = { ...ENCODER, dimensions: 16 };
  await expect(loadIndex(whole, VERSION, encoder)).rejects.toThrow(
    new DamagedIndex(`${VERSION}: passages and vectors do not match`),
  );
});
