// What every vector store must keep, whoever makes it: the embedded graph and comparing with every vector
// are held to the same.

import { describe, expect, test } from "vitest";
import { PROJECT_DIR, readConfig } from "../../src/config.ts";
import { readCorpus } from "../../src/documents/read.ts";
import { openEncoder } from "../../src/encoder/open.ts";
import { buildIndex } from "../../src/index/build.ts";
import { emptyGraph, GRAPH_FILE, openGraph, POINTS_FILE } from "../../src/index/graph.ts";
import { dot, exactStore, nearestExact, type VectorStore } from "../../src/index/vector-store.ts";

const D = 16;
const random = (seed: number) => () => ((seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31), seed / 2 ** 31);

/** Unit vectors, one after the other. */
function unitVectors(count: number, seed = 1): Float32Array {
  const next = random(seed);
  const out = new Float32Array(count * D);
  for (let i = 0; i < count; i++) {
    const own = Float32Array.from({ length: D }, () => next() - 0.5);
    const length = Math.hypot(...own);
    out.set(
      own.map((x) => x / length),
      i * D,
    );
  }
  return out;
}

const at = (vectors: Float32Array, place: number) => vectors.slice(place * D, (place + 1) * D);
const NEW = (count: number) => new Int32Array(count).fill(-1);

const STORES: Readonly<Record<string, () => VectorStore>> = {
  "the embedded graph": () => emptyGraph(D),
  "comparing with every vector": () => exactStore(new Float32Array(0), D),
};

describe.each(Object.entries(STORES))("%s", (_, empty) => {
  const filled = (vectors: Float32Array) => empty().next(vectors, NEW(vectors.length / D));
  const places = async (store: VectorStore, vector: Float32Array, count: number) =>
    (await store.nearest(vector, count)).map(({ place }) => place);

  test("without passages finds nothing", async () => {
    expect(empty().size).toBe(0);
    expect(await empty().nearest(at(unitVectors(1), 0), 5)).toEqual([]);
    const still = await empty().next(new Float32Array(0), NEW(0));
    expect([still.size, await still.nearest(at(unitVectors(1), 0), 5)]).toEqual([0, []]);
  });

  test("finds the nearest first, each once, with their cosines", async () => {
    const vectors = unitVectors(300);
    const store = await filled(vectors);
    expect(store.size).toBe(300);
    for (let query = 0; query < 20; query++) {
      const vector = at(unitVectors(20, 7), query);
      const hits = await store.nearest(vector, 10);
      expect(hits.map(({ place }) => place)).toEqual(
        nearestExact(vectors, D, vector, 10).map(({ place }) => place),
      );
      for (const { place, cosine } of hits)
        expect(cosine).toBeCloseTo(dot(vectors, place * D, vector, 0, D), 5);
    }
  });

  test("gives all there are where more are asked for, and none for none", async () => {
    const vectors = unitVectors(7);
    const store = await filled(vectors);
    expect((await places(store, at(vectors, 3), 100)).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(await places(store, at(vectors, 3), 1)).toEqual([3]);
    expect(await places(store, at(vectors, 3), 0)).toEqual([]);
  });

  test("takes passages without known words, whose vectors are zeros", async () => {
    const vectors = unitVectors(3);
    vectors.fill(0, D, 2 * D);
    const store = await filled(vectors);
    expect(await places(store, at(vectors, 0), 1)).toEqual([0]);
    expect((await places(store, new Float32Array(D), 3)).toSorted()).toEqual([0, 1, 2]);
  });

  test("is followed by one with passages moved, gone and new, and stays as it was", async () => {
    const before = unitVectors(100);
    const store = await filled(before);
    // Every tenth passage goes, the others move to the end, five new ones come first.
    const kept = [...Array(100).keys()].filter((place) => place % 10 !== 0);
    const added = unitVectors(5, 99);
    const vectors = new Float32Array((5 + kept.length) * D);
    vectors.set(added);
    for (const [i, place] of kept.entries()) vectors.set(at(before, place), (5 + i) * D);
    const next = await store.next(vectors, Int32Array.from([-1, -1, -1, -1, -1, ...kept]));
    expect([store.size, next.size]).toEqual([100, 95]);
    for (let place = 0; place < 95; place++)
      expect(await places(next, at(vectors, place), 1)).toEqual([place]);
    for (const query of [0, 10, 50]) {
      const vector = at(before, query);
      expect(await places(next, vector, 8)).toEqual(
        nearestExact(vectors, D, vector, 8).map(({ place }) => place),
      );
      expect(await places(store, vector, 1)).toEqual([query]);
    }
    expect((await places(next, at(before, 0), 500)).length).toBe(95);
  });

  test("finds what is left when all that is near is gone", async () => {
    const crowd = at(unitVectors(1), 0);
    const vectors = unitVectors(200, 5);
    for (let place = 0; place < 30; place++) vectors.set(crowd, place * D);
    const store = await filled(vectors);
    const kept = [...Array(170).keys()].map((i) => i + 30);
    const left = vectors.slice(30 * D);
    const next = await store.next(left, Int32Array.from(kept));
    const found = await places(next, crowd, 5);
    expect(found).toEqual(nearestExact(left, D, crowd, 5).map(({ place }) => place));
  });
});

describe("the embedded graph", () => {
  /** Written into files and opened again. */
  const reopened = async (store: VectorStore) => {
    const files = await store.files();
    return openGraph(Buffer.from(files.get(GRAPH_FILE)!), Buffer.from(files.get(POINTS_FILE)!), D);
  };

  test("is the same opened again, and can be carried on from there", async () => {
    const vectors = unitVectors(50);
    const built = await emptyGraph(D).next(vectors.slice(0, 40 * D), NEW(40));
    const opened = await reopened(built);
    const from = Int32Array.from([...Array(40).keys(), ...NEW(10)]);
    const [a, b] = [await built.next(vectors, from), await (await reopened(opened)).next(vectors, from)];
    for (let place = 0; place < 50; place++) {
      const vector = at(vectors, place);
      expect(await b.nearest(vector, 5)).toEqual(await a.nearest(vector, 5));
      expect((await b.nearest(vector, 1))[0]!.place).toBe(place);
    }
    expect(await reopened(emptyGraph(D))).toMatchObject({ size: 0 });
  });

  test("keeps few dead points: with more than a fifth gone it is made anew", async () => {
    const vectors = unitVectors(100);
    const store = await emptyGraph(D).next(vectors, NEW(100));
    const points = async (kept: number) => {
      const next = await store.next(vectors.slice(0, kept * D), Int32Array.from(Array(kept).keys()));
      return (await next.files()).get(GRAPH_FILE)!.length / (await store.files()).get(GRAPH_FILE)!.length;
    };
    expect(await points(85)).toBeGreaterThan(0.99);
    expect(await points(75)).toBeLessThan(0.8);
  });

  test("finds what comparing with every vector finds, over the whole corpus", async () => {
    const { corpusDir, modelCacheDir: cacheDir, hubUrl } = readConfig({});
    const encoder = await openEncoder({ model: "bundled", projectDir: PROJECT_DIR, cacheDir, hubUrl });
    const d = encoder.dimensions;
    const { documents } = await readCorpus(corpusDir);
    const { vectors, store, passages } = await buildIndex(documents, encoder, { emptyStore: emptyGraph(d) });
    expect(documents.length).toBeGreaterThanOrEqual(5);
    expect(passages.length).toBeGreaterThan(250);
    for (let place = 0; place < passages.length; place++) {
      const vector = vectors.slice(place * d, place * d + d);
      const found = await store.nearest(vector, 10);
      const exact = nearestExact(vectors, d, vector, 10);
      expect(new Set(found.map((one) => one.place)).size).toBe(10);
      // Passages as near as each other may change places.
      for (const [i, { cosine }] of found.entries()) expect(cosine).toBeCloseTo(exact[i]!.cosine, 4);
    }
  });
});
