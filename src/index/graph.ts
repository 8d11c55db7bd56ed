// The embedded vector store: hnswlib's graph of nearest neighbours. From one version to the next it is
// carried on: new passages are linked in, and those that are gone stay as dead points that no search
// returns, until there are so many that the graph is made anew. (The library's own deletion has a history
// of crashes.) The library trusts its file completely, so it is only given bytes that were checked, and
// it reports no error when it can't write, so what it wrote is read back.
//
// Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical
// Navigable Small World graphs", arXiv 1603.09320.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HierarchicalNSW } from "hnswlib-node";
import { UserError } from "../errors.ts";
import { packArrays, unpackArrays } from "./arrays.ts";
import type { Hit, StoreProgress, VectorStore } from "./vector-store.ts";

/** Links of each point, and breadth of the search while building: hnswlib's M and efConstruction. */
const M = 16;
const EF_CONSTRUCTION = 200;
/** Breadth of a search beyond the count asked for. */
const EF_SEARCH = 200;
/** Gives the same graph for the same vectors in the same order. */
const SEED = 100;
/** With more dead points than this share, the graph is made anew. */
const MAX_DEAD = 0.2;
/** Points between two calls of a progress listener. */
const STEP = 256;
const GONE = -1;

/** Names in the index folder. */
export const GRAPH_FILE = "dense.hnsw";
export const POINTS_FILE = "dense.bin";

const hnswlib = () => createRequire(import.meta.url)("hnswlib-node") as typeof import("hnswlib-node");

/** A store without passages; `next` builds the first graph. */
export function emptyGraph(dimensions: number): VectorStore {
  return graphStore(null, new Int32Array(0), dimensions);
}

/** Opens the graph of two files that were checked against their checksums. */
export async function openGraph(
  graphFile: Buffer,
  pointsFile: Buffer,
  dimensions: number,
): Promise<VectorStore> {
  const { places } = unpackArrays<{ places: Int32Array }>(pointsFile);
  return graphStore(places.length > 0 ? await load(graphFile, dimensions) : null, places, dimensions);
}

/** `places`: point of the graph -> the passage's place; -1 for a dead one. */
function graphStore(graph: HierarchicalNSW | null, places: Int32Array, dimensions: number): VectorStore {
  const size = places.reduce((sum, place) => sum + (place === GONE ? 0 : 1), 0);
  return {
    size,
    nearest: (vector, count) => (graph ? search(graph, places, vector, Math.min(count, size)) : []),
    async next(vectors, from, onProgress) {
      const moved = new Map<number, number>();
      for (const [place, before] of from.entries()) if (before !== GONE) moved.set(before, place);
      const kept = places.map((place) => moved.get(place) ?? GONE);
      const dead = kept.length - moved.size;
      if (graph === null || dead > kept.length * MAX_DEAD) {
        const all = Int32Array.from({ length: vectors.length / dimensions }, (_, place) => place);
        return graphStore(add(null, all, 0, vectors, dimensions, onProgress), all, dimensions);
      }
      const added = [...from.keys()].filter((place) => from[place] === GONE);
      // Where none is new, the same graph stands for other places.
      if (added.length === 0) return graphStore(graph, kept, dimensions);
      const points = Int32Array.from([...kept, ...added]);
      return graphStore(add(graph, points, kept.length, vectors, dimensions, onProgress), points, dimensions);
    },
    files: async () =>
      new Map([
        [GRAPH_FILE, graph ? await bytesOf(graph) : Buffer.alloc(0)],
        [POINTS_FILE, packArrays({ places })],
      ]),
  };
}

/** Links the points from `first` on into a graph, or into a new one. */
function add(
  graph: HierarchicalNSW | null,
  points: Int32Array,
  first: number,
  vectors: Float32Array,
  dimensions: number,
  onProgress: StoreProgress = () => {},
): HierarchicalNSW | null {
  if (points.length === 0) return null;
  const into = graph ?? new (hnswlib().HierarchicalNSW)("ip", dimensions);
  if (graph) into.resizeIndex(points.length);
  else into.initIndex(points.length, M, EF_CONSTRUCTION, SEED);
  for (let point = first; point < points.length; point++) {
    const at = points[point]! * dimensions;
    into.addPoint(Array.from(vectors.subarray(at, at + dimensions)), point);
    if ((point - first) % STEP === STEP - 1) onProgress(point - first + 1, points.length - first);
  }
  onProgress(points.length - first, points.length - first);
  return into;
}

/** The nearest living points. A search whose hits are mostly dead is repeated wider. */
function search(graph: HierarchicalNSW, places: Int32Array, vector: Float32Array, count: number): Hit[] {
  if (count < 1) return [];
  for (let asked = count; ; asked = Math.min(asked * 2, places.length)) {
    graph.setEf(Math.max(EF_SEARCH, asked * 2));
    const { neighbors, distances } = graph.searchKnn(Array.from(vector), asked);
    const hits = neighbors
      .map((point, i) => ({ place: places[point]!, cosine: 1 - distances[i]! }))
      .filter(({ place }) => place !== GONE);
    if (hits.length >= count || asked === places.length) return hits.slice(0, count);
  }
}

async function load(bytes: Uint8Array, dimensions: number): Promise<HierarchicalNSW> {
  const graph = new (hnswlib().HierarchicalNSW)("ip", dimensions);
  await inTemporaryFile(async (path) => {
    // The very bytes that were checked, so that nothing can change between check and load.
    await writeFile(path, bytes);
    graph.readIndexSync(path);
  });
  return graph;
}

function bytesOf(graph: HierarchicalNSW): Promise<Buffer> {
  return inTemporaryFile(async (path) => {
    graph.writeIndexSync(path);
    const bytes = await readFile(path);
    if (!isWhole(bytes, graph.getCurrentCount()))
      throw new UserError(`${tmpdir()}: the index's graph could not be written there. Is the disk full?`);
    return bytes;
  });
}

/** Bytes before the points; points and the bytes of each are numbers 2 and 3 of the head. */
const HEAD = 96;

/** Whether a graph's file ends where its head and the lengths in it say. */
function isWhole(bytes: Buffer, points: number): boolean {
  if (bytes.length < HEAD || bytes.readBigUInt64LE(16) !== BigInt(points)) return false;
  let at = HEAD + points * Number(bytes.readBigUInt64LE(24));
  // Each point's links on the upper levels, after their length.
  for (let point = 0; point < points && at + 4 <= bytes.length; point++) at += 4 + bytes.readUInt32LE(at);
  return at === bytes.length;
}

async function inTemporaryFile<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-")).catch(refuse);
  try {
    return await work(join(folder, "graph")).catch(refuse);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refuse(error: unknown): never {
  if (error instanceof UserError || !(error instanceof Error) || !("code" in error)) throw error;
  throw new UserError(
    `${tmpdir()}: can't be used for temporary files (${error.message}). Name another folder with TMPDIR.`,
  );
}
