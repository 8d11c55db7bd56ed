// What a grade means, printed in every inspection report, against what was found: "An LSCB that is
// inadequate does not …" says nothing about this one.

import type { Passage } from "../types.ts";
import type { ParsedQuestion } from "./question.ts";

const HEADING = /\bjudge?ments? mean\b|\bgrade descriptors?\b|\bglossary\b/i;
/** What is defined. Other matter may stand below the same heading, at a report's end. */
const GRADE = /\b(?:outstanding|good|(?:in)?adequate|requires improvement|satisfactory)\b/i;
const ASKS = /\b(?:mean(?:s|ing|t)?|defin\w+|descriptors?|criteria|what (?:is|makes|counts as) an? )\b/i;

/** Whether a passage only says what words mean, and the question doesn't ask that. */
export function isOnlyDefinition(passage: Passage, { text, acronym }: ParsedQuestion): boolean {
  const isBelow = passage.section.some((heading) => HEADING.test(heading));
  return acronym === null && isBelow && GRADE.test(passage.text) && !ASKS.test(text);
}
