// The places a question names, as people name local authorities ("Bucks", "BCP", "Stoke"), against the
// authorities that the documents are about.

import type { OpenIndex } from "../index/open-index.ts";
import { fold } from "../text/terms.ts";
import type { DocumentInfo } from "../types.ts";
import { AUTHORITIES, ORDINARY, SHORT_FORMS } from "./authorities.ts";

/** Words of an authority's name that say what kind it is, not which. */
const KIND =
  /\b(?:royal borough of|london borough of|metropolitan borough of|borough of|city of|county of|(?:metropolitan |county |city |borough |district |unitary )*(?:council|borough|district)|local authority|children'?s services|council)\b/g;
/** A name that ends so is a county or city without it as well: `Derby City`, `Bristol City of`. */
const ENDING = /\s+(?:city|county)(?:\s+of)?$/;

/** `London Borough of Hammersmith & Fulham` -> `hammersmith and fulham`: one key for one authority. */
export function authorityKey(name: string): string {
  const bare = fold(name)
    .replaceAll("&", " and ")
    .replace(/\bst\./g, "st");
  const short = bare.replace(KIND, " ").replace(/\s+/g, " ").trim().replace(ENDING, "");
  return short.replace(/^(?:the|of)\s+|\s+of$/g, "") || bare.trim();
}

const DIRECTIONS: readonly (readonly [RegExp, string])[] = [
  [/^north ?east\b/, "ne"],
  [/^north ?west\b/, "nw"],
  [/^south ?east\b/, "se"],
  [/^south ?west\b/, "sw"],
  [/^north\b/, "n"],
  [/^south\b/, "s"],
  [/^east\b/, "e"],
  [/^west\b/, "w"],
];

/** The ways in which people write an authority's name, in lower case; its key first. */
export function authorityNames(name: string): string[] {
  const key = authorityKey(name);
  if (key === "") return [];
  const names = new Set([key, ...(SHORT_FORMS[key] ?? [])]);
  for (const [part, forms] of Object.entries(SHORT_FORMS)) {
    if (key.endsWith(` ${part}`)) for (const form of forms) names.add(key.slice(0, -part.length) + form);
  }
  // "NE Lincs", "N Yorks".
  for (const name of names) {
    const short = DIRECTIONS.reduce((all, [long, letter]) => all.replace(long, letter), name);
    if (short !== name) names.add(short);
  }
  // "Stoke-on-Trent" is Stoke, "Richmond upon Thames" Richmond, "Blackburn with Darwen" Blackburn.
  const first = /^(.{3,}?)(?:[- ](?:on|upon)[- ]|,? (?:and|with) |, )/.exec(key)?.[1];
  if (first && !AUTHORITIES.includes(first)) names.add(first);
  if (key.includes(" and ")) names.add(key.replace(" and ", " & "));
  return [...names];
}

/** Every known way of writing an authority's name -> its key. */
type Names = ReadonlyMap<string, string>;

function namesOf(authorities: Iterable<string>, key: (authority: string) => string): Map<string, string> {
  const out = new Map<string, string>();
  for (const authority of authorities)
    for (const name of authorityNames(authority)) if (!out.has(name)) out.set(name, key(authority));
  return out;
}

const ENGLAND: Names = namesOf(AUTHORITIES, authorityKey);

/** The key of an authority however it is written: `East Riding` is the East Riding of Yorkshire. */
function keyOf(name: string): string {
  const key = authorityKey(name);
  return ENGLAND.get(key) ?? key;
}

/** An authority named in a question. */
export interface Place {
  readonly key: string;
  /** As written. */
  readonly name: string;
}

const names = new WeakMap<OpenIndex, Names>();
const patterns = new WeakMap<Names, RegExp>();

/** The authorities that a question names: England's, and those of the index's documents. */
export function placesNamed(question: string, index: OpenIndex): Place[] {
  let known = names.get(index);
  if (!known) {
    const own = [...index.documents.values()].flatMap(({ info }) => info.authority ?? []);
    names.set(index, (known = new Map([...ENGLAND, ...namesOf(own, keyOf)])));
  }
  return findPlaces(question, known);
}

function findPlaces(text: string, known: Names): Place[] {
  let pattern = patterns.get(known);
  if (!pattern) {
    // The longest name first: "North Lincolnshire" is not Lincolnshire.
    const all = [...known.keys()].toSorted((a, b) => b.length - a.length);
    const escaped = all.map((name) =>
      name
        .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        .replace(/[- ]/g, "[- ]")
        .replace(/^st\[/, "st\\.?["),
    );
    pattern = new RegExp(`(?<![\\p{L}\\d&-])(?:${escaped.join("|")})(?![\\p{L}\\d&]|-\\p{L})`, "giu");
    patterns.set(known, pattern);
  }
  const plain = text.normalize("NFC").replaceAll("’", "'");
  const out = new Map<string, Place>();
  for (const match of plain.matchAll(pattern)) {
    const written = match[0].toLowerCase().replace(/^st\./, "st");
    const key =
      known.get(written) ??
      known.get(written.replaceAll("-", " ")) ??
      known.get(written.replaceAll(" ", "-"));
    if (key === undefined || (ORDINARY.has(written) && !isPlace(plain, match.index, match[0]))) continue;
    if (!out.has(key)) out.set(key, { key, name: match[0] });
  }
  return [...out.values()];
}

/** Whether an ordinary word stands where only a place can: capitalised in a sentence, or in "… in reading?" */
function isPlace(text: string, at: number, word: string): boolean {
  const before = text.slice(0, at);
  const after = text.slice(at + word.length);
  if (/^(?:'s\b|(?:'s)?\s+(?:borough|council|city|local authority)\b)/i.test(after)) return true;
  if (/^\p{Lu}/u.test(word) && before.trim() !== "") return true;
  return /\b(?:in|at|for|from)\s+$/i.test(before) && /^\s*(?:[?.!,:;)]|$)/.test(after);
}

/** How a passage stands to the places that a question names. */
export interface PlaceMatch {
  /** 1: about one of them; -1: about none; between: its document names one. 0 where none is named. */
  readonly place: number;
  /** 1 where the documents hold one of them as their authority, and this is another's. */
  readonly elsewhere: number;
}

const named = new WeakMap<DocumentInfo, string>();

/** The key of a document's authority; empty where it names none. */
export function authorityOfDocument(info: DocumentInfo): string {
  let key = named.get(info);
  if (key === undefined) named.set(info, (key = info.authority ? keyOf(info.authority) : ""));
  return key;
}

/** Compares a passage with the places named. `indexed`: some document's authority is among them. */
export function placeMatch(
  places: readonly Place[],
  indexed: boolean,
  text: string,
  { info, text: whole }: { readonly info: DocumentInfo; readonly text: string },
): PlaceMatch {
  if (places.length === 0) return { place: 0, elsewhere: 0 };
  const own = authorityOfDocument(info);
  if (places.some(({ key }) => key === own)) return { place: 1, elsewhere: 0 };
  const names = (words: string) =>
    places.some(({ key, name }) => mentions(words, key) || mentions(words, name));
  if (names(text)) return { place: 1, elsewhere: indexed && own !== "" ? 1 : 0 };
  if (own === "" && names(whole)) return { place: 0.3, elsewhere: 0 };
  return { place: -1, elsewhere: indexed ? 1 : 0 };
}

function mentions(text: string, name: string): boolean {
  const at = text.toLowerCase().indexOf(name.toLowerCase());
  return at >= 0 && !/\p{L}/u.test(text[at + name.length] ?? "") && !/\p{L}/u.test(text[at - 1] ?? "");
}

/** Whether a document of the index is about one of the places. */
export function isIndexed(places: readonly Place[], index: OpenIndex): boolean {
  return (
    places.length > 0 &&
    [...index.documents.values()].some(({ info }) =>
      places.some(({ key }) => key === authorityOfDocument(info)),
    )
  );
}
