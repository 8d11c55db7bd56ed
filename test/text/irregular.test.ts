import { expect, test } from "vitest";
import { IRREGULAR } from "../../src/text/irregular.ts";
import { contentStems, stem, STOP_WORDS } from "../../src/text/terms.ts";

test.each([
  ["Who led the inspection?", "lead inspector"],
  ["They met and kept records.", "meeting and keeping a record"],
  ["It fell, then it grew.", "falling and growing"],
])("an irregular verb's past is the verb: %s", (past, present) => {
  const [stems, others] = [contentStems(past), contentStems(present)];
  expect(stems.filter((one) => others.includes(one)).length).toBeGreaterThan(0);
  expect(stems).not.toContain(past.split(" ")[1]);
});

test("no form is another verb's as well, nor a word that says nothing", () => {
  expect(IRREGULAR.size).toBeGreaterThan(100);
  for (const [form, verb] of IRREGULAR) {
    expect(IRREGULAR.has(verb), verb).toBe(false);
    expect(STOP_WORDS.has(form), form).toBe(false);
    expect(stem(form)).toBe(stem(verb));
  }
});
