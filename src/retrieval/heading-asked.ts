// A question that says what a heading says ("what does the council need to improve?") -> the passages that
// stand below it: they answer, whatever words they use themselves.

import type { OpenIndex } from "../index/open-index.ts";
import { contentStems, fold, stem } from "../text/terms.ts";
import type { ParsedQuestion, Want } from "./question.ts";

/** Words that headings have or leave out without saying another thing; authorities' names are such, too. */
const IDLE = new Set("local authority authorities council councils main key".split(" ").map(stem));
/** Headings with these words name a part of the report, and what they say beside them is no question. */
const PARTS = new Set(
  "area areas information inspect inspection inspections section summary".split(" ").map(stem),
);
/** Headings of fewer words that count are subjects. */
const FEWEST = 2;
/** Who asks for one of these wants a sentence that holds it, not all that a heading holds. */
const EXACT: readonly Want[] = [
  "number",
  "percent",
  "money",
  "duration",
  "frequency",
  "person",
  "date",
  "grade",
  "reason",
  "organisation",
];
/** What is asked whether, how or where, or denied, is more than a heading says. */
const OTHERWISE =
  /^(?:so |and |but |ok )*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\b|\b(?:how|where|not|no|never|nothing|without|i|me|my)\b|n't\b/;

/** Places of the passages below each heading, by what the heading says. */
const headings = new WeakMap<OpenIndex, Map<string, number[]>>();

/** The places of the passages that stand below a heading which the question repeats, in their order; empty where it repeats none. */
export function placesAsked({ text, wants }: ParsedQuestion, index: OpenIndex): readonly number[] {
  if (EXACT.some((want) => wants.has(want)) || OTHERWISE.test(fold(text).trim())) return [];
  // "what should they improve?" is what they need to improve.
  const own = text.replace(/\b(?:should|must)\b/i, "need");
  let known = headings.get(index);
  if (!known) headings.set(index, (known = headingsOf(index)));
  return known.get(keyOf(own, idleIn(index))) ?? [];
}

function headingsOf(index: OpenIndex): Map<string, number[]> {
  const out = new Map<string, number[]>();
  const idle = idleIn(index);
  for (const [place, { section, kind }] of index.passages.entries()) {
    const heading = section.at(-1);
    if (heading === undefined || kind === "heading") continue;
    const key = keyOf(heading, idle);
    const words = key.split(" ");
    if (words.length < FEWEST || words.some((word) => PARTS.has(word))) continue;
    const places = out.get(key);
    if (places) places.push(place);
    else out.set(key, [place]);
  }
  return out;
}

function idleIn({ documents }: OpenIndex): ReadonlySet<string> {
  const names = [...documents.values()].flatMap(({ info }) => contentStems(info.authority ?? ""));
  return new Set([...IDLE, ...names]);
}

/** What a text says: its words but idle ones, in any order and number. */
function keyOf(text: string, idle: ReadonlySet<string>): string {
  return [...new Set(contentStems(text))]
    .filter((own) => !idle.has(own))
    .toSorted()
    .join(" ");
}
