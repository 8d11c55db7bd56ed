import { expect, test } from "vitest";
import { judge, type Marks } from "../../src/evaluation/judge.ts";
import { metricsOf } from "../../src/evaluation/metrics.ts";
import type { TestQuestion } from "../../src/evaluation/sets/types.ts";
import type { Answer } from "../../src/types.ts";
import { answer, BOARD, evidence, HEALTH, MONEY, NEET, quote, testQuestion, TEXTS } from "./room.ts";

const numeric = testQuestion({
  evidence: [evidence({ paragraph: "105", quote: NEET[2] })],
  answers: ["62%"],
});
const nearMiss = testQuestion({ type: "unanswerable_near_miss", answerable: false });
const chitchat = testQuestion({ type: "chitchat", answerable: false });

function marksOf(...pairs: readonly (readonly [TestQuestion, Answer])[]): Marks[] {
  const answered = pairs.map(([test, given], i) => ({
    item: { id: String(i), at: "", isConversation: false, turns: [test] },
    asked: [{ test, answer: given }],
  }));
  return answered.flatMap((one) => judge(one, (document) => TEXTS[document]));
}
const one = (test: TestQuestion, given: Answer): Marks => marksOf([test, given])[0]!;
const metric = (name: string, marks: readonly Marks[]) => metricsOf(marks)[name]?.value ?? null;

test("an answer is worth a point when right, costs one when wrong, and nothing when refused", () => {
  expect(one(numeric, answer([NEET])).points).toBe(1);
  expect(one(numeric, answer([HEALTH, NEET])).points).toBe(-1);
  expect(one(numeric, answer([NEET], { outcome: "none" })).points).toBe(0);
  expect(one(nearMiss, answer([NEET], { outcome: "unsure" })).points).toBe(-1);
  expect(one(nearMiss, answer([], { outcome: "none" })).points).toBe(0);
  const mixed = marksOf(
    [numeric, answer([NEET])],
    [numeric, answer([HEALTH])],
    [numeric, answer([NEET])],
    [chitchat, answer([])],
  );
  expect(metric("headline", mixed)).toBe(0.25);
});

test("a question that nobody knows the answer of is not scored, but timed", () => {
  const marks = marksOf([testQuestion({ answerable: null }), answer([NEET], { ms: 12 })]);
  expect(Object.keys(metricsOf(marks))).toEqual(["quote-integrity", "latency/p50", "latency/p95"]);
  expect(metric("latency/p50", marks)).toBe(12);
});

test("without evidence the gold answer must stand in what is quoted first", () => {
  const question = testQuestion({ answers: ["£13m"] });
  expect(one(question, answer([MONEY])).right).toBe(true);
  expect(one(question, answer([NEET, MONEY])).right).toBe(false);
  expect(one(question, answer([MONEY])).passages).toBeNull();
});

test("the bold words are compared with the answer as SQuAD does", () => {
  const marks = one(numeric, answer([NEET], { mark: "62% of care leavers" }));
  expect(marks.answerExact).toBe(0);
  expect(marks.answerF1).toBeCloseTo(0.4, 12);
  expect(one(numeric, answer([NEET], { mark: "62%" })).answerExact).toBe(1);
  expect(one(numeric, answer([], { outcome: "none" })).answerF1).toBe(0);
});

test("quotes are proved by their pieces, or found when they have none", () => {
  const proved = (given: Answer) => one(numeric, given).quotes;
  expect(proved(answer([MONEY]))).toEqual({ shown: 1, proved: 1 });
  // Found, though it stands there with markup and a line break.
  expect(proved(answer([NEET]))).toEqual({ shown: 1, proved: 1 });
  const altered = { ...quote(MONEY), text: "The council spent £31m." };
  expect(proved(answer([MONEY], { quotes: [altered], related: [quote(BOARD)] }))).toEqual({
    shown: 2,
    proved: 1,
  });
  const invented = { ...altered, pieces: [] };
  expect(proved(answer([MONEY], { quotes: [invented] }))).toEqual({ shown: 1, proved: 0 });
  expect(marksOf()).toEqual([]);
});

test("refusals are counted apart for what is answerable, nearly so and off topic", () => {
  const marks = marksOf(
    [numeric, answer([NEET])],
    [numeric, answer([NEET], { outcome: "unsure" })],
    [numeric, answer([NEET], { outcome: "none" })],
    [numeric, answer([HEALTH])],
    [nearMiss, answer([NEET])],
    [nearMiss, answer([], { outcome: "none" })],
    [chitchat, answer([], { outcome: "none" })],
    [
      testQuestion({ type: "unanswerable_off_topic", answerable: false }),
      answer([NEET], { outcome: "unsure" }),
    ],
  );
  expect(
    [
      "answerable/refused",
      "answerable/asserted",
      "near-miss/refused",
      "near-miss/asserted",
      "off-topic/refused",
      "refusal/precision",
      "refusal/recall",
      "asserted/right",
    ].map((name) => metric(name, marks)),
  ).toEqual([0.25, 0.5, 0.5, 0.5, 0.5, 2 / 3, 0.5, 1 / 3]);
});

test("a follow-up counts for its own success@1", () => {
  const item = { id: "c", at: "", isConversation: true, turns: [] };
  const asked = [
    { test: numeric, answer: answer([HEALTH]) },
    { test: numeric, answer: answer([NEET]) },
    { test: numeric, answer: answer([HEALTH, NEET]) },
  ];
  const marks = judge({ item, asked }, () => undefined);
  expect(metric("success@1", marks)).toBeCloseTo(1 / 3, 12);
  expect(metric("follow-up/success@1", marks)).toBe(0.5);
  expect(metric("mrr@10", marks)).toBeCloseTo((0 + 1 + 0.5) / 3, 12);
  expect(metric("recall@3", marks)).toBeCloseTo(2 / 3, 12);
  expect(metricsOf(marks)["quote-integrity"]).toBeUndefined();
});
