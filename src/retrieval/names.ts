// A text -> the people and bodies that it names, told by capital letters and by lists of the words that
// are written with one and are nobody's name.

import { fold } from "../text/terms.ts";
import { SHORT_TITLES, WHOLE_TITLES } from "../text/titles.ts";
import type { Span } from "../types.ts";

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that have a capital because a sentence begins with them, or always: part of no name at all. */
const ORDINARY = setOf(`
  the a an in by at on of for from to with and or but if so as since this these those that when where while
  it its they their he his she her we our you your i my most some many all no not one two three four five
  however although there here other such older younger who what which why how after before during both each
  every any more also let do
  january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday`);

/** Words of posts: of no person's name, which may stand beside one. */
const POSTS = setOf(`
  executive strategic assistant deputy interim lead chief director head chair chairman chairwoman manager officer
  member leader commissioner minister secretary inspector independent reviewing hm majesty staff judgement grade`);

/** Words of bodies, services, streets and documents: what stands before them is no person's name either. */
const BODIES = setOf(`
  council county city borough district board committee department ministry cabinet government parliament
  children child young people adult family families service social care work worker education authority
  authorities trust partnership team unit group court school college university academy hospital centre street
  road agency inspection inspectorate act report annual local national health police office programme panel
  plan strategy review key stage safeguarding corporate parenting improvement ofsted staying put adoption
  fostering state practice project`);

/** Bodies of one word. */
const KNOWN = setOf("ofsted police government parliament cabinet");

/** A word as the lists hold it: folded, without what a verb or possessive leaves behind its apostrophe. */
function bare(word: string): string {
  return fold(word).replace(/(?:n't|'(?:s|re|ve|ll|m|d)?)$/, "");
}

const isIn = (list: ReadonlySet<string>, word: string): boolean =>
  list.has(word) || (word.endsWith("s") && list.has(word.slice(0, -1)));

/** Whether a word that is written with a capital is part of no person's name. */
export function namesNobody(word: string): boolean {
  const plain = bare(word);
  return ORDINARY.has(plain) || isIn(POSTS, plain) || isIn(BODIES, plain);
}

/** A post that somebody holds; a pattern's source, for folded text. */
export const POST =
  "(?:director|chair(?:man|woman|person)?|manager|leader|head|boss|minister|councillor|cllr|officer|inspector|lead member|commissioner|judge|chief exec(?:utive)?|dcs|head ?teacher)s?";

/** "who is the director of …?": who holds a post. A pattern's source, for folded text; the post ends it. */
export const WHO_HOLDS = `who(?:'s| is| was) (?:the|our|their|its) (?:[\\w'-]+ ){0,4}${POST}(?=$|[?.!]| (?:of|for|in|at)\\b)`;

/** What has a name and is nobody. A pattern's source, for folded text. */
const THING =
  "(?:(?:agenc|charit|compan|bod|authorit|polic|strateg)(?:y|ies)|(?:organi[sz]ation|department|council|service|team|board|partner|provider|group|programme|scheme|model|tool|website|site|film|framework|project|campaign|system|app|helpline|award|database|initiative|unit|forum)s?)";

/** "the name of the film", "what is the service called?": what a thing is called. A pattern's source, for folded text. */
export const NAME_OF_THING =
  `\\bnames? of (?:the |an? |their |our )?(?:(?!${POST}\\b)[\\w'-]+ ){0,4}?${THING}\\b(?!(?:'s)? (?:[\\w'-]+ ){0,2}${POST}\\b)` +
  `|\\bwhat(?:'s| is| was| are| were)\\b(?!.*\\b${POST}\\b).{0,60}\\b${THING}\\b.{0,40}\\b(?:called|named)(?=\\s*(?:$|[?.,!]))`;

const TITLE = new RegExp(`^(?:${SHORT_TITLES}|${WHOLE_TITLES})$`, "i");
/** Words with a capital that nothing but spaces parts; a point only behind an initial or a title. */
const CAPITALISED = `(?:(?:\\p{Lu}|${SHORT_TITLES})\\.|\\p{Lu}[\\p{L}’'-]*)`;
const RUN = new RegExp(`(?<![\\p{L}\\p{N}]['’-]?)${CAPITALISED}(?:[ \\u00a0]+${CAPITALISED})*`, "gu");
const WORD = /\p{L}[\p{L}’'-]*/gu;
/** Names of more words than this are headings. */
const LONGEST = 4;

/** The people that a text names: two to four words with capitals, or a title and one; in order. */
export function findPeople(text: string): Span[] {
  const out: Span[] = [];
  for (const run of text.matchAll(RUN)) {
    let title: number | null = null;
    let words: Span[] = [];
    const close = (isName: boolean) => {
      const [first, last] = [words[0], words.at(-1)];
      if (isName && first && last && words.length <= LONGEST && (title !== null || words.length > 1))
        out.push({ start: title ?? first.start, end: last.end });
      title = null;
      words = [];
    };
    for (const { 0: word, index } of run[0].matchAll(WORD)) {
      const start = run.index + index;
      const span = { start, end: start + withoutPossessive(word).length };
      if (TITLE.test(word)) {
        close(true);
        title = start;
      } else if (title !== null && words.length === 0) words.push(span); // "Mrs May"
      else if (namesNobody(word)) close(!isIn(BODIES, bare(word)));
      else words.push(span);
    }
    close(true);
  }
  return out;
}

function withoutPossessive(name: string): string {
  return name.replace(/['’]s?$/, "");
}

const BODY =
  /(?<![\p{L}\p{N}]['’-]?)(?:\p{Lu}[\p{L}’'&-]*\p{L}|\p{Lu}{2,})(?:\s+(?:(?:of|for|and|the|in)\s+)?(?:\p{Lu}[\p{L}’'&-]+|\p{Lu}{2,}))*(?:\s+\(\p{Lu}{2,}\))?/gu;
/** A few words in quotation marks: 'tell us', “Beat Bullying”. */
const QUOTED =
  /(?<=(?<![\p{L}\p{N}])['‘“"])[\p{L}\p{N}][^'‘’“”".!?\s]*(?: [^'‘’“”".!?\s]+){0,4}(?<!,)(?=['’”"](?!\p{L}))/gu;
const BEFORE_NAME = new RegExp(`\\b(?:${THING}|called|named),?\\s+['‘“"]$`, "i");
const BEHIND_NAME = new RegExp(`^['’”"]\\s+${THING}\\b`, "i");
const LEADING = /^(\p{L}[\p{L}’'&-]*)(?:\s+|$)/u;

/** The bodies, or whatever else has a name, that a sentence names; in order. */
export function findOrganisations(sentence: string): Span[] {
  const quoted = findQuoted(sentence);
  const out = [...quoted];
  const begin = sentence.search(/\p{L}/u);
  for (const { 0: found, index } of sentence.matchAll(BODY)) {
    let from = 0;
    for (;;) {
      const lead = LEADING.exec(found.slice(from));
      if (!lead || !ORDINARY.has(bare(lead[1]!))) break;
      from += lead[0].length;
    }
    const span = { start: index + from, end: index + withoutPossessive(found).length };
    const word = bare(found.slice(from));
    // A word that begins a sentence has its capital from that, but a body that is known by one word.
    const isWord = span.start === begin && !KNOWN.has(word) && namesNobody(word);
    if (span.start < span.end && !isWord && !quoted.some((other) => isWithin(span, other))) out.push(span);
  }
  return out.toSorted((a, b) => a.start - b.start);
}

/** Names in quotation marks: with a capital, or beside what they are the name of; not 'good', nor what somebody says. */
function findQuoted(sentence: string): Span[] {
  return [...sentence.matchAll(QUOTED)].flatMap(({ 0: name, index }) => {
    const span = { start: index, end: index + name.length };
    const beside = () =>
      BEFORE_NAME.test(sentence.slice(Math.max(0, span.start - 40), span.start)) ||
      BEHIND_NAME.test(sentence.slice(span.end, span.end + 40));
    const isTitled = /^\p{Lu}/u.test(name) && !ORDINARY.has(bare(name.split(" ")[0]!));
    return isTitled || beside() ? [span] : [];
  });
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
