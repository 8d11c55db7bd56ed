// A question -> what it asks for: the kind of answer (a number, a person, a date, …), the years and
// places it names, whether it wants a list or the newest document. By rules over its words; what they
// are worth is learned by the ranker.

import { fold, STOP_WORDS, type Term, terms } from "../text/terms.ts";
import { monthNumber } from "../documents/dates.ts";
import { type AcronymAsked, acronymAsked } from "./acronym-asked.ts";
import { NAME_OF_THING, WHO_HOLDS } from "./names.ts";

/** What an answer must hold. A question may want several, or none in particular. */
export const WANTS = [
  "number",
  "percent",
  "money",
  "duration",
  "frequency",
  "person",
  "date",
  "grade",
  "reason",
  "list",
  "yesno",
  "organisation",
  "place",
] as const;
export type Want = (typeof WANTS)[number];

export interface ParsedQuestion {
  readonly text: string;
  readonly terms: readonly Term[];
  readonly wants: ReadonlySet<Want>;
  /** Years asked for, ascending: "2013-14" names both. */
  readonly years: readonly number[];
  /** Years named to be left out: "not the 2014 one". */
  readonly notYears: readonly number[];
  /** Later than this year: 2019 for "after the 2019 one", 2014 for "since 2015". */
  readonly after: number | null;
  /** Earlier than this year: 2014 for "before 2014", 2013 for "until 2012". */
  readonly before: number | null;
  /** The stem of what is counted, named or asked about: "how many *ipads*", "who *chairs*". */
  readonly focus: string | null;
  /** Months named, 1 to 12. */
  readonly months: readonly number[];
  /** Numbers named that are no years or days of a date, in `numberForm`. */
  readonly figures: readonly string[];
  /** "the newest report", "now", "latest". */
  readonly newest: boolean;
  /** "nationally", "in England", "other councils". */
  readonly national: boolean;
  /** The abbreviation that is to be spelled out: "what does *MARU* stand for?". */
  readonly acronym: AcronymAsked | null;
}

const PATTERNS: Readonly<Record<Want, RegExp>> = {
  percent: /\b(?:what|which)?\s*(?:percent(?:age)?|per\s?cent|proportion|share|rate|fraction)\b|%/,
  money:
    /[£]|\bhow much (?:money|cash|funding|budget)\b|\bhow much\b.*\b(?:costs?|spen[dt]|paid|pay|put|invest(?:ed)?|given?|gave|worth|save[ds]?)\b|\b(?:costs?|budgets?|pounds|price|salary|quid)\b|(?<!\btime\b.{0,30})\bspen(?:d|ding|t)\b(?!.{0,20}\btime\b)/,
  duration:
    /\bhow long\b(?! ago)|\bhow many (?:working |school )?(?:minutes|hours|days|weeks|months|years)\b|\bwaiting times?\b|\bhow (?:quick|quickly|soon|fast)\b/,
  frequency: /\bhow (?:often|frequent(?:ly)?|regular(?:ly)?)\b/,
  number:
    /\bhow\s+(?:many|much|big|large|long|often|old|far|few|high|low)\b|\b(?:number|figure|figures|total|headcount|count|amount|size|stat|stats|statistic|average|numbers|nos?)\b|\bwhat(?:'s| is| was)? the rate\b/,
  person:
    /\bwho(?:'s|se|m)?\b|\bname of\b|\bwhich (?:person|councillor|director|inspector|minister|boss|chair\w*|officer|manager|member|lead)\b|\bwhat(?:'s| is| was) .{0,30}\bname\b|\bnamed?\b/,
  date: /\bwhen\b|\bwhat (?:date|day|month|year)\b|\bwhich (?:date|day|month|year)\b|\bhow long ago\b|\bsince when\b|\bdates?\b/,
  grade:
    /\b(?:grade[ds]?|gradewise|rated|ratings?|judge?ments?|judged|verdict|score[ds]?|marks?|outcome|any good|result|strand)\b|\bc[oa]me out as\b|\bwhat did .{3,60} get\b|\bhow did .{3,60} do\b|\bhow (?:well|good|bad) (?:is|are|was|were)\b/,
  reason:
    /\bwhy\b|\bhow come\b|\breasons?\b|\bwhat (?:caused|prompted|led|drove|made|explains?|triggered)\b|\bcauses?\b|\bbecause\b|\bwhat(?:'s| is| was) behind\b/,
  list: /\b(?:(?<!\b(?:on|in|from|off) (?:the|a|that|this) )list|name all|all the|what are|who are|which (?:other |local |of the )*(?:things|areas|councils|services|authorities|agencies|groups)|what (?:other )?(?:two|three|four|five|six|seven|things|areas|steps|kinds|types|sorts)|everything|examples)\b/,
  yesno:
    /^(?:so |and |but |ok |well )*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|any|isn't|aren't|don't|doesn't|didn't)\b/,
  organisation: new RegExp(
    `\\b(?:which|what) (?:\\w+ )?(?:agency|organi[sz]ation|charity|body|company|department|council|authority|service|team|board|partner|provider|group|programme|scheme|model|tool|website|site|film)s?\\b|\\bwho\\b|${NAME_OF_THING}`,
  ),
  place: /\bwhere\b|\b(?:which|what) (?:area|place|town|county|borough|city|district|region)s?\b/,
};

const THING_CALLED = new RegExp(NAME_OF_THING);
const HOLDER = new RegExp(`\\b(?:${WHO_HOLDS}|who (?:chair|head)(?:s|ed)\\b)`);
const NEWEST =
  /\b(?:newest|latest|most recent|newer|nowadays|now|current(?:ly)?|today|these days|at the moment|last inspection|recent(?:ly)?)\b/;
const NATIONAL =
  /\b(?:nationally|nationwide|england|country|countrywide|elsewhere|other (?:councils|authorities|areas|places)|neighbours?|national (?:average|figures?|rates?|levels?|picture|norm|numbers?|stat\w*|trend|comparison|one|benchmark)|(?:(?:above|below|than|with|against|to) (?:the )?|the )average(?! (?:number|length|age|size|time|caseload|score)))\b/;
const YEAR = /\b((?:19|20)\d\d)(?:\s?[-–/]\s?((?:19|20)?\d\d))?\b/g;

const MONTH_OR_KIND =
  "(?:(?:the|in|of|about|a|march|january|june|may|april|july|august|september|october|november|december|february|spring|summer|autumn|winter)\\s+)*";
const NOT = new RegExp(
  `\\b(?:not|rather than|instead of|apart from|other than|except|excluding)\\s+${MONTH_OR_KIND}$`,
);
const AFTER = new RegExp(
  // Children are "looked after in 2014".
  `(?<!\\blooked[\\s-])\\b(?:after|since|later than|follow(?:ed|ing|s)|post|newer than|replaced|superseded)[\\s-]+${MONTH_OR_KIND}$`,
);
const BEFORE = new RegExp(
  `\\b(?:before|prior to|earlier than|preced(?:ed|ing|es)|pre|older than|until|up to)[\\s-]+${MONTH_OR_KIND}$`,
);

/** Reads a question. */
export function parseQuestion(text: string): ParsedQuestion {
  const folded = fold(text);
  const wants = new Set<Want>(WANTS.filter((want) => PATTERNS[want].test(folded)));
  // A post is held by a person, whatever bodies are named beside it.
  if (HOLDER.test(folded)) wants.delete("organisation");
  if (THING_CALLED.test(folded) && !/\bwho\b/.test(folded)) wants.delete("person");
  const years = new Set<number>();
  const notYears = new Set<number>();
  let after: number | null = null;
  let before: number | null = null;
  for (const match of folded.matchAll(YEAR)) {
    const year = Number(match[1]);
    const lead = folded.slice(Math.max(0, match.index - 40), match.index);
    if (NOT.test(lead)) {
      notYears.add(year);
      continue;
    }
    if (AFTER.test(lead)) {
      after = Math.max(after ?? 0, /\bsince\b/.test(lead.slice(-12)) ? year - 1 : year);
      continue;
    }
    if (BEFORE.test(lead)) {
      before = Math.min(before ?? 9999, /\b(?:until|up to)\b/.test(lead.slice(-12)) ? year + 1 : year);
      continue;
    }
    years.add(year);
    const end = match[2] ?? "";
    if (end.length === 4) years.add(Number(end));
    else if (end !== "" && Number(end) === (year + 1) % 100) years.add(year + 1);
  }
  const found = terms(text);
  const months = new Set<number>();
  const figures: string[] = [];
  for (const [i, term] of found.entries()) {
    if (!term.isNumber) {
      // "may" and "march" are months only beside a number or behind in, by, since, …
      const month = monthNumber(term.word);
      const before = found[i - 1]?.word ?? "";
      const after = found[i + 1];
      const sure = !/^(?:may|mar|march|jan|dec|sep|oct|apr)$/.test(term.word);
      if (
        month > 0 &&
        (sure || after?.isNumber || /^(?:in|by|since|of|until|end|from|during|\d+)$/.test(before))
      )
        months.add(month);
    } else if (!/^(?:19|20)\d\d$/.test(term.stem) && !isDay(found, i)) figures.push(term.stem);
  }
  return {
    text,
    terms: found,
    wants,
    years: [...years].toSorted((a, b) => a - b),
    notYears: [...notYears],
    focus: focusOf(folded, found),
    after,
    before,
    months: [...months].toSorted((a, b) => a - b),
    figures,
    newest: NEWEST.test(folded),
    national: NATIONAL.test(folded),
    acronym: acronymAsked(text),
  };
}

const ASKS =
  /\b(?:how (?:many|much|often|long|big|large|old|far|few|well|good)|what (?:percentage|proportion|share|number|rate|fraction|%|percent|per cent|kind|sort|type)(?: of)?|% of|which|what|who|whose|where|when|why)\b/;

/** The first content word behind the asking words. */
function focusOf(folded: string, found: readonly Term[]): string | null {
  const asks = ASKS.exec(folded);
  if (!asks) return null;
  const from = asks.index + asks[0].length;
  return (
    found.find((term) => term.start >= from && !term.isNumber && !STOP_WORDS.has(term.word))?.stem ?? null
  );
}

/** A number beside a month's name is a day; the end of a range belongs to its beginning. */
function isDay(found: readonly Term[], i: number): boolean {
  const value = Number(found[i]!.stem);
  const term = found[i]!;
  const previous = found[i - 1];
  // The second half of a range: "2013-14", "4-15 march".
  if (previous?.isNumber && term.start - previous.end === 1) return true;
  const beside = [found[i - 1], found[i + 1]].some(
    (term) => term && !term.isNumber && monthNumber(term.word) > 0,
  );
  return beside && value >= 1 && value <= 31;
}
