// Answerable questions -> the same ones with a place or year added: the right one, and they stay
// answerable, or another, and they are not. Nothing but the place or year tells the two apart.

import { datedAt } from "../documents/dates.ts";
import { AUTHORITIES } from "../retrieval/authorities.ts";
import { authorityNames } from "../retrieval/place.ts";
import type { Document, Passage } from "../types.ts";
import type { LabelledQuestion } from "./corpora.ts";
import type { Random } from "./random.ts";

/** Share of passages of which a question is asked again, for place and for year. */
const PLACES = 0.12;
const YEARS = 0.25;
const YEAR = /\b(?:20[012]\d)\b/g;

/** `how many …?` -> `how many … in bucks?` and the like. */
export function naming(question: string, name: string, random: Random): string {
  const bare = question.replace(/[?.!\s]+$/, "");
  return random.pick([
    `${bare} in ${name}?`,
    `${bare} at ${name}?`,
    `in ${name}, ${bare}?`,
    `${name}: ${bare}`,
    `${bare} (${name})`,
    `for ${name} - ${bare}?`,
  ]);
}

function dating(question: string, year: number, random: Random): string {
  const bare = question.replace(/[?.!\s]+$/, "");
  return random.pick([
    `${bare} in ${year}?`,
    `in ${year}, ${bare}?`,
    `${bare} back in ${year}?`,
    `${bare} (${year})`,
    `${year}: ${bare}`,
    `according to the ${year} report, ${bare}?`,
  ]);
}

/** The questions of one passage, asked again with a place or year: kinds `place`, `year`, `elsewhere`, `other year`. */
export function withPlaceOrYear(
  questions: readonly LabelledQuestion[],
  passage: Passage,
  { info }: Document,
  random: Random,
): LabelledQuestion[] {
  const asked = questions.filter(
    ({ text, answers, kind }) => answers.length > 0 && kind !== "oblique" && !/\d{2}/.test(text),
  );
  if (asked.length === 0) return [];
  const out: LabelledQuestion[] = [];
  const add = (kind: string, answers: readonly string[], change: (text: string) => string) =>
    out.push({ kind, answers, span: null, text: change(random.pick(asked).text) });
  const here = authorityNames(info.authority ?? "");
  if (here.length > 0 && random.next() < PLACES) {
    const other = random.pick(AUTHORITIES.filter((name) => !here.includes(name)));
    if (random.next() < 0.5)
      add("place", asked[0]!.answers, (text) => naming(text, random.pick(here), random));
    else if (!asked.some(({ text }) => here.some((name) => text.toLowerCase().includes(name))))
      add("elsewhere", [], (text) => naming(text, random.pick(authorityNames(other)), random));
  }
  const published = Number((datedAt(info) ?? "").slice(0, 4));
  const own = [...new Set(passage.text.match(YEAR) ?? [])].map(Number);
  if (published > 0 && random.next() < YEARS) {
    if (random.next() < 0.5)
      add("year", asked[0]!.answers, (text) => dating(text, random.pick([published, ...own]), random));
    else {
      const near = new Set([
        published,
        published - 1,
        ...own,
        ...own.map((year) => year - 1),
        ...own.map((year) => year + 1),
      ]);
      const others = Array.from({ length: 19 }, (_, i) => 2006 + i).filter((year) => !near.has(year));
      add("other year", [], (text) => dating(text, random.pick(others), random));
    }
  }
  return out;
}
