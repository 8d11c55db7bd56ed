// What a grade means, printed in every inspection report, against what was found: "An LSCB that is
// inadequate does not …" says nothing about this one.

import type { Passage } from "../types.ts";
import type { ParsedQuestion } from "./question.ts";

const HEADING = /\bjudge?ments? mean\b|\bgrade descriptors?\b|\bglossary\b/i;
const ASKS = /\b(?:mean(?:s|ing|t)?|defin\w+|descriptors?|criteria|what (?:is|makes|counts as) an? )\b/i;

/** Whether a passage only says what words mean, and the question doesn't ask that. */
export function isOnlyDefinition({ section }: Passage, { text, acronym }: ParsedQuestion): boolean {
  return acronym === null && section.some((heading) => HEADING.test(heading)) && !ASKS.test(text);
}
