// A question -> the names in it that neither the documents nor the encoder know: "in Fenland", "the St
// Neots Astrea Academy". What is asked about them stands nowhere, however near the rest comes. Who asks
// and who is asked is not meant.

import { STOP_WORDS, type Term, terms } from "../text/terms.ts";
import type { Matching } from "./matching.ts";
import { isOfSpeakers } from "./speaker.ts";

/** What stands before a name that something is asked about. */
const ASKED_ABOUT =
  /\b(?:in|at|near|to|of|for|about|by|around|across|within|outside|inside|the|did|does|do|is|are|was|were|has|have|had|it|and|or|than|like)\s+$/i;
/** The names, as the question writes them; empty where there are none. */
export function unknownNames(question: string, { words }: Pick<Matching, "words">): string[] {
  const unknown = new Set(words.filter(({ known, isNumber }) => !known && !isNumber).map(({ stem }) => stem));
  if (unknown.size === 0) return [];
  const found = terms(question);
  const content = found.filter(({ word, isNumber }) => !isNumber && !STOP_WORDS.has(word));
  // Where everything is written with capitals they tell nothing.
  if (content.every((term) => isCapitalised(term, question))) return [];
  return runs(
    found.filter((term) => isCapitalised(term, question)),
    question,
  )
    .filter((run) => run.some(({ stem }) => unknown.has(stem)) && isAskedAbout(run[0]!, question))
    .map((run) => question.slice(run[0]!.start, run.at(-1)!.end));
}

/** `Fenland`, not `fenland` and not `BFI`, which may be an abbreviation of what the documents spell out. */
function isCapitalised({ start, end }: Term, text: string): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text.slice(start, end));
}

function isAskedAbout({ start }: Term, text: string): boolean {
  return ASKED_ABOUT.test(text.slice(0, start)) && !isOfSpeakers(text, start);
}

/** Terms with nothing but a space or a hyphen between them stand together. */
function runs(capitalised: readonly Term[], text: string): Term[][] {
  const out: Term[][] = [];
  for (const term of capitalised) {
    const before = out.at(-1)?.at(-1);
    if (before && /^[\s-]+$/.test(text.slice(before.end, term.start))) out.at(-1)!.push(term);
    else out.push([term]);
  }
  return out;
}
