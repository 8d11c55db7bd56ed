import { describe, expect, test } from "vitest";
import { splitDocument } from "../../src/passages/split.ts";
import type { LabelledQuestion } from "../../src/training/corpora.ts";
import { withPlaceOrYear } from "../../src/training/place-and-year.ts";
import { seeded } from "../../src/training/random.ts";
import type { Document } from "../../src/types.ts";

const report: Document = {
  info: {
    id: "notts",
    file: "notts.pdf",
    title: "Nottinghamshire",
    authority: "Nottinghamshire County Council",
    published: "2015-06-01",
    sha256: "",
  },
  text: "1. In 2013 the council opened four homes.",
  pages: [],
};
const [passage] = splitDocument(report);
const questions: LabelledQuestion[] = [
  { text: "How many homes were opened?", answers: ["notts#0"], span: "four", kind: "direct" },
  { text: "Who pays for it?", answers: [], span: null, kind: "near_miss" },
];

const random = seeded(3);
const made = Array.from({ length: 400 }, () => withPlaceOrYear(questions, passage!, report, random)).flat();
const ofKind = (kind: string) => made.filter((question) => question.kind === kind);

describe("a question with a place or year added", () => {
  test("is made of answerable questions only", () => {
    expect(made.length).toBeGreaterThan(50);
    expect(made.every(({ text }) => text.toLowerCase().includes("how many homes were opened"))).toBe(true);
  });

  test("stays answerable with the report's own place, and with its own years", () => {
    expect(
      ofKind("place").every(
        ({ text, answers }) => /notts|nottinghamshire/.test(text) && answers.length === 1,
      ),
    ).toBe(true);
    expect(ofKind("year").every(({ text, answers }) => /2013|2015/.test(text) && answers.length === 1)).toBe(
      true,
    );
    expect([ofKind("place").length > 0, ofKind("year").length > 0]).toEqual([true, true]);
  });

  test("has no answer with another place, or with a year that is not near the report's own", () => {
    expect(ofKind("elsewhere").length).toBeGreaterThan(0);
    expect(
      ofKind("elsewhere").every(({ text, answers }) => !/nottingham/.test(text) && answers.length === 0),
    ).toBe(true);
    expect(ofKind("other year").length).toBeGreaterThan(0);
    expect(
      ofKind("other year").every(({ text, answers }) => !/201[2345]/.test(text) && answers.length === 0),
    ).toBe(true);
  });
});
