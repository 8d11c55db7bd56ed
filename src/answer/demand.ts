// What a question cannot do without (a count, a share, a sum, a length of time, how often, somebody's name),
// and whether a text offers anything of the kind. Demands are read narrowly, offers generously: only where a
// text offers nothing at all can it not answer, whatever else it says.

import { findPeople, namesNobody, POST, WHO_HOLDS } from "../retrieval/names.ts";
import { fold } from "../text/terms.ts";

interface Demand {
  readonly asks: RegExp;
  readonly offers: (text: string, asked: string) => boolean;
  /** What is missing, as people are told. */
  readonly missing: string;
}

/** The question begins with it: not "do they know how many", not "what share are parents, and how …". */
const OPENING =
  "^(?:(?:so|and|but|ok|okay|hi|hello|please|sorry|exactly|roughly|about|in total|altogether)[\\s,-]+)*(?:(?:in|by|at|on|for|to|of|from|since|after|before|during|with) [^,?]{1,40}, )?(?:(?:in|by|for|to|of|from|with|after|within) )?";
/** Nothing else is asked in the same breath. */
const ALONE = "(?!.*\\b(?:and|or) (?:how|what|who|why|when|where|is|are|do|does|did)\\b)";
const UNITS = "(?:working |school )?(?:minutes|hours|days|weeks|months|years|terms)";
/** "The head of safeguarding is also the designated officer", "led by the deputy mayor". */
const HOLDS_POST = new RegExp(
  `\\b(?:(?:is|was|are|were|be|been|as|became|becomes?|appointed|named) (?:also |now |both |jointly )?(?:(?:the|a|an|its|their|our|his|her) )?|by (?:the|a|an|its|their) )(?:[\\w’'-]+ ){0,4}${POST}\\b`,
  "i",
);
/** Words that say how many without a figure. */
const QUANTITY =
  /\b(?:no|none|nobody|never|few|fewer|several|some|many|most|mostly|majority|minority|thirds?|quarters?|fifths?|tenths?|per ?cent|all|both|any|every|each|single|sole|only|alone|once|twice|first|second|(?:four|six|seven|eigh|nin)ths?|numbers?|proportion|half|couple|pair|trio|handful|dozens?|hundreds?|thousands?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:four|fif|six|seven|eigh|nine|thir)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b/i;
const TIME =
  /\b(?:19|20)\d\d\b|\b\d+[- ]?(?:hrs?|mins?|secs?|yrs?)\b|\b24\/7\b|\b(?:immediate\w*|same[- ]day|overnight|long\w*|short\w*|quick\w*|prompt\w*|swift\w*|rapid\w*|fast|slow\w*|soon\w*|delay\w*|drift\w*|tim(?:e|es|ely|eliness|escales?)|schedule\w*|since|until|throughout|permanent\w*|minutes?|hours?|days?|(?:fort)?nights?|weeks?|\w*months?|years?|\w*yearly|terms?|decades?|lifelong|age|mornings?|afternoons?|evenings?|pages?|lines?)\b/i;
const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
const OFTEN =
  /\d|\b(?:often|regular\w*|frequen\w*|infrequen\w*|rare\w*|seldom|always|never|sometimes|usual\w*|normal\w*|general\w*|typical\w*|most\w*|per|occasion\w*|routine\w*|periodic\w*|consistent\w*|persist\w*|continu\w*|ongoing|repeat\w*|consecutive|daily|days?|week\w*|fortnight\w*|month\w*|quarter\w*|annual\w*|year\w*|term\w*|once|twice|times?|tim(?:ely|escales?)|schedul\w*|every|each|again|needs?|require\w*|line|few|not|first|second|third|fourth|two|three|four|five|six|seven|eight|nine|ten|twelve)\b/i;

/** From one hour, day or age to another, or a length that is no time. */
const LENGTH = new RegExp(
  `\\b\\d{1,2}(?:st|nd|rd|th)? (?:${MONTHS})\\b|\\b(?:${MONTHS}) \\d|\\d\\s?(?:am|pm|wks?|km|m)\\b|\\d[:.]\\d\\d\\b|\\b(?:to|till) (?:age |the age of )?\\d|\\b(?:metres?|miles?|words?)\\b`,
);
const WHEN = new RegExp(
  `\\d|${TIME.source}|\\b(?:${MONTHS}|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|recent\\w*|after|before|during|once|when\\w*|following|previous\\w*|first|last|next|now|currently|already|early|late\\w*|start|end|then|never|always|yet|as|if|unless|where|on|at|by|every|each)\\b`,
  "i",
);

const DEMANDS: readonly Demand[] = [
  {
    asks: new RegExp(
      `${OPENING}(?:when (?:was|is|are|were|did|does|do|will|has|have)\\b|(?:what|which) (?:date|day|month|year)s?\\b)${ALONE}`,
    ),
    offers: (text) => WHEN.test(text),
    missing: "says when",
  },
  {
    asks: new RegExp(`${OPENING}(?:how (?:often|regularly|frequently)|how many times)\\b${ALONE}`),
    offers: (text) => OFTEN.test(text),
    missing: "says how often",
  },
  {
    asks: new RegExp(
      `${OPENING}how long\\b(?! (?:ago|(?:is|are|was|were) (?:the|their|its) (?:[\\w-]+ )?(?:lists?|queues?|backlog)))${ALONE}`,
    ),
    offers: (text) => TIME.test(text) || LENGTH.test(text),
    missing: "says how long",
  },
  {
    asks: new RegExp(`${OPENING}how many ${UNITS}\\b${ALONE}`),
    offers: (text) => TIME.test(text) || /\d/.test(text),
    missing: "says how long",
  },
  {
    asks: new RegExp(`${OPENING}how many\\b${ALONE}`),
    offers: (text, asked) => hasNewFigure(text, asked) || QUANTITY.test(text),
    missing: "says how many",
  },
  {
    asks: new RegExp(
      `${OPENING}(?:what|which) (?:percentage|proportion|share|fraction|per ?cent|%)(?= )${ALONE}`,
    ),
    offers: (text, asked) => hasNewFigure(text, asked) || QUANTITY.test(text),
    missing: "gives a share",
  },
  {
    asks: new RegExp(
      `${OPENING}(?:how much (?:money|cash|funding)\\b|how much (?:did|does|do|will|would|has|have) .{1,60}\\b(?:cost|spen[dt]|pay|paid|earn)\\b|what did .{1,60} cost$)`,
    ),
    offers: (text) =>
      /[£$€\d]|\b(?:free|nothing|pounds?|pence|quid|[mb]illions?|thousands?|hundreds?|funding|sum|budget\w*)\b/i.test(
        text,
      ),
    missing: "names a sum",
  },
  {
    asks: new RegExp(
      `\\bnames? of (?:the|our|their|its|a|an) (?:(?!that|which|who|by|for|of)[\\w'-]+ ){0,5}${POST}(?=$| (?:of|for|in|at)\\b(?!.*\\bwhen\\b))|\\b${POST}'?s'? name(?=$|,)|^(?:so |and )?what(?:'s| is) the (?:[\\w'-]+ ){0,3}${POST} (?:called|named)$`,
    ),
    offers: namesSomebody,
    missing: "names anybody",
  },
  {
    asks: new RegExp(`${OPENING}${WHO_HOLDS}${ALONE}`),
    // Who holds one post may be told by another: "the head of safeguarding is the designated officer".
    offers: (text, asked) => namesSomebody(text, asked) || HOLDS_POST.test(text),
    missing: "names anybody",
  },
];

/** What the question demands and none of the texts offers, as the end of "Nothing … "; null where it demands nothing or gets it. */
export function unmetDemand(question: string, texts: readonly string[]): string | null {
  const asked = fold(question.replace(/[‘’]/g, "'"))
    .trim()
    .replace(/[\s?.!]+$/, "");
  const demand = DEMANDS.find(({ asks }) => asks.test(asked));
  if (!demand || texts.some((text) => demand.offers(text, asked))) return null;
  return demand.missing;
}

/** Whether a figure stands in a text that the question doesn't hold, or holds less often. */
function hasNewFigure(text: string, asked: string): boolean {
  const figures = (words: string): string[] => words.match(/\d+(?:[.,]\d+)*/g) ?? [];
  // Years and lengths of time in the question are no counts.
  const left = figures(
    asked.replace(/\b(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\b|\b\d+ (?:day|week|month|year)s?\b/g, ""),
  );
  const own = figures(text);
  return own.some((figure) => {
    const at = left.indexOf(figure);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** A name before a comma, an initial with a name, two words with capitals: more than `findPeople` is sure of. */
const LIKE_NAMES =
  /(?<=[\s(,\t])\p{Lu}[\p{L}'’-]+(?=,)|\p{Lu}\.? \p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+ \p{Lu}[\p{L}'’-]+/gu;

/** Whether a text may name a person whom the question doesn't. */
function namesSomebody(text: string, asked: string): boolean {
  const known = ` ${asked.replace(/[^\p{L}' ]+/gu, " ")} `;
  const isKnown = (name: string) =>
    fold(name)
      .split(/\s+/)
      .every((word) => known.includes(` ${word} `));
  if (findPeople(text).some(({ start, end }) => !isKnown(text.slice(start, end)))) return true;
  return (text.match(LIKE_NAMES) ?? []).some((pair) => {
    const words = fold(pair).split(/\s+/);
    return !words.every((word) => known.includes(` ${word} `) || namesNobody(word));
  });
}
