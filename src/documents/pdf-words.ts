// Printed lines -> running text. Words divided at a line's end are mended, real hyphens stay: the
// document's own words decide which is which.

/** Words of a document in lower case, as they stand within lines. */
export interface Vocabulary {
  readonly words: ReadonlySet<string>;
  /** Whether the document divides words at line ends at all: most programs don't. */
  readonly divides: boolean;
}

const WORD = /[\p{L}\d]+(?:[-‐‑'’][\p{L}\d]+)*/gu;
const DIVIDED = /([\p{L}\d]+(?:[-'’][\p{L}\d]+)*)[-‐‑\u00ad]$/u;
const NEXT = /^([\p{L}\d]+(?:[-'’][\p{L}\d]+)*)/u;

/** Collects the words of a document's lines, in order. Whatever touches a line's end at a hyphen is left out. */
export function readVocabulary(lines: readonly string[]): Vocabulary {
  const words = new Set<string>();
  for (const [i, line] of lines.entries()) {
    const own = (lines[i - 1] && DIVIDED.test(lines[i - 1]!) ? line.replace(NEXT, "") : line).replace(
      DIVIDED,
      "",
    );
    for (const [word] of own.matchAll(WORD)) words.add(word.toLowerCase());
  }
  let together = 0;
  let hyphened = 0;
  for (const [i, line] of lines.entries()) {
    const [first, second] = [DIVIDED.exec(line)?.[1], NEXT.exec(lines[i + 1] ?? "")?.[1]];
    if (!first || !second) continue;
    if (line.endsWith("\u00ad") || words.has(`${first}${second}`.toLowerCase())) together++;
    else if (words.has(`${first}-${second}`.toLowerCase())) hyphened++;
  }
  return { words, divides: together > hyphened };
}

/**
 * Two lines of one paragraph -> what stands between them once the end of the first is mended.
 * Worked example, `coordination` being a word of the document: `co-ordi-` + `nation` -> `co-ordination`
 * only if that is one, too; `multi-` + `agency` stays `multi-agency`.
 */
export function joinLines(before: string, after: string, { words, divides }: Vocabulary): string {
  if (before === "") return after;
  if (before.endsWith("\u00ad")) return before.slice(0, -1) + after;
  const url = /(?:https?:\/\/|www\.)\S*[/=_.?&#-]$/.test(before);
  if (url && /^[\p{Ll}\d]/u.test(after)) return before + after;
  const first = DIVIDED.exec(before)?.[1];
  const second = NEXT.exec(after)?.[1];
  if (!first || !second) {
    // A range over the line's end: `2017–` + `18`.
    return /\d[–/-]$/.test(before) && /^\d/.test(after) ? before + after : `${before} ${after}`;
  }
  // `full- and part-time`.
  if (/^(?:and|or|to|und)$/.test(second)) return `${before} ${after}`;
  const asOne = words.has(`${first}${second}`.toLowerCase());
  const asTwo = words.has(`${first}-${second}`.toLowerCase());
  const known = words.has(first.toLowerCase()) && words.has(second.toLowerCase());
  const mend = divides && /^\p{Ll}/u.test(second) && !asTwo && (asOne || !known);
  return (mend ? before.slice(0, -1) : before) + after;
}
