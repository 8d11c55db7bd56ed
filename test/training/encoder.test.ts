import { describe, expect, test } from "vitest";
import { dot } from "../../src/index/vector-store.ts";
import { trainContrastive } from "../../src/training/contrastive.ts";
import { seeded } from "../../src/training/random.ts";
import { skipGram } from "../../src/training/skipgram.ts";
import { staticEncoder } from "../../src/training/static-encoder.ts";
import { buildVocabulary, rowsOf } from "../../src/training/vocabulary.ts";

const PAIRS = [
  ["kids at home", "children living with parents"],
  ["money trouble", "financial difficulties"],
  ["cops", "police officers"],
  ["boss", "senior manager"],
] as const;
const vocabulary = buildVocabulary(PAIRS.flat().flatMap((text) => [text, text]));

async function trained(seed: number): Promise<Float32Array> {
  const random = seeded(seed);
  const d = 16;
  const vectors = new Float32Array(vocabulary.rows * d).map(() => random.normal() / 4);
  const pairs = () =>
    Array.from({ length: 16 }, (_, i) => PAIRS[i % PAIRS.length]!).map(([query, passage]) => ({
      query: rowsOf(query, vocabulary),
      passage: rowsOf(passage, vocabulary),
      group: "one",
      key: passage,
    }));
  const options = {
    dimensions: d,
    epochs: 200,
    batch: 16,
    together: 16,
    temperature: 0.1,
    lateTemperature: 0.1,
    rate: 0.02,
    dropout: 0,
  };
  await trainContrastive(vectors, { ...options, random, pairs });
  return vectors;
}

describe("contrastive training", () => {
  test("brings texts together that belong together, and only those", async () => {
    const encoder = staticEncoder(vocabulary, await trained(1), 16);
    const queries = await encoder.encode(
      PAIRS.map(([query]) => query),
      "query",
    );
    const passages = await encoder.encode(
      PAIRS.map(([, passage]) => passage),
      "passage",
    );
    for (const [i, query] of queries.entries()) {
      const cosines = passages.map((passage) => dot(query, 0, passage, 0, 16));
      expect(cosines.indexOf(Math.max(...cosines))).toBe(i);
    }
  });

  test("gives the same vectors for the same seed, and others for another", async () => {
    const [one, again, other] = await Promise.all([trained(1), trained(1), trained(2)]);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });
});

describe("the vocabulary", () => {
  test("gives all forms of a stem one row, and unknown words none", () => {
    const { pieces } = buildVocabulary(["fostering fostered", "foster"]);
    expect(new Set(["foster", "fostered", "fostering", "fosters"].map((form) => pieces.get(form))).size).toBe(
      1,
    );
    expect([...rowsOf("xylophone 123", { ...vocabulary })]).toEqual([]);
  });

  test("reads % as percent", () => {
    const own = buildVocabulary(["ten percent percent", "12 %"]);
    expect(own.pieces.get("%")).toBe(own.pieces.get("percent"));
  });
});

test("skip-gram puts words that share company near each other", () => {
  const random = seeded(3);
  // Rows 1 and 2 stand beside 5, rows 3 and 4 beside 6.
  const texts = Array.from({ length: 400 }, () =>
    Int32Array.from(random.next() < 0.5 ? [random.below(2) + 1, 5] : [random.below(2) + 3, 6]),
  );
  const vectors = skipGram(texts, {
    rows: 7,
    dimensions: 8,
    counts: [1, 1, 1, 1, 1, 1, 1],
    epochs: 40,
    window: 2,
    negatives: 3,
    random,
  });
  const near = (a: number, b: number) => dot(vectors, a * 8, vectors, b * 8, 8);
  expect(near(1, 2)).toBeGreaterThan(near(1, 3));
  expect(near(3, 4)).toBeGreaterThan(near(2, 4));
});
