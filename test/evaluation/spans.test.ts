import { expect, test } from "vitest";
import { comparable, containsWords, squeezed, words } from "../../src/evaluation/comparable.ts";
import { exactMatch, normalizeAnswer, tokenF1 } from "../../src/evaluation/metrics/spans.ts";

test("answers are normalised as in SQuAD's script", () => {
  expect(normalizeAnswer("The  Norman-French, an era!")).toBe("normanfrench era");
  expect(normalizeAnswer("A")).toBe("");
});

test("exact match forgives case, articles and punctuation and takes any gold answer", () => {
  expect(exactMatch("the Denver Broncos.", ["Broncos", "Denver Broncos"])).toBe(1);
  expect(exactMatch("Denver", ["Denver Broncos"])).toBe(0);
});

test("token F1 is that of the hand-computed example", () => {
  // "in the 10th century" against "10th and 11th centuries": 1 common token of 3 and of 4.
  expect(tokenF1("in the 10th century", ["10th and 11th centuries"])).toBeCloseTo(2 / 7, 12);
  // Two of two predicted and two of three gold: P 1, R 2/3.
  expect(tokenF1("Denver Broncos", ["the Denver Broncos team"])).toBeCloseTo(0.8, 12);
  expect(tokenF1("x", ["y", "a x"])).toBe(1);
});

test("a repeated token counts as often as the gold answer has it", () => {
  expect(tokenF1("good good good", ["good"])).toBeCloseTo(0.5, 12);
});

test("no answer agrees with no answer only", () => {
  expect(tokenF1("", ["a"])).toBe(1);
  expect(tokenF1("", ["62%"])).toBe(0);
  expect(tokenF1("62%", [])).toBe(0);
});

test("the same words compare as equal whatever their markup, quotes, dashes and white space", () => {
  expect(comparable("The <u>“Good”</u>\n\n judgement –\u00a0**it’s**")).toBe('the "good" judgement - it\'s');
  expect(squeezed("multi-\nagency")).toBe(squeezed("multi-agency"));
});

test("words keep numbers, percentages and thousands whole", () => {
  expect(words("The £2,515 (62%) in 2013-14, 42.3 per cent of a child's")).toEqual([
    "£2515",
    "62%",
    "in",
    "2013",
    "14",
    "42.3",
    "per",
    "cent",
    "of",
    "child's",
  ]);
});

test("an answer is contained as whole words only", () => {
  expect(containsWords("There were 17 children.", "7")).toBe(false);
  expect(containsWords("There were 17 children.", "17 Children")).toBe(true);
  expect(containsWords("At 620%", "62%")).toBe(false);
  expect(containsWords("anything", "")).toBe(false);
});
