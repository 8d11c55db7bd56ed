// A message and the conversation before it -> a question that stands alone, and how much the passages
// quoted last count. By rules: what a follow-up leaves out is taken from the question before, and
// words of the same kind (a year, a month) are exchanged. Nothing is generated; the words are the
// people's own.

import { monthNumber } from "../documents/dates.ts";
import type { Turn } from "../types.ts";
import { fold, MEASURE_WORDS, STOP_WORDS, terms } from "../text/terms.ts";

export interface Understood {
  /** To be searched for: the message, with what it leaves out. */
  readonly text: string;
  /** The message alone: which sentence and words answer is decided by it. */
  readonly focus: string;
  /** Whether the message leans on the turn before. */
  readonly followUp: boolean;
  /** Whether its words say so; else it is only short, and may as well stand alone. */
  readonly sure: boolean;
  /** "Which paragraph is that in?": the last quotation itself is asked for. */
  readonly again: boolean;
  /** Ids of the passages quoted last, best first; empty where the message stands alone. */
  readonly before: readonly string[];
  /** Whether it may be about these very passages. */
  readonly leans: boolean;
  /**
   * What a passage's score for the message alone counts beside its score for `text`, 0 to 1: the more the
   * message names itself, the less of what was asked before it is still asked.
   */
  readonly own: number;
}

const OPENING =
  /^(?:(?:ok(?:ay)?|right|so|well|great|thanks|cheers|hmm?|oh|ah|yes|yeah)[\s,.!]+)*(?:and|but|what about|how about|what of|same for|or|also|then|plus|more on|any more|tell me more|go on|why|why not|how come|how so|who|when|where|since when|by how much|how many|how much|which ones?|is that|was that|is it|was it|are they|were they|did that|did it|did they|does that|has that|has it|have they|do they|what else|anything else|who else|like what|such as|for example|compared|versus|vs)\b/;
const STRONG =
  /^(?:(?:ok(?:ay)?|right|so|well|great|thanks|cheers|hmm?|oh|ah|yes|yeah)[\s,.!]+)*(?:and|but|or|what about|how about|what of|same for|ok and)\b/;
const POINTS_BACK =
  /\b(?:it|its|they|them|their|theirs|that|those|these|this|he|she|his|her|hers|him|there|then|one|ones|same|such|former|latter|the other|others|previous|earlier|before|the year before|a year (?:before|earlier|later)|(?:two|three) years (?:before|earlier|later)|since)\b/;
/** Words that stand for what was spoken of. */
const PRONOUN =
  /\b(?:it|its|they|them|theirs?|that|those|these|this|he|she|his|hers?|him|there|then|ones?|same|such|others?)\b/;
/** Words of time, measure, comparison and asking: a message of nothing else names nothing itself. */
const NAMES_NOTHING = new Set([
  ...MEASURE_WORDS,
  ...`year years month months before after ago earlier later last next previous prior preceding following one two three
  four five nationally national england average compared who said why when since
  come happen happens happened happening done mean means meant back reason reasons example now today current currently
  recent recently moment nowadays else exactly precisely roughly long often old week weeks day days quarter way local
  locally elsewhere`.split(/\s+/),
]);
/** "Are there any …?", "does it say …?": these stand for nothing that was spoken of. */
const NO_PRONOUN =
  /\b(?:is|are|was|were) there\b|\bthere (?:is|are|was|were)\b|\b(?:does|do|did) (?:it|they|that) (?:say|mention)\b/g;
/**
 * What a message counts by itself: that names one thing and points back ("are they trained?"), that names more
 * and points back, and that names something without pointing back ("what about care leavers?"). Chosen, with
 * the passages quoted last counting for the first kind only, on follow-ups to other authorities' reports
 * (test/questions/follow-ups.jsonl).
 */
const OWN = { one: 0.3, more: 0.4, new: 0.5 };
/** "Which paragraph is that in?" holds no content but these words. */
const ABOUT_SOURCE = new Set(
  "paragraph para page section document doc docs source report article citation reference link whereabouts come stand written quote quoted find found number line exactly precisely".split(
    " ",
  ),
);
/** "Who said that?": the last quotation's source, or its speaker, stands with it. */
const WHO_SAID =
  /^(?:and |so |ok )*who (?:said|says|wrote|reported|claims?|claimed) (?:that|this|it|so)[\s?.!]*$/;
const YEAR = /\b(?:19|20)\d\d\b/g;
const MONTH =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/gi;

/** A message this long (content words) with nothing that points back stands alone. */
const ALONE = 4;

/** Makes a message stand alone. */
export function understand(message: string, history: readonly Turn[]): Understood {
  // Small talk between two questions is not what the second one leans on.
  const last = history.findLast((turn) => turn.understood !== "");
  const alone: Understood = {
    text: message,
    focus: message,
    followUp: false,
    sure: true,
    again: false,
    before: [],
    leans: false,
    own: 0,
  };
  if (!last) return alone;
  const folded = fold(message).trim();
  const content = terms(message).filter((term) => term.isNumber || !STOP_WORDS.has(term.word));
  const source =
    WHO_SAID.test(folded) ||
    (content.every((term) => ABOUT_SOURCE.has(term.word)) &&
      (content.length > 0 || /\bwhere\b/.test(folded)));
  if (source) {
    return {
      text: last.understood,
      focus: last.understood,
      followUp: true,
      sure: true,
      again: last.passages.length > 0,
      before: last.passages,
      leans: true,
      own: 0,
    };
  }
  const names = content.filter(
    (term) => !term.isNumber && !NAMES_NOTHING.has(term.word) && monthNumber(term.word) === 0,
  ).length;
  const pointsBack = POINTS_BACK.test(folded) && content.length <= ALONE + 1;
  const sure = STRONG.test(folded) || pointsBack || names === 0;
  const short = content.length < ALONE || (OPENING.test(folded) && content.length <= ALONE);
  if (!sure && !short) return alone;
  const pronoun = PRONOUN.test(folded.replace(NO_PRONOUN, " "));
  return {
    text: merge(message, last),
    focus: message,
    followUp: true,
    sure,
    again: false,
    before: last.passages,
    leans: names === 0 || (names === 1 && pronoun),
    own: names === 0 ? 0 : pronoun ? (names === 1 ? OWN.one : OWN.more) : OWN.new,
  };
}

/** Stands between a question and what was asked after it. */
const LINK = " – ";

/** The last question with the message's words in place of their like. */
function merge(message: string, last: Turn): string {
  const years = message.match(YEAR) ?? [];
  const shift = yearShift(message);
  // Of a long conversation its first question and the last follow-up say enough.
  const parts = last.understood.split(LINK);
  let base = parts.length > 2 ? `${parts[0]}${LINK}${parts.at(-1)}` : last.understood;
  const baseYear = Number(base.match(YEAR)?.at(-1) ?? Number.NaN);
  let own = message.trim();
  if (shift !== 0 && Number.isFinite(baseYear)) {
    base = base
      .replace(YEAR, (year) => String(Number(year) + shift))
      .replace(
        /\b((?:19|20)\d\d)([-–/])(\d\d)\b/,
        (_, year: string, dash: string, end: string) =>
          `${year}${dash}${String(Number(end) + shift).padStart(2, "0")}`,
      );
  } else if (years.length > 0) {
    base = base.replace(YEAR, "");
    if (message.search(MONTH) >= 0) base = base.replace(MONTH, "");
  }
  own = own.replace(/^(?:ok(?:ay)?|right|so|well)[\s,]+/i, "");
  return `${base.replace(/[?\s]+$/, "").replace(/\s+/g, " ")}${LINK}${own}`;
}

/** Years that the message goes back (negative) or forward: "the year before" is -1. */
function yearShift(message: string): number {
  const folded = fold(message);
  const words: Record<string, number> = {
    a: 1,
    the: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    "1": 1,
    "2": 2,
    "3": 3,
  };
  const match =
    /\b(a|the|one|two|three|four|five|\d) years? (before|earlier|previous(?:ly)?|ago|later|after)\b/.exec(
      folded,
    );
  if (match) return (words[match[1]!] ?? Number(match[1])) * (/later|after/.test(match[2]!) ? 1 : -1);
  if (/\b(?:previous|last|prior|preceding) year\b/.test(folded)) return -1;
  if (/\b(?:next|following) year\b/.test(folded)) return 1;
  return 0;
}
