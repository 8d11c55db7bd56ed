import { expect, test } from "vitest";
import { IRREGULAR } from "../../src/text/irregular.ts";
import { contentStems, stem, STOP_WORDS } from "../../src/text/terms.ts";

test.each([
  ["Who led the inspection?", ["lead", "inspect"]],
  ["They met and kept records.", ["meet", "keep", "record"]],
  ["It fell, then it grew.", ["fall", "grow"]],
])("an irregular verb's past is the verb: %s", (past, stems) => {
  expect(contentStems(past)).toEqual(stems);
});

test("no form is another verb's as well, nor a word that says nothing", () => {
  expect(IRREGULAR.size).toBeGreaterThan(100);
  for (const [form, verb] of IRREGULAR) {
    expect(IRREGULAR.has(verb), verb).toBe(false);
    expect(STOP_WORDS.has(form), form).toBe(false);
    expect(stem(form)).toBe(stem(verb));
  }
});
