// An open index <-> the files of a version: what is small as JSON, what is large as numbers and text that
// are read where they lie. The nearest-neighbour graph is hnswlib's own file, which is only ever loaded
// after its checksum was found right: the library trusts its file completely.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HierarchicalNSW } from "hnswlib-node";
import type { Encoder } from "../types.ts";
import { floatsOf, packArrays, unpackArrays } from "./arrays.ts";
import { assemble } from "./build.ts";
import { type LexicalArrays, openLexical } from "./lexical.ts";
import { nearestExact, type OpenIndex } from "./open-index.ts";
import { openPassages, packPassages, type PassageArrays } from "./stored-passages.ts";
import { openTexts, packTexts, type StoredDocument } from "./stored-texts.ts";
import { commitVersion, DamagedIndex, type FileRecord, readVersion } from "./versions.ts";

/** Raised whenever the files' meaning changes. */
export const FORMAT = 2;

/** Links of each vector, and breadth of the search while building: hnswlib's M and efConstruction. */
const M = 16;
const EF_CONSTRUCTION = 200;
/** Breadth of a search beyond the count asked for. */
const EF_SEARCH = 200;

export interface Manifest {
  readonly format: number;
  readonly builtAt: string;
  /** What the index was made of; another fingerprint means that it is outdated. */
  readonly fingerprint: string;
  readonly encoder: string;
  readonly dimensions: number;
  readonly passages: number;
  readonly files: Readonly<Record<string, FileRecord>>;
}

const hnswlib = () => createRequire(import.meta.url)("hnswlib-node") as typeof import("hnswlib-node");

/** Writes an index as a new version, and makes it current. */
export async function saveIndex(indexDir: string, index: OpenIndex, fingerprint: string): Promise<string> {
  const { passages, vectors, encoder, words, lexical, lexicon } = index;
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
    ["lexicon.json", json({ longest: lexicon.longest, expansions: [...lexicon.expansions] })],
    ["vectors.f32", bytesOf(vectors)],
    ["dense.hnsw", await graphFile(vectors, encoder.dimensions)],
  ]);
  if (words) {
    files.set("word-units.f32", bytesOf(words.units));
    files.set("word-weights.f32", bytesOf(words.weights));
  }
  return commitVersion(indexDir, files, {
    format: FORMAT,
    builtAt: new Date().toISOString(),
    fingerprint,
    encoder: encoder.id,
    dimensions: encoder.dimensions,
    passages: passages.length,
  });
}

/** Reads a version back. Throws `DamagedIndex` when a file is not what was written. */
export async function loadIndex(
  indexDir: string,
  version: string,
  encoder: Encoder,
): Promise<{ index: OpenIndex; manifest: Manifest }> {
  const { manifest, files } = await readVersion<Manifest>(indexDir, version);
  const file = (name: string) => {
    const bytes = files.get(name);
    if (!bytes) throw new DamagedIndex(`${version}/${name}: is not in the manifest`);
    return bytes;
  };
  const json = <T>(name: string) => JSON.parse(file(name).toString("utf8")) as T;
  const stored = json<StoredDocument[]>("documents.json");
  const { texts, documents } = openTexts(stored, file("texts.utf16"));
  const passages = openPassages(
    { names: json("passages.json"), arrays: unpackArrays<PassageArrays>(file("passages.bin")) },
    stored.map(({ info }) => info.id),
    texts,
  );
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
  const graph = passages.length > 0 ? await readGraph(file("dense.hnsw"), d) : null;
  const index = await assemble({
    documents,
    passages,
    vectors,
    encoder,
    lexicon: { longest, expansions: new Map(expansions) },
    lexical,
    words,
    nearest: graph
      ? (vector, count) => search(graph, vector, count)
      : (vector, count) => nearestExact(vectors, d, vector, count),
  });
  return { index, manifest };
}

/** Builds the graph and returns its file. Same vectors in the same order give the same bytes. */
async function graphFile(vectors: Float32Array, dimensions: number): Promise<Uint8Array> {
  const count = vectors.length / dimensions;
  const graph = new (hnswlib().HierarchicalNSW)("ip", dimensions);
  graph.initIndex(Math.max(1, count), M, EF_CONSTRUCTION, 100);
  for (let i = 0; i < count; i++)
    graph.addPoint(Array.from(vectors.subarray(i * dimensions, (i + 1) * dimensions)), i);
  return inTemporaryFile(async (path) => {
    // The library reports no error when it can't write: what landed is read and checked.
    graph.writeIndexSync(path);
    return readFile(path);
  });
}

async function readGraph(bytes: Uint8Array, dimensions: number): Promise<HierarchicalNSW> {
  const graph = new (hnswlib().HierarchicalNSW)("ip", dimensions);
  await inTemporaryFile(async (path) => {
    // The very bytes that were checked, so that nothing can change between check and load.
    await writeFile(path, bytes);
    graph.readIndexSync(path);
  });
  return graph;
}

function search(
  graph: HierarchicalNSW,
  vector: Float32Array,
  count: number,
): { place: number; cosine: number }[] {
  const k = Math.min(count, graph.getCurrentCount());
  if (k === 0) return [];
  graph.setEf(Math.max(EF_SEARCH, k * 2));
  const { neighbors, distances } = graph.searchKnn(Array.from(vector), k);
  return neighbors.map((place, i) => ({ place, cosine: 1 - distances[i]! }));
}

async function inTemporaryFile<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-"));
  try {
    return await work(join(folder, "graph"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function bytesOf(floats: Float32Array): Uint8Array {
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}
