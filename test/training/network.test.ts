import { describe, expect, test } from "vitest";
import { score, sigmoid } from "../../src/retrieval/network.ts";
import { messageKinds } from "../../src/retrieval/message-kind.ts";
import { KINDS } from "../../src/retrieval/message-kind.ts";
import { trainMessageModel } from "../../src/training/message-kind.ts";
import { fitNetwork } from "../../src/training/network.ts";
import { seeded } from "../../src/training/random.ts";

const OPTIONS = { inputs: ["a", "b"], hidden: 6, epochs: 200, rate: 0.03, decay: 0, members: 2 } as const;

describe("fitting a network", () => {
  test("by lists: learns what no straight line can tell", () => {
    // The right candidate is the one whose two inputs have the same sign.
    const random = seeded(5);
    const lists = Array.from({ length: 80 }, () => {
      const values = [1, -1].map((sign) => {
        const a = random.next() < 0.5 ? 1 : -1;
        return Float32Array.of(a + random.normal() * 0.1, sign * a + random.normal() * 0.1);
      });
      return { values, right: [1, 0] };
    });
    const network = fitNetwork(lists, { ...OPTIONS, loss: "list", random });
    const hits = lists.filter(({ values }) => score(network, values[0]!) > score(network, values[1]!)).length;
    expect(hits / lists.length).toBeGreaterThan(0.95);
  });

  test("by rows: gives probabilities that are true on the whole", () => {
    const random = seeded(6);
    const rows = Array.from({ length: 400 }, () => {
      const a = random.next();
      return { values: [Float32Array.of(a, 0)], right: [random.next() < a ? 1 : 0] };
    });
    const network = fitNetwork(rows, { ...OPTIONS, epochs: 60, loss: "row", random });
    expect(sigmoid(score(network, [0.9, 0]))).toBeGreaterThan(0.75);
    expect(sigmoid(score(network, [0.1, 0]))).toBeLessThan(0.25);
  });
});

test("message kinds are learned from words and word pairs", () => {
  const random = seeded(7);
  const greetings = ["hello there", "hello all", "hi there", "hi all", "morning all", "hello bot"].map(
    (text) => ({ text, kind: "greeting" as const }),
  );
  const questions = [
    "how many children",
    "how many carers",
    "who chairs the board",
    "who chairs the panel",
    "is it good",
    "is it any good",
  ].map((text) => ({ text, kind: "question" as const }));
  const model = trainMessageModel([...greetings, ...questions], KINDS, random);
  const hello = messageKinds("hello everyone", model);
  const many = messageKinds("how many inspectors", model);
  expect(hello.greeting).toBeGreaterThan(hello.question);
  expect(many.question).toBeGreaterThan(many.greeting);
  expect(Object.values(many).reduce((a, b) => a + b, 0)).toBeCloseTo(1);
});
