import { expect, test } from "vitest";
import { acronymAsked } from "../../src/retrieval/acronym-asked.ts";

test.each([
  ["what does MARU stand for?", "MARU"],
  ["What is an IRO short for?", "IRO"],
  ["whats the full name of the LSCB", "LSCB"],
  ["what do the letters EDT stand for?", "EDT"],
  ["spell out A&E for me", "A&E"],
  ["What’s MASH short for?", "MASH"],
  ["CAFCASS in full?", "CAFCASS"],
])("nothing but what it stands for will do: %s", (text, short) => {
  expect(acronymAsked(text)).toEqual({ short, only: true });
});

test.each([
  ["sorry, first week here - what does maru stand for", "maru"],
  ["what's NEET?", "NEET"],
  ["What’s NEET?", "NEET"],
  ["What does CAF mean?", "CAF"],
  ["what is the LADO, and what does it do?", "LADO"],
  ["meaning of IRO", "IRO"],
  ["IAT meaning", "IAT"],
])("more than that may do: %s", (text, short) => {
  expect(acronymAsked(text)).toEqual({ short, only: false });
});

test.each([
  "what does it stand for?",
  "what is the rate?",
  "what's the NEET rate?",
  "what does the board mean for families?",
  "how many IROs are there?",
  "spell out what went wrong",
  "what is the full name of the director?",
  "full name of Mrs Smith",
  "what does good mean in full",
])("none in: %s", (text) => {
  expect(acronymAsked(text)).toBeNull();
});
