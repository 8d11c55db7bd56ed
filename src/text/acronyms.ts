// Documents explain their abbreviations: "the Integrated Access Team (IAT)". Texts -> those pairs, so
// that a question with the one finds the passages with the other.

/** `Local Safeguarding Children Board (LSCB)`: up to eight words before capitals in brackets. */
const EXPLAINED = /(?<![\p{L}’'&/-])((?:[\p{L}’'&/-]+\s+){1,8})\(([A-Z][A-Za-z&]{1,7})\)/gu;
const SMALL = new Set(["of", "and", "the", "for", "in", "to", "a", "on", "with", "&"]);

/** Abbreviation (as written) -> what it is said to stand for, in order of first mention. */
export function findAcronyms(texts: Iterable<string>): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const text of texts) {
    for (const [, before = "", short = ""] of text.matchAll(EXPLAINED)) {
      const long = expansionOf(before.trim().split(/\s+/), short);
      if (!long) continue;
      const known = out.get(short) ?? [];
      if (!known.some((other) => other.toLowerCase() === long.toLowerCase()))
        out.set(short, [...known, long]);
    }
  }
  return out;
}

/** The shortest run of words at the end whose first letters spell the abbreviation. */
function expansionOf(words: readonly string[], short: string): string | null {
  const letters = short
    .replace(/s$/, "")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  if (letters.length < 2) return null;
  for (let from = words.length - 1; from >= 0; from--) {
    const run = words.slice(from);
    if (SMALL.has(run[0]!.toLowerCase())) continue;
    // Hyphenated words give a letter for each part; small words may be skipped.
    const parts = run.flatMap((word) => word.split(/[-/]/));
    const all = parts.map((part) => part[0]?.toLowerCase() ?? "").join("");
    const big = parts
      .filter((part) => !SMALL.has(part.toLowerCase()))
      .map((part) => part[0]?.toLowerCase() ?? "")
      .join("");
    if (all === letters || big === letters) return run.join(" ");
  }
  return null;
}

/** A text -> what its abbreviations stand for and the abbreviations of what it spells out, where not there already. */
export function aliases(acronyms: ReadonlyMap<string, readonly string[]>): (text: string) => string {
  const all = [...acronyms].map(([short, longs]) => ({
    short,
    bare: new RegExp(`(?<![\\p{L}\\d])${short.replace(/s$/, "")}s?(?![\\p{L}\\d])`, "u"),
    longs: longs.map((long) => long.toLowerCase()),
  }));
  return (text) => {
    const folded = text.toLowerCase();
    const added: string[] = [];
    for (const { short, bare, longs } of all) {
      const spelled = longs.some((long) => folded.includes(long));
      const shortened = bare.test(text);
      if (shortened && !spelled) added.push(longs[0]!);
      if (spelled && !shortened) added.push(short);
    }
    return added.join(" ");
  };
}
