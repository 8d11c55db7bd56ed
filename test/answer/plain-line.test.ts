import { expect, test } from "vitest";
import { HELP, plainLine } from "../../src/answer/plain-line.ts";
import { LINES } from "../../src/retrieval/message-kind.ts";
import type { DocumentInfo } from "../../src/types.ts";

const documentOf = (title: string, published?: string): DocumentInfo => ({
  id: title,
  file: `${title}.txt`,
  title,
  sha256: "",
  ...(published !== undefined && { published }),
});

test.each([
  "i want to kill myself",
  "I’m being hurt at home",
  "my dad hits me",
  "im scared to go home",
  "my stepdad is hitting me",
  "I don't feel safe at home",
  "ive been raped",
  "i feel like ending it all",
  "i'm suicidal",
  "i wanna kms",
  "a child has just told me he's being abused, what do i do",
])("whoever is in danger is told whom to call: %s", (message) => {
  expect(plainLine(message, [])).toBe(HELP);
});

test.each([
  "how many children were hurt?",
  "are young people who self-harm helped?",
  "what hit me is the budget",
  "do children say who hit me",
  "do children feel safe?",
  "are suicidal young people helped by camhs?",
  "how many children live 30 kms from home?",
  "a child told me they got rapid help, is that usual",
])("nobody is in danger: %s", (message) => {
  expect(plainLine(message, [])).toBeNull();
});

test.each([
  "thanks but that's wrong",
  "That is not right.",
  "no, that's not what i asked",
  "wrong",
  "not helpful",
])("whoever got no answer is told so: %s", (message) => {
  expect(plainLine(message, [])).toBe(LINES.insult);
});

test.each([
  "what went wrong?",
  "was that wrong of the council?",
  "is it right that caseloads are high?",
  "that's right",
])("that is no complaint: %s", (message) => {
  expect(plainLine(message, [])).toBeNull();
});

const DOCUMENTS = [
  documentOf("An old report", "2012"),
  documentOf("A new story", "2024-05-01"),
  documentOf("Notes"),
];

test.each([
  "what documents do you have?",
  "which reports can you search",
  "list the documents",
  "what's in here?",
  "which reports are there?",
])("whoever asks what there is gets the titles, newest first: %s", (message) => {
  expect(plainLine(message, DOCUMENTS)).toBe(
    "I quote 3 documents: A new story (1 May 2024); An old report (2012); Notes.",
  );
});

test.each([
  "what reports did the council send to the board?",
  "which documents were missing?",
  "what do you have to do?",
  "what sources of support are there?",
  "which inspections of homes are there?",
  "what reports have you made to the board?",
])("that asks the documents: %s", (message) => {
  expect(plainLine(message, DOCUMENTS)).toBeNull();
});

test("of many documents or long titles as much is told as fits a phone", () => {
  const many = Array.from({ length: 40 }, (_, i) =>
    documentOf(`${i} ${"A title that goes on ".repeat(5)}`, "2020"),
  );
  const line = plainLine("what documents do you have?", many)!;
  expect(line.length).toBeLessThanOrEqual(400);
  expect(line).toMatch(/^I quote 40 documents: .*… \(2020\); \d+ more\.$/);
  expect(plainLine("what do you have?", [documentOf("Notes")])).toBe("I quote one document: Notes.");
});
