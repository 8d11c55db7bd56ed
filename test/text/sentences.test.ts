import { expect, test } from "vitest";
import { sentences, trimmed } from "../../src/text/sentences.ts";

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

test("titles, initials and Latin abbreviations do not end a sentence", () => {
  expect(split("Mr. Hall left. He was 62.")).toEqual(["Mr. Hall left.", "He was 62."]);
  expect(split("Cllr. J. K. Smith spoke. Dr. Ng did not.")).toEqual([
    "Cllr. J. K. Smith spoke.",
    "Dr. Ng did not.",
  ]);
  expect(split("Some agencies, e.g. Ofsted, agree. Others, i.e. Schools, don't.")).toEqual([
    "Some agencies, e.g. Ofsted, agree.",
    "Others, i.e. Schools, don't.",
  ]);
  expect(split("(Mrs. Lee) said so. “Mr. Hall” did not.")).toEqual([
    "(Mrs. Lee) said so.",
    "“Mr. Hall” did not.",
  ]);
});

test("abbreviations that go before a number end a sentence before anything else", () => {
  expect(split("See para. 5 and pp. 7 to 9. It began on 3 Jan. 2014.")).toEqual([
    "See para. 5 and pp. 7 to 9.",
    "It began on 3 Jan. 2014.",
  ]);
  expect(split("They said no. The council agreed.")).toEqual(["They said no.", "The council agreed."]);
});

test("a sentence may begin with a figure and go on in small letters", () => {
  expect(split("The number is falling. 67% of all live with carers. 10% live in homes.")).toEqual([
    "The number is falling.",
    "67% of all live with carers.",
    "10% live in homes.",
  ]);
  expect(split("They agreed.’ £5m of it was cut. (12 stayed.) ‘4 in 10’ left.")).toEqual([
    "They agreed.’",
    "£5m of it was cut.",
    "(12 stayed.)",
    "‘4 in 10’ left.",
  ]);
});

test("an opening quotation mark begins a sentence, whatever letter follows", () => {
  expect(split("Is it enough? “not yet” is what he said.")).toEqual([
    "Is it enough?",
    "“not yet” is what he said.",
  ]);
});

test("a list's number, a time and an abbreviation go on before a figure", () => {
  for (const whole of [
    "2. 31 children have left.",
    "It is open from 9.30 a.m. 5 days a week.",
    "It follows reg. 33 and Smith et al. 2013 in this.",
    "They waited... 5 days later it came.",
  ])
    expect(split(whole)).toEqual([whole]);
});

test("a quotation belongs to the sentence that goes on after it", () => {
  expect(split("“Is it good?” asked Hall. “It is.” She left.")).toEqual([
    "“Is it good?” asked Hall.",
    "“It is.”",
    "She left.",
  ]);
  expect(split('He said: "We accept the findings." Work began.')).toEqual([
    'He said: "We accept the findings."',
    "Work began.",
  ]);
});

test("points inside numbers, amounts and times do not end a sentence", () => {
  expect(
    split("It was 42.3 per cent. In 2014 it cost £1.5m. It closed at 5.30 p.m. Then it rained."),
  ).toEqual(["It was 42.3 per cent.", "In 2014 it cost £1.5m.", "It closed at 5.30 p.m.", "Then it rained."]);
});

test("a lower-case letter goes on with the sentence, a line break ends it", () => {
  expect(split("The plan (see above.) was agreed… and kept. Yes.")).toEqual([
    "The plan (see above.) was agreed… and kept.",
    "Yes.",
  ]);
  expect(split("Shire Hall\nCastle Hill\nCambridge")).toEqual(["Shire Hall", "Castle Hill", "Cambridge"]);
});

test("spans are exact: without white space, in order, and nothing but white space between them", () => {
  const text = "  One is here.\t Two… “Three?” asked Dr. Four!\n\nFive 5.5 –  é̂ 😀. Six";
  const spans = sentences(text);
  let end = 0;
  for (const span of spans) {
    expect(text.slice(end, span.start).trim()).toBe("");
    const own = text.slice(span.start, span.end);
    expect(own).toBe(own.trim());
    expect(own).not.toBe("");
    end = span.end;
  }
  expect(text.slice(end).trim()).toBe("");
  expect(spans[0]).toEqual({ start: 2, end: 14 });
});

test("a text without words has no sentences", () => {
  expect(sentences("")).toEqual([]);
  expect(sentences(" \n\t ")).toEqual([]);
});

test("white space at the ends of a span is left out, and a span of nothing else is empty", () => {
  expect(trimmed("ab  cd ", 2, 7)).toEqual({ start: 4, end: 6 });
  expect(trimmed("a   b", 1, 4)).toEqual({ start: 4, end: 4 });
});
