import { expect, test } from "vitest";
import { findPhrases } from "../../src/text/phrases.ts";

/** What is found, as `group:phrase@place`. */
function found(groups: readonly (readonly string[])[], text: string): string[] {
  const out: string[] = [];
  findPhrases(groups)(text, (group, start, end) => out.push(`${group}:${text.slice(start, end)}@${start}`));
  return out;
}

test("phrases are found wherever they stand, inside words and inside each other", () => {
  expect(found([["ab"], ["b", "abc"]], "xabcab")).toEqual(["0:ab@1", "1:b@2", "1:abc@1", "0:ab@4", "1:b@5"]);
});

test("a phrase of several groups is found for each; empty ones are never found", () => {
  expect(found([["a", ""], ["a"], []], "a")).toEqual(["0:a@0", "1:a@0"]);
});

test("capitals and signs count to the letter", () => {
  expect(found([["A&E"], ["’s"]], "a&e A&E council’s")).toEqual(["0:A&E@4", "1:’s@15"]);
});

test("what overlaps is found, as looking from every character finds it", () => {
  const groups = [
    ["he", "she"],
    ["his", "hers"],
    ["e", "sh", "ers"],
  ];
  const text = "ushers he his shershehishers";
  const slow = groups.flatMap((phrases, group) =>
    phrases.flatMap((phrase) =>
      [...text].flatMap((_, at) => (text.startsWith(phrase, at) ? [`${group}:${phrase}@${at}`] : [])),
    ),
  );
  expect(found(groups, text).toSorted()).toEqual(slow.toSorted());
});

test("nothing to find, or nothing to find it in, finds nothing", () => {
  expect([found([], "text"), found([["a"]], "")]).toEqual([[], []]);
});
