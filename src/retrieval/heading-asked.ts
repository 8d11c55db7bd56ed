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
/** Who asks for anything else wants a sentence that holds it, not all that a heading holds. */
const WHOLE: ReadonlySet<Want> = new Set(["list", "yesno", "place"]);
/** What is asked whether, how or where, or denied, is more than a heading says. */
const OTHERWISE =
  /^(?:so |and |but |ok )*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\b|\b(?:how|where|not|no|never|nothing|without|i|me|my)\b|n't\b/;

interface Headings {
  /** Places of the passages below each heading, by what the heading says. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  readonly idle: ReadonlySet<string>;
}

const headings = new WeakMap<OpenIndex, Headings>();

/** The places of the passages that stand below a heading which the question repeats, in their order; empty where it repeats none. */
export function placesAsked({ text, wants }: ParsedQuestion, index: OpenIndex): readonly number[] {
  if ([...wants].some((want) => !WHOLE.has(want)) || OTHERWISE.test(fold(text).trim())) return [];
  let known = headings.get(index);
  if (!known) headings.set(index, (known = headingsOf(index)));
  // "what should they improve?" is what they need to improve.
  return known.places.get(keyOf(text.replace(/\b(?:should|must)\b/i, "need"), known.idle)) ?? [];
}

function headingsOf({ documents, passages }: OpenIndex): Headings {
  const authorities = [...documents.values()].flatMap(({ info }) => contentStems(info.authority ?? ""));
  const idle = new Set([...IDLE, ...authorities]);
  const places = new Map<string, number[]>();
  for (const [place, { section, kind }] of passages.entries()) {
    const heading = section.at(-1);
    if (heading === undefined || kind === "heading") continue;
    const key = keyOf(heading, idle);
    const words = key.split(" ");
    if (words.length < FEWEST || words.some((word) => PARTS.has(word))) continue;
    const below = places.get(key);
    if (below) below.push(place);
    else places.set(key, [place]);
  }
  return { places, idle };
}

/** What a text says: its words but idle ones, in any order and number. */
function keyOf(text: string, idle: ReadonlySet<string>): string {
  return [...new Set(contentStems(text))]
    .filter((own) => !idle.has(own))
    .toSorted()
    .join(" ");
}
