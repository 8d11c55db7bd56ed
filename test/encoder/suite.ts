// What every encoder does, whichever kind it is. Run over the bundled model, a folder and a hub model.

import { beforeAll, describe, expect, it } from "vitest";
import type { Encoder } from "../../src/types.ts";

const TEXTS = [
  "the council",
  "Social workers know the children well, and 62% of the plans were good in 2013.",
  "poor care",
  "The board of the council",
  `${"child ".repeat(40)}care`,
];

export function describeEncoder(kind: string, open: () => Promise<Encoder>, skip = false): void {
  describe.skipIf(skip)(`the ${kind} encoder`, () => {
    let encoder: Encoder;
    beforeAll(async () => {
      encoder = await open();
    });

    it("names its model and a hash of it", () => {
      expect(encoder.id).toMatch(/^.+@[0-9a-f]{16}$/);
    });

    it("gives one vector of its dimensions for each text, in order", async () => {
      const vectors = await encoder.encode(TEXTS, "passage");
      expect(vectors.map((vector) => vector.length)).toEqual(TEXTS.map(() => encoder.dimensions));
      const again = await encoder.encode([...TEXTS].reverse(), "passage");
      expect(again.reverse()).toEqual(vectors);
    });

    it("gives vectors of length one", async () => {
      for (const purpose of ["query", "passage"] as const) {
        for (const vector of await encoder.encode(TEXTS, purpose)) {
          expect(vector).toBeInstanceOf(Float32Array);
          expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
        }
      }
    });

    it("gives a text the same vector, bit by bit, alone and among others", async () => {
      const together = await encoder.encode(TEXTS, "passage");
      for (const [i, text] of TEXTS.entries()) {
        expect(await encoder.encode([text], "passage")).toEqual([together[i]]);
      }
    });

    it("answers calls at the same time rightly", async () => {
      const alone = await encoder.encode(TEXTS, "query");
      const calls = Array.from({ length: 20 }, (_, i) => encoder.encode([TEXTS[i % TEXTS.length]!], "query"));
      for (const [i, [vector]] of (await Promise.all(calls)).entries()) {
        expect(vector).toEqual(alone[i % TEXTS.length]);
      }
    });

    it("gives no vectors for no texts", async () => {
      expect(await encoder.encode([], "query")).toEqual([]);
    });

    it("gives numbers, not NaN, for texts without words", async () => {
      for (const vector of await encoder.encode(["", "   ", "…", "[PAD]", "\u{1f600}"], "passage")) {
        expect(vector.every(Number.isFinite)).toBe(true);
      }
    });

    it("cuts long texts where it says", async () => {
      const long = "council ".repeat(encoder.maxTokens);
      const [cut, longer] = await encoder.encode([long, `${long} poor care`], "passage");
      expect(longer).toEqual(cut);
    });

    it("counts tokens, and more of them in longer texts", () => {
      const [short, long, longest] = encoder.countTokens(["council", "the council", "council ".repeat(5000)]);
      expect(short).toBeGreaterThan(0);
      expect(long).toBeGreaterThan(short!);
      expect(longest).toBeGreaterThan(encoder.maxTokens);
    });
  });
}
