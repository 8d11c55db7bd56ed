// Texts -> forms in which the same words are equal: without markup, in one kind of white space, quote
// mark and dash. Compares only; what is shown to people is never changed. SQuAD's own, coarser
// normalisation is in metrics/spans.ts.

const MARKUP = /<\/?(?:u|b|i|em|strong|p|br|span|div|sup|sub|h[1-6])\s*\/?>|\*\*|__/gi;
const FOOTNOTE_MARK = /[¹²³⁴⁵⁶⁷⁸⁹⁰]+/g;

/**
 * `The <u>“good”</u>\n judgement` -> `the "good" judgement`: markup and footnote marks out,
 * compatibility forms (NFKC), straight quotes, one dash, runs of white space as one space, lower case.
 */
export function comparable(text: string): string {
  return text
    .replace(MARKUP, "")
    .replace(FOOTNOTE_MARK, "")
    .normalize("NFKC")
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, "")
    .replace(/[‘’‛′`]/g, "'")
    .replace(/[“”„‟″]/g, '"')
    .replace(/[‐‑‒–—―−]/g, "-")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** The comparable text without any white space, for words that a line break or page break tore apart. */
export function squeezed(text: string): string {
  return comparable(text).replaceAll(" ", "");
}

const WORD = /£?\p{N}+(?:[.,:]\p{N}+)*%?|[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu;
const ARTICLES = new Set(["a", "an", "the"]);

/** Words and numbers of a text, articles left out: `The £2,515 (62%)` -> `["£2515", "62%"]`. */
export function words(text: string): string[] {
  return (comparable(text).match(WORD) ?? [])
    .map((word) => word.replace(/,(?=\d{3}(?!\d))/g, ""))
    .filter((word) => !ARTICLES.has(word));
}

/** Whether the words of `part` stand one after another in `whole`; false when `part` has none. */
export function containsWords(whole: string, part: string): boolean {
  const inner = words(part);
  return inner.length > 0 && ` ${words(whole).join(" ")} `.includes(` ${inner.join(" ")} `);
}
