import { expect, test } from "vitest";
import { contentStems, fold, stem, STOP_WORDS, terms } from "../../src/text/terms.ts";

const words = (text: string) => terms(text).map((term) => term.word);
const numbers = (text: string) => terms(text).flatMap((term) => (term.isNumber ? term.stem : []));

test("a number has one form, however it is written", () => {
  expect(numbers("2,515 and 2515 and £2,515")).toEqual(["2515", "2515", "2515"]);
  expect(numbers("12,345,678")).toEqual(["12345678"]);
  expect(numbers("£1.5 million, 42.3 and 1,5")).toEqual(["1.5", "42.3", "1,5"]);
});

test("a percentage is told from a number, however it is written", () => {
  expect(numbers("42.3 per cent, 42.3%, 42.3 %, 42.3 percent, 42.3 PER\nCENT")).toEqual(
    Array.from({ length: 5 }, () => "42.3%"),
  );
  expect(numbers("3 percentage points")).toEqual(["3"]);
  expect(words("62 per cent of them")).toEqual(["62%", "of", "them"]);
});

test("years of a range, ordinals and units stand apart", () => {
  expect(words("2013-14")).toEqual(["2013", "14"]);
  expect(words("the 2nd of 10km")).toEqual(["the", "2", "nd", "of", "10", "km"]);
});

test("straight and curly apostrophes are the same, and the possessive is left out", () => {
  expect(words("children's children’s children‘s")).toEqual(["children", "children", "children", "s"]);
  expect(words("O'Brien’s parents’ don’t")).toEqual(["o'brien", "parents", "don't"]);
  expect(stem("o'brien")).toBe("obrien");
});

test("accents and capitals do not matter, composed or not", () => {
  expect(words("Café CAFE\u0301 NAÏVE")).toEqual(["cafe", "cafe", "naive"]);
  expect(fold("É’ﬁ")).toBe("e'fi");
});

test("offsets are those of the text as it is written", () => {
  const text = "The council’s CAFE\u0301 cost £2,515 (42.3 per cent).";
  expect(terms(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    "The",
    "council’s",
    "CAFE\u0301",
    "cost",
    "£2,515",
    "42.3 per cent",
  ]);
});

test("words of one stem meet", () => {
  // Porter's own examples (https://tartarus.org/martin/PorterStemmer/).
  expect(["connect", "connected", "connecting", "connection", "connections"].map(stem)).toEqual(
    Array.from({ length: 5 }, () => "connect"),
  );
});

test("stop words are no content, numbers always are", () => {
  expect(contentStems("What was the rate in 2014, and is it 62%?")).toEqual(["rate", "2014", "62%"]);
  expect(contentStems("Who is it? Isn’t it him?")).toEqual([]);
  expect([...STOP_WORDS].every((word) => fold(word) === word)).toBe(true);
});

test("a text without words has no terms", () => {
  expect(terms("")).toEqual([]);
  expect(terms("— … !? 😀 ²")).toEqual([]);
});
