// An open index <-> the files of a version: what is small as JSON, what is large as numbers and text that
// are read where they lie. The vector store brings files of its own.

import { READERS_VERSION } from "../documents/read-document.ts";
import { SPLITTER_VERSION } from "../passages/split.ts";
import type { Document, Encoder, Passage } from "../types.ts";
import type { StoredCalibration } from "./calibration.ts";
import { floatsOf, packArrays, unpackArrays } from "./arrays.ts";
import { assemble, type BuiltIndex } from "./build.ts";
import { type LexicalArrays, openLexical } from "./lexical.ts";
import { GRAPH_FILE, openGraph, POINTS_FILE } from "./graph.ts";
import { LEXICAL_VERSION } from "./lexical-build.ts";
import type { OpenIndex } from "./open-index.ts";
import type { ReadTerms, TermArrays } from "./read-terms.ts";
import { openPassages, packPassages, type PassageArrays } from "./stored-passages.ts";
import { openTexts, packTexts, type StoredDocument } from "./stored-texts.ts";
import { exactStore } from "./vector-store.ts";
import { commitVersion, type Current, DamagedIndex, type FileRecord, readVersion } from "./versions.ts";

/** Raised whenever the files' meaning changes. */
export const FORMAT = 3;

export interface Manifest {
  readonly format: number;
  /** ISO 8601. */
  readonly builtAt: string;
  /** Versions of the program's parts that made it. */
  readonly parts: Readonly<Record<"readers" | "splitter" | "lexical", number>>;
  /** The version that was in use before it. */
  readonly replaces: string | null;
  /** What the index was made of; another fingerprint means that it is outdated. */
  readonly fingerprint: string;
  /** SHA-256 of the lexicon as it was written. */
  readonly lexicon: string;
  readonly encoder: string;
  /** `StoredCalibration.models`; absent from versions of before thresholds were kept with the index. */
  readonly models?: string;
  readonly dimensions: number;
  readonly documents: number;
  readonly passages: number;
  readonly files: Readonly<Record<string, FileRecord>>;
}

/** The corpus that an index in use is known to fit. */
export function fingerprintThatFits(index: {
  readonly manifest: Manifest;
  readonly current: Current;
}): string {
  return index.current.fits ?? index.manifest.fingerprint;
}

/** The parts of this program that an index depends on. */
export const PARTS: Manifest["parts"] = {
  readers: READERS_VERSION,
  splitter: SPLITTER_VERSION,
  lexical: LEXICAL_VERSION,
};

/** Writes an index as a new version, and makes it current. `origin.replaces` is the one in use until now. */
export async function saveIndex(
  indexDir: string,
  index: BuiltIndex,
  calibration: StoredCalibration,
  origin: Pick<Manifest, "fingerprint" | "lexicon" | "replaces">,
): Promise<string> {
  const { passages, vectors, encoder, words, lexical, lexicon, store } = index;
  const documents = [...index.documents.values()];
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const stored = packPassages(passages, documents);
  const files = new Map<string, Uint8Array>([
    [
      "documents.json",
      json(
        documents.map(({ info, pages, found, text }): StoredDocument => ({
          info,
          pages,
          found,
          length: text.length,
        })),
      ),
    ],
    ["texts.utf16", packTexts(documents)],
    ["passages.json", json(stored.names)],
    ["passages.bin", packArrays(stored.arrays)],
    ["words.json", json({ stems: lexical.stems, forms: lexical.forms })],
    ["words.bin", packArrays(lexical.arrays)],
    ["terms.json", json({ ...lexical.read, arrays: undefined })],
    ["terms.bin", packArrays(lexical.read.arrays)],
    ["lexicon.json", json({ longest: lexicon.longest, expansions: [...lexicon.expansions] })],
    ["vectors.f32", bytesOf(vectors)],
    [CALIBRATION_FILE, json(calibration)],
    ...(await store.files()),
  ]);
  if (words) {
    files.set("word-units.f32", bytesOf(words.units));
    files.set("word-weights.f32", bytesOf(words.weights));
  }
  return commitVersion(indexDir, files, {
    format: FORMAT,
    builtAt: new Date().toISOString(),
    parts: PARTS,
    ...origin,
    encoder: encoder.id,
    models: calibration.models,
    dimensions: encoder.dimensions,
    documents: documents.length,
    passages: passages.length,
  } satisfies Omit<Manifest, "files">);
}

/**
 * Reads a version back; `calibration` is null in versions of before it was kept. Throws `DamagedIndex` when a
 * file is not what was written.
 */
export async function loadIndex(
  indexDir: string,
  version: string,
  encoder: Encoder,
): Promise<{ index: OpenIndex; calibration: StoredCalibration | null; manifest: Manifest }> {
  const { manifest, files } = await readVersion<Manifest>(
    indexDir,
    version,
    (name) => !BUILD_FILES.has(name),
  );
  const { file, json } = reader(version, files);
  const { documents, passages } = readTexts(version, files);
  const lexical = openLexical({
    ...json<{ stems: string[]; forms: string[] }>("words.json"),
    arrays: unpackArrays<LexicalArrays>(file("words.bin")),
  });
  const { longest, expansions } = json<{ longest: number; expansions: [string, string[][]][] }>(
    "lexicon.json",
  );
  const vectors = floatsOf(file("vectors.f32"));
  const d = encoder.dimensions;
  if (vectors.length !== passages.length * d || manifest.passages !== passages.length)
    throw new DamagedIndex(`${version}: passages and vectors do not match`);
  const words = files.has("word-units.f32")
    ? { units: floatsOf(file("word-units.f32")), weights: floatsOf(file("word-weights.f32")) }
    : undefined;
  if (
    words &&
    (words.weights.length !== lexical.forms.length || words.units.length !== words.weights.length * d)
  )
    throw new DamagedIndex(`${version}/word-units.f32: belongs to other words`);
  const store = files.has(GRAPH_FILE)
    ? await openGraph(file(GRAPH_FILE), file(POINTS_FILE), d)
    : exactStore(vectors, d);
  if (store.size !== passages.length)
    throw new DamagedIndex(`${version}/${POINTS_FILE}: belongs to other passages`);
  const index = await assemble({
    documents,
    passages,
    vectors,
    encoder,
    lexicon: { longest, expansions: new Map(expansions) },
    lexical,
    words,
    store,
  });
  const calibration = files.has(CALIBRATION_FILE) ? json<StoredCalibration>(CALIBRATION_FILE) : null;
  return { index, calibration, manifest };
}

/** As `loadIndex`, but documents and passages only: what stays true with another encoder. */
export async function loadTexts(
  indexDir: string,
  version: string,
): Promise<{ documents: Document[]; passages: Passage[]; manifest: Manifest }> {
  const { manifest, files } = await readVersion<Manifest>(indexDir, version, (name) => TEXT_FILES.has(name));
  return { ...readTexts(version, files), manifest };
}

/** What was read to make a version's lexical index, for the next one. Throws as `loadIndex` does. */
export async function loadTerms(indexDir: string, version: string): Promise<ReadTerms> {
  const { files } = await readVersion<Manifest>(indexDir, version, (name) => BUILD_FILES.has(name));
  const { file, json } = reader(version, files);
  const names = json<Omit<ReadTerms, "arrays">>("terms.json");
  return { ...names, arrays: unpackArrays<TermArrays>(file("terms.bin")) };
}

const CALIBRATION_FILE = "calibration.json";

/** Files that only the next build reads. */
const BUILD_FILES: ReadonlySet<string> = new Set(["terms.json", "terms.bin"]);

const TEXT_FILES: ReadonlySet<string> = new Set([
  "documents.json",
  "texts.utf16",
  "passages.json",
  "passages.bin",
]);

function readTexts(version: string, files: ReadonlyMap<string, Buffer>) {
  const { file, json } = reader(version, files);
  const stored = json<StoredDocument[]>("documents.json");
  const { texts, documents } = openTexts(stored, file("texts.utf16"));
  const passages = openPassages(
    { names: json("passages.json"), arrays: unpackArrays<PassageArrays>(file("passages.bin")) },
    stored.map(({ info }) => info.id),
    texts,
  );
  return { documents, passages };
}

function reader(version: string, files: ReadonlyMap<string, Buffer>) {
  const file = (name: string): Buffer => {
    const bytes = files.get(name);
    if (!bytes) throw new DamagedIndex(`${version}/${name}: is not in the manifest`);
    return bytes;
  };
  return { file, json: <T>(name: string) => JSON.parse(file(name).toString("utf8")) as T };
}

function bytesOf(floats: Float32Array): Uint8Array {
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}
