import { expect, test } from "vitest";
import { splitDocument } from "../../src/passages/split.ts";
import { parseQuestion } from "../../src/retrieval/question.ts";
import { acronymQuestions } from "../../src/training/acronym-questions.ts";
import { seeded } from "../../src/training/random.ts";

const info = { id: "r", file: "r.txt", title: "R", sha256: "" };
const passages = splitDocument({
  info,
  text: "The Family Group Conference (FGC) works.\n\nEach FGC is well led.\n\nA family group conference (FGC) helps.",
  pages: [],
});

test("what an abbreviation stands for is answered by each passage that spells it out, and by no other", () => {
  const questions = acronymQuestions(passages, seeded(1));
  const explained = questions.filter(({ kind }) => kind === "acronym");
  expect(explained.map(({ answers }) => answers)).toEqual([["r#0", "r#2"]]);
  const others = questions.filter(({ kind }) => kind === "other acronym");
  expect(others).toHaveLength(3);
  for (const { answers, text } of others) {
    expect(answers).toEqual([]);
    expect(text).not.toMatch(/FGC/i);
  }
});

test("the questions are understood as what they are", () => {
  const asked = Array.from({ length: 40 }, (_, seed) => acronymQuestions(passages, seeded(seed + 1))).flat();
  for (const { text } of asked) expect([text, parseQuestion(text).acronym]).not.toContain(null);
});
