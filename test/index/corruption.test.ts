// Every file of an index, damaged in every way that disks and copies damage files: always refused by its
// name before anything is made of its bytes, which the native library would not survive.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadIndex, loadTerms, saveIndex } from "../../src/index/store.ts";
import { DamagedIndex, readCurrent } from "../../src/index/versions.ts";
import { CALIBRATION, ENCODER, smallIndex, temporaryFolder } from "./room.ts";

const VERSION = "v000001";
const FILES = [
  "CURRENT",
  ...[
    "manifest.json",
    "calibration.json",
    "documents.json",
    "texts.utf16",
    "passages.json",
    "passages.bin",
    "words.json",
    "words.bin",
    "terms.json",
    "terms.bin",
    "lexicon.json",
    "vectors.f32",
    "dense.hnsw",
    "dense.bin",
    "word-units.f32",
    "word-weights.f32",
  ].map((name) => `${VERSION}/${name}`),
];

let index: string;
let cases = 0;

beforeAll(async () => {
  index = await temporaryFolder();
  await saveIndex(index, await smallIndex(), CALIBRATION, {
    fingerprint: "print",
    lexicon: "",
    replaces: null,
  });
});

/** Everything that is ever read of an index. */
async function open(): Promise<void> {
  const { version } = (await readCurrent(index))!;
  await loadIndex(index, version, ENCODER);
  await loadTerms(index, version);
}

/** Damaged bytes by what was done to them. */
function* damages(bytes: Buffer): Generator<[string, Buffer]> {
  yield ["emptied", Buffer.of()];
  for (const length of [1, 64, 65, 0.25, 0.5, 0.75, 0.99]) {
    const kept = length < 1 ? Math.floor(bytes.length * length) : length;
    if (kept < bytes.length - 1) yield [`cut to ${kept} bytes`, bytes.subarray(0, kept)];
  }
  yield ["without its last byte", bytes.subarray(0, -1)];
  yield ["without its first byte", bytes.subarray(1)];
  yield ["with a byte more", Buffer.concat([bytes, Buffer.of(0)])];
  yield ["written twice", Buffer.concat([bytes, bytes])];
  yield ["zeroed", Buffer.alloc(bytes.length)];
  // A lost page of a disk, in files that are large enough to have several.
  const page = Math.min(4096, Math.ceil(bytes.length / 4));
  for (let at = 0; at < bytes.length; at += Math.max(page, Math.ceil(bytes.length / 5))) {
    const end = Math.min(bytes.length, at + page);
    if (bytes.subarray(at, end).every((byte) => byte === 0)) continue;
    yield [`with a page zeroed at ${at}`, Buffer.from(bytes).fill(0, at, end)];
  }
  // The first bits, the last, and others all over the file: every time the same, so that a failure stays.
  let seed = bytes.length;
  for (let i = 0; i < 20; i++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const at = i < 3 ? i : i === 3 ? bytes.length - 1 : seed % bytes.length;
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 1 << (seed >>> 29);
    yield [`with bit ${seed >>> 29} of byte ${at} flipped`, flipped];
  }
}

test("the files are those of an index", async () => {
  const names = (await readdir(index, { recursive: true })).filter((name) => name !== VERSION);
  expect(names.toSorted()).toEqual(FILES.toSorted());
  await expect(open()).resolves.toBeUndefined();
});

describe.each(FILES)("%s", (file) => {
  /** Nothing, or what happened instead of the refusal. */
  const refused = async (): Promise<string | null> => {
    cases++;
    const error = await open().then(
      () => "opened",
      (reason: unknown) => reason,
    );
    const named = error instanceof DamagedIndex && error.message.startsWith(`${file}: `);
    return named ? null : String(error);
  };

  test("is refused by its name, whatever happened to it", async () => {
    const path = join(index, file);
    const whole = await readFile(path);
    const wrong: string[] = [];
    for (const [damage, bytes] of damages(whole)) {
      await writeFile(path, bytes);
      const instead = await refused();
      if (instead !== null) wrong.push(`${damage}: ${instead}`);
    }
    await rm(path);
    // Without CURRENT there is no index at all.
    if (file !== "CURRENT") expect(await refused()).toBeNull();
    await mkdir(path);
    expect(await refused()).toBeNull();
    await rm(path, { recursive: true });
    await writeFile(path, whole);
    expect(wrong).toEqual([]);
    await expect(open()).resolves.toBeUndefined();
  });
});

afterAll(() => {
  expect(cases).toBeGreaterThan(500);
});
