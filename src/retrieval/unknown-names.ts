// A question -> the names in it that neither the documents nor the encoder know: "Fenland", "St Neots
// Astrea Academy". What is asked about them stands nowhere, however near the rest comes.

import { STOP_WORDS, type Term, terms } from "../text/terms.ts";
import type { Matching } from "./matching.ts";

/** The names, as the question writes them; empty where there are none. */
export function unknownNames(question: string, { words }: Pick<Matching, "words">): string[] {
  const unknown = new Set(words.filter(({ known, isNumber }) => !known && !isNumber).map(({ stem }) => stem));
  if (unknown.size === 0) return [];
  const found = terms(question);
  const content = found.filter(({ word, isNumber }) => !isNumber && !STOP_WORDS.has(word));
  // Where everything is written with capitals they tell nothing.
  if (content.every((term) => isCapitalised(term, question))) return [];
  // Sentences begin with a capital whatever their first word is.
  const names = runs(
    found.filter((term) => isCapitalised(term, question) && !opensSentence(term, question)),
    question,
  );
  return names
    .filter((run) => run.some(({ stem }) => unknown.has(stem)))
    .map((run) => question.slice(run[0]!.start, run.at(-1)!.end).replace(/['’]s?$/, ""));
}

/** `Fenland`, not `fenland` and not `BFI`, which may be an abbreviation of what the documents spell out. */
function isCapitalised({ start, end }: Term, text: string): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text.slice(start, end));
}

function opensSentence({ start }: Term, text: string): boolean {
  return /(?:^|[.!?…:])[\s"'“‘(]*$/.test(text.slice(0, start));
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
