// A text -> the people and bodies that it names, told by capital letters and by lists of the words that
// are written with one and are nobody's name.

import { fold } from "../text/terms.ts";
import type { Span } from "../types.ts";

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that have a capital because a sentence begins with them, or always: part of no name at all. */
const ORDINARY = setOf(`
  the a an in by at on of for from to with and or but if so as since this these those that when where while
  it its they their he his she her we our you your i my most some many all no not one two three four five
  however although there here other such older younger who what which why how after before during both each every any more also
  january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday`);

/** Words of posts, bodies, services and documents: of a body's name, but of no person's. */
const OFFICIAL = setOf(`
  council county city borough district board committee department ministry cabinet government parliament
  children children's child young people adult adults adults' family families service services social care
  work worker workers education authority trust partnership team unit group court school college university
  academy hospital centre street road agency inspection inspections inspector inspectors inspectorate
  inspector's act report annual local national health police office programme panel plan strategy review key
  stage safeguarding corporate parenting improvement ofsted staying put adoption fostering
  executive strategic assistant deputy interim lead chief director director's head chair chairman chairwoman
  manager officer member members leader commissioner minister secretary state majesty's hm independent
  reviewing`);

/** Whether a word that is written with a capital is part of no person's name. */
export function namesNobody(word: string): boolean {
  const folded = fold(word);
  return ORDINARY.has(folded) || OFFICIAL.has(folded);
}

/** A post that somebody holds; a pattern's source, for folded text. */
export const POST =
  "(?:director|chair(?:man|woman|person)?|manager|leader|head|boss|minister|councillor|cllr|officer|inspector|lead member|commissioner|judge|chief exec(?:utive)?|dcs|head ?teacher)s?";

/** "who is the director of …?": who holds a post. A pattern's source, for folded text; the post ends it. */
export const WHO_HOLDS = `who(?:'s| is| was) (?:the|our|their|its) (?:[\\w'-]+ ){0,4}${POST}(?=$|[?.!]| (?:of|for|in|at)\\b)`;

/** What has a name and is nobody. A pattern's source, for folded text. */
export const THING =
  "(?:agency|organi[sz]ation|charity|body|company|department|council|authority|service|team|board|partner|provider|group|programme|scheme|model|tool|website|site|film|framework|project|campaign|policy|system|app|helpline|strategy|award|database|panel|initiative|course|unit|forum)s?";

/** "the name of the film", "the service called": what a thing is called. A pattern's source, for folded text. */
export const NAME_OF_THING = `\\bnames? of (?:the |an? |their |our )?(?:[\\w'-]+ ){0,4}?${THING}\\b|\\b${THING}\\b.{0,40}\\b(?:called|named)\\b`;

const TITLE = /^(?:sir|dame|dr|mrs?|ms|miss|cllr|councillor|lord|lady|baroness|professor|prof)$/;
/** Words with a capital that nothing but white space parts. */
const RUN = /(?<![\p{L}\p{N}’'-])\p{Lu}[\p{L}’'-]*\.?(?:\s+\p{Lu}[\p{L}’'-]*\.?)*/gu;
const WORD = /\p{L}[\p{L}’'-]*/gu;
/** Names of more words than this are headings. */
const LONGEST = 4;

/** The people that a text names: two to four words with capitals, or a title and one; in order. */
export function findPeople(text: string): Span[] {
  const out: Span[] = [];
  for (const run of text.matchAll(RUN)) {
    let title: number | null = null;
    let words: Span[] = [];
    const close = () => {
      const [first, last] = [words[0], words.at(-1)];
      if (first && last && words.length <= LONGEST && (title !== null || words.length > 1))
        out.push({ start: title ?? first.start, end: last.end });
      title = null;
      words = [];
    };
    for (const { 0: word, index } of run[0].matchAll(WORD)) {
      const start = run.index + index;
      const isTitle = TITLE.test(fold(word));
      if (isTitle || namesNobody(word)) close();
      if (isTitle) title = start;
      else if (!namesNobody(word)) words.push({ start, end: start + withoutPossessive(word).length });
    }
    close();
  }
  return out;
}

function withoutPossessive(name: string): string {
  return name.replace(/['’]s?$/, "");
}

const BODY =
  /(?<![\p{L}\p{N}’'-])(?:\p{Lu}[\p{L}’'&-]*\p{L}|\p{Lu}{2,})(?:\s+(?:of|for|and|the|in)?\s*(?:\p{Lu}[\p{L}’'&-]+|\p{Lu}{2,}))*(?:\s+\(\p{Lu}{2,}\))?/gu;
/** A name in quotation marks, of several words or with a capital: 'tell us', “Joe”; no 'good'. */
const QUOTED =
  /(?<=(?<![\p{L}\p{N}])['‘“"])(?:\p{Lu}[^'‘’“”".!?\s]*|[\p{L}\p{N}][^'‘’“”".!?\s]*(?: [^'‘’“”".!?\s]+){1,4})(?=['’”"](?!\p{L}))/gu;
const LEADING = /^(\p{L}[\p{L}’'&-]*)(?:\s+|$)/u;

/** The bodies, or whatever else has a name, that a sentence names; in order. */
export function findOrganisations(sentence: string): Span[] {
  const quoted = [...sentence.matchAll(QUOTED)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
  const out: Span[] = [...quoted];
  for (const { 0: found, index } of sentence.matchAll(BODY)) {
    let from = 0;
    for (;;) {
      const lead = LEADING.exec(found.slice(from));
      if (!lead || !ORDINARY.has(fold(lead[1]!))) break;
      from += lead[0].length;
    }
    const span = { start: index + from, end: index + withoutPossessive(found).length };
    const begins = /^\P{L}*$/u.test(sentence.slice(0, span.start));
    const isWord = begins && OFFICIAL.has(fold(found.slice(from))) && !/^Ofsted$/.test(found);
    if (
      span.start < span.end &&
      !isWord &&
      !quoted.some(({ start, end }) => start <= span.start && span.end <= end)
    )
      out.push(span);
  }
  return out.toSorted((a, b) => a.start - b.start);
}
