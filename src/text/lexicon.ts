// Synonyms as maintainers write them, in Solr's format -> expansions of a question's terms.
// `a, b, c` are equivalent; `a, b => c` leads one way. A line that can't be read is reported with
// its number and left out; the others count.

import { contentStems } from "./terms.ts";

export interface Lexicon {
  /** Stems of a phrase, joined by a space -> the phrases (lists of stems) that say the same. */
  readonly expansions: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** The longest left side, in stems. */
  readonly longest: number;
}

export const EMPTY_LEXICON: Lexicon = { expansions: new Map(), longest: 0 };

/** Groups with more forms than this say little about any one of them. */
const MAX_FORMS = 24;
/** Stems of words whose plural the stemmer does not join with the singular. */
const PLURALS = [
  ["child", "children"],
  ["man", "men"],
  ["woman", "women"],
] as const;

/** One line of the file: from these forms to those. Null for blank lines and comments. */
export function parseLexiconLine(line: string): { from: string[]; to: string[] } | null {
  const text = line.replace(/(^|\s)#.*$/, "").trim();
  if (text === "") return null;
  const sides = text.split("=>");
  if (sides.length > 2) throw new Error("more than one =>");
  const forms = (side: string) =>
    side
      .split(",")
      .map((form) => form.trim())
      .filter((form) => form !== "");
  const from = forms(sides[0] ?? "");
  const to = sides[1] === undefined ? from : forms(sides[1]);
  if (from.length === 0 || to.length === 0) throw new Error("nothing on one side of =>");
  if (sides.length === 1 && from.length < 2)
    throw new Error("a group needs two forms or more, separated by commas");
  if (from.length > MAX_FORMS) throw new Error(`more than ${MAX_FORMS} forms in one group`);
  return { from, to };
}

/** Reads a lexicon. `problems` name the lines left out: `"line 12: …"`. */
export function parseLexicon(text: string): { lexicon: Lexicon; problems: string[] } {
  /** Left side -> right sides, by their stems. */
  const found = new Map<string, Map<string, string[]>>();
  const problems: string[] = [];
  let longest = 0;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    try {
      const group = parseLexiconLine(line);
      if (!group) continue;
      const rights = group.to.flatMap(phrasesOf);
      for (const key of group.from.flatMap(phrasesOf)) {
        longest = Math.max(longest, key.length);
        const known = found.get(key.join(" ")) ?? new Map<string, string[]>();
        for (const stems of rights) if (stems.join(" ") !== key.join(" ")) known.set(stems.join(" "), stems);
        if (known.size > 0) found.set(key.join(" "), known);
      }
    } catch (error) {
      problems.push(`line ${i + 1}: ${(error as Error).message}`);
    }
  }
  const expansions = new Map([...found].map(([key, forms]) => [key, [...forms.values()]]));
  return { lexicon: { expansions, longest }, problems };
}

/** A form as the stems of its words, with one child and with several; none where nothing but stop words is in it. */
function phrasesOf(form: string): string[][] {
  const stems = contentStems(form);
  if (stems.length === 0) return [];
  const one = stems.map((own) => PLURALS.find(([, plural]) => plural === own)?.[0] ?? own);
  const several = one.map((own) => PLURALS.find(([singular]) => singular === own)?.[1] ?? own);
  return one.join(" ") === several.join(" ") ? [stems] : [one, several];
}

/**
 * What else a question may be saying: for each phrase of it that the lexicon knows, the phrases that
 * say the same, with where the phrase stands. Longer phrases hide the shorter ones inside them.
 */
export function expand(
  stems: readonly string[],
  lexicon: Lexicon,
): { from: number; to: number; forms: readonly (readonly string[])[] }[] {
  const out: { from: number; to: number; forms: readonly (readonly string[])[] }[] = [];
  for (let i = 0; i < stems.length;) {
    let length = Math.min(lexicon.longest, stems.length - i);
    while (length > 0 && !lexicon.expansions.has(stems.slice(i, i + length).join(" "))) length--;
    if (length > 0)
      out.push({
        from: i,
        to: i + length,
        forms: lexicon.expansions.get(stems.slice(i, i + length).join(" ")) ?? [],
      });
    i += Math.max(1, length);
  }
  return out;
}
