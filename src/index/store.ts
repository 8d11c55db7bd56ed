// An open index <-> the files of a version. Text is JSON, vectors are little-endian float32, and the
// nearest-neighbour graph is hnswlib's own file, which is only ever loaded after its checksum was
// found right: the library trusts its file completely.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HierarchicalNSW } from "hnswlib-node";
import type { Document, Encoder, Passage } from "../types.ts";
import { assemble } from "./build.ts";
import { nearestExact, type OpenIndex } from "./open-index.ts";
import { commitVersion, DamagedIndex, type FileRecord, readVersion, sha256 } from "./versions.ts";

/** Raised whenever the files' meaning changes. */
export const FORMAT = 1;

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
  /** SHA-256 of the words that the word vectors belong to, in order. */
  readonly vocabulary: string;
  readonly files: Readonly<Record<string, FileRecord>>;
}

const hnswlib = () => createRequire(import.meta.url)("hnswlib-node") as typeof import("hnswlib-node");

/** Writes an index as a new version, and makes it current. */
export async function saveIndex(indexDir: string, index: OpenIndex, fingerprint: string): Promise<string> {
  const { documents, passages, vectors, encoder, words } = index;
  const files = new Map<string, Uint8Array>([
    ["documents.json", Buffer.from(JSON.stringify([...documents.values()]))],
    ["passages.json", Buffer.from(JSON.stringify(passages))],
    [
      "lexicon.json",
      Buffer.from(
        JSON.stringify({ longest: index.lexicon.longest, expansions: [...index.lexicon.expansions] }),
      ),
    ],
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
    vocabulary: vocabularyOf(index),
  });
}

function vocabularyOf({ lexical }: OpenIndex): string {
  return sha256(lexical.forms.join("\n"));
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
  const documents = JSON.parse(file("documents.json").toString("utf8")) as Document[];
  const passages = JSON.parse(file("passages.json").toString("utf8")) as Passage[];
  const lexicon = JSON.parse(file("lexicon.json").toString("utf8")) as {
    longest: number;
    expansions: [string, string[][]][];
  };
  const vectors = floatsOf(file("vectors.f32"));
  if (vectors.length !== passages.length * encoder.dimensions || manifest.passages !== passages.length) {
    throw new DamagedIndex(`${version}: passages and vectors do not match`);
  }
  const graph = passages.length > 0 ? await readGraph(file("dense.hnsw"), encoder.dimensions) : null;
  const index = await assemble({
    documents,
    passages,
    vectors,
    encoder,
    lexicon: { longest: lexicon.longest, expansions: new Map(lexicon.expansions) },
    ...(files.has("word-units.f32") && {
      words: { units: floatsOf(file("word-units.f32")), weights: floatsOf(file("word-weights.f32")) },
    }),
    nearest: graph
      ? (vector, count) => search(graph, vector, count)
      : (vector, count) => nearestExact(vectors, encoder.dimensions, vector, count),
  });
  // Words are read from the passages anew; a program that reads them otherwise needs other vectors.
  if (index.words && manifest.vocabulary !== vocabularyOf(index)) {
    throw new DamagedIndex(`${version}/word-units.f32: belongs to other words`);
  }
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

function floatsOf(bytes: Buffer): Float32Array {
  // Copied, so that the numbers are aligned whatever the buffer's offset.
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
