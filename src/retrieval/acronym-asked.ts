// A message -> the abbreviation that it wants spelled out: "what does MARU stand for?".

import { STOP_WORDS } from "../text/terms.ts";

export interface AcronymAsked {
  /** As it is written in the message. */
  readonly short: string;
  /** Whether nothing but what it stands for would do: not so for "what is the LADO?", nor for small letters, which may be any word. */
  readonly only: boolean;
}

const WHAT = "\\b[Ww]h?at(?:'s|s)? (?:(?:does|do|did|is|are) )?(?:an? |the )?";
/** At least two capitals: `MARU`, `IROs`, `DfE`, `A&E`. */
const CAPITALS = `["“]?((?=[A-Za-z&]*[A-Z][a-z]?[A-Z&])[A-Z][A-Za-z&]{1,7})["”]?`;
const STANDS_FOR = new RegExp(
  `${WHAT}["“]?([A-Za-z][A-Za-z&]{1,7})["”]? (?:actually |even )?(?:stands? for|short for|(?:an? |the )?(?:abbreviation|acronym) (?:for|of))`,
);
const SPELLED_OUT = [
  new RegExp(
    `\\b(?:[Ff]ull (?:form|name|version|title) of|[Ss]pell out|letters|initials|acronym|abbreviation) (?:an? |the )?${CAPITALS}`,
  ),
  new RegExp(`^${CAPITALS}:? (?:in full|full form|full name|abbreviation|acronym|stands for)\\b`),
];
const EXPLAINED = [
  new RegExp(`${WHAT}${CAPITALS}(?: mean)?(?=\\s*(?:[?!.,;]|$))`),
  new RegExp(`\\b(?:[Mm]eaning of|[Dd]efine) (?:an? |the )?${CAPITALS}`),
  new RegExp(`^${CAPITALS}:? meaning\\b`),
];

/** Finds it; null where no abbreviation is asked for. */
export function acronymAsked(message: string): AcronymAsked | null {
  // Phones write curly apostrophes.
  const text = message.replace(/[‘’]/g, "'");
  const stands = STANDS_FOR.exec(text)?.[1];
  if (stands !== undefined && !STOP_WORDS.has(stands.toLowerCase()))
    return { short: stands, only: /[A-Z].*[A-Z&]/.test(stands) };
  const first = (patterns: readonly RegExp[]) =>
    patterns.map((pattern) => pattern.exec(text)?.[1]).find((short) => short !== undefined);
  const spelled = first(SPELLED_OUT);
  if (spelled !== undefined) return { short: spelled, only: true };
  const explained = first(EXPLAINED);
  return explained === undefined ? null : { short: explained, only: false };
}
