// A question -> the people in it whom the documents name. A surname says more than all the other words of
// a question: what is asked of somebody stands where they are named, or in what they are quoted with.

import { introductionOf } from "../passages/attribution.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { STOP_WORDS } from "../text/terms.ts";
import { findAnswers } from "./evidence.ts";
import type { ParsedQuestion } from "./question.ts";
import { isOfSpeakers } from "./speaker.ts";

/** Passages that are looked at to tell whether a word is a name, and the most that a name stands in. */
const LOOKED_AT = 6;
const MOST = 200;

export interface People {
  /** Numbers of the words that name them. */
  readonly words: ReadonlySet<number>;
  /** Ids of the documents that name one of them. */
  readonly documents: ReadonlySet<string>;
}

/** The people that a question names; null where it names nobody whom the documents know. */
export function peopleNamed(
  { terms, text }: Pick<ParsedQuestion, "terms" | "text">,
  index: OpenIndex,
): People | null {
  const words = new Set<number>();
  const documents = new Set<string>();
  for (const { stem, word, isNumber, start } of terms) {
    const number = isNumber || STOP_WORDS.has(word) ? undefined : index.lexical.numbers.get(stem);
    if (number === undefined || words.has(number)) continue;
    const places = placesOf(number, index);
    if (
      places.length > MOST ||
      isOfSpeakers(text, start) ||
      !isName(index.lexical.forms[number]!, places, index)
    )
      continue;
    words.add(number);
    for (const place of places) documents.add(index.passages[place]!.document);
  }
  return words.size === 0 ? null : { words, documents };
}

/** The share of the names that stand in a passage or above it, 0 to 1. */
export function namedIn(place: number, { words }: People, index: OpenIndex): number {
  const { text, context } = index.lexical.passages[place]!;
  let found = 0;
  for (const word of words) if (text.includes(word) || context.includes(word)) found++;
  return found / words.size;
}

/** The passages that hold a word, or stand below it. */
function placesOf(number: number, { lexical }: OpenIndex): Int32Array {
  const { postingsFrom, postingPlaces } = lexical.arrays;
  return postingPlaces.subarray(postingsFrom[number], postingsFrom[number + 1]);
}

/** Whether a word is always written with a capital where it was looked at, and once as part of a person's name. */
function isName(form: string, places: Int32Array, { passages }: OpenIndex): boolean {
  // Nothing in it that a pattern would read as more than itself.
  if (!/^\p{L}[\p{L}'’-]*$/u.test(form)) return false;
  const word = new RegExp(`(?<![\\p{L}\\d])${form}(?![\\p{L}\\d])`, "giu");
  let named = false;
  for (const place of places.subarray(0, LOOKED_AT)) {
    const passage = passages[place]!;
    const text = `${introductionOf(passage)?.text ?? ""} ${passage.text}`;
    const people = findAnswers(text, "person");
    for (const { 0: found, index } of text.matchAll(word)) {
      if (!/^\p{Lu}/u.test(found)) return false;
      named ||= people.some(({ start, end }) => start <= index && index < end);
    }
  }
  return named;
}
