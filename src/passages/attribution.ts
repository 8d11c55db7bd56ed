// A quotation that is open at some point of a paragraph -> the words that say who speaks. News stories
// open each paragraph of a long quotation with a mark and close only the last one; what stands between
// has no name in it. Only marks and words decide: what is not certain has no attribution.

import { sentences } from "../text/sentences.ts";
import type { Introduction, Passage } from "../types.ts";
import { slicePieces, textOf } from "./markup.ts";

/** Marks of one level count together: stories mix straight and curly ones. */
const LEVELS = {
  double: /``|''|["“”]/g,
  // The pairs are passed over.
  single: /``|''|[`'‘’]/g,
} as const;
type Level = keyof typeof LEVELS;

/** Characters; longer ones are left out, not cut. */
const LONGEST = 250;
/** A mark with other words before it may be about a term, or its closing mark forgotten. */
const SAYS =
  /(?:[:,]|\b(?:said|says|added|adds|stated|states|commented|wrote|writes|continued|explained|replied|warned))$/;
const SPEECH =
  /\b(?:said|says|say|added|adds|told|tells|stated|states|commented|wrote|writes|continued|explained|replied|warned|according)\b/;
/** "She added:" and "For example," name nobody; "It was then that Ann Hall said:" does. */
const NOBODY =
  /^(?:(?:and|but|then)\s+)?(?:he|she|they|it|we|i|you|this|that|which|who|for (?:example|instance))\b/i;

/** The words that stand before a passage and are shown with it. */
export function introductionOf({ leadIn, attribution }: Passage): Introduction | undefined {
  return leadIn ?? attribution;
}

/** Whether a paragraph ends with the introduction of the quotation that the next one begins with. */
export function beginsQuotation(before: string, next: string): boolean {
  return before.endsWith(":") && levelOf(next) !== undefined;
}

/** Who says a paragraph that goes on with the quotation which `before`, the paragraph right before it, left open. */
export function continuedFrom(before: Passage, text: string, source: string): Introduction | undefined {
  const level = levelOf(text);
  return level && goesOn(text, level) ? openedBy(before, before.text.length, level, source) : undefined;
}

/**
 * Whether a paragraph that opens with a mark goes on with a quotation, and doesn't begin one of its own
 * (“…,” said Bob Ray) or only name something (“Good” is a grade).
 */
function goesOn(text: string, level: Level): boolean {
  const closing = marksOf(text, level).find(({ opens }) => !opens);
  if (closing === undefined) return true;
  const behind = text.slice(closing.end);
  if (!/[\p{L}\d]/u.test(behind)) return true;
  return /[.!?…]$/.test(text.slice(0, closing.start)) && !SPEECH.test(behind);
}

/**
 * Who says the words at `offset` of a passage's text, where that stands neither in them nor behind them:
 * the passage's own attribution at its beginning and as far as that quotation goes, the words before
 * the opening mark inside another. `source` is the text of its document.
 */
export function attributionAt(passage: Passage, offset: number, source: string): Introduction | undefined {
  if (offset === 0) return passage.attribution;
  return openedBy(passage, offset, "double", source) ?? openedBy(passage, offset, "single", source);
}

/** The level of the mark that a text opens with. */
const levelOf = (text: string): Level | undefined =>
  (["double", "single"] as const).find((one) => openMark(text, 1, one) === 0);

/** The words that introduce the quotation of a level which is open at `offset`. */
function openedBy(passage: Passage, offset: number, level: Level, source: string): Introduction | undefined {
  const mark = openMark(passage.text, offset, level);
  if (mark === null) return undefined;
  if (mark === 0) return passage.attribution;
  const start = sentences(passage.text.slice(0, mark)).at(-1)?.start ?? mark;
  const words = passage.text.slice(start, mark).trim();
  if (words.length > LONGEST || !SAYS.test(words)) return undefined;
  if (NOBODY.test(words) && !/^it was\b/i.test(words)) return undefined;
  const pieces = slicePieces(source, passage.pieces, start, mark);
  return { text: textOf(source, pieces), pieces };
}

/** Where the quotation was opened that is open at `offset`; null where none is. */
function openMark(text: string, offset: number, level: Level): number | null {
  let open: number | null = null;
  for (const { start, opens } of marksOf(text, level)) {
    if (start >= offset) break;
    if (opens) open ??= start;
    else open = null;
  }
  return open;
}

/** A text's marks of a level, in order. */
function marksOf(text: string, level: Level): { start: number; end: number; opens: boolean }[] {
  return [...text.matchAll(LEVELS[level])].flatMap(({ 0: mark, index: start }) => {
    const end = start + mark.length;
    const [before, after] = [text.charAt(start - 1), text.slice(end, end + 3)];
    if (level === "single" && (mark.length > 1 || isApostrophe(before, after))) return [];
    return [{ start, end, opens: opens(mark, before, after) }];
  });
}

/** `children's`, `’90s`; that of `councils’ plans` can't be told from a closing mark, and counts as one. */
function isApostrophe(before: string, after: string): boolean {
  return /^\d/.test(after) || (/[\p{L}\d]/u.test(before) && /^\p{L}/u.test(after));
}

/** An opening mark stands before a word, and after none: `"We`, `("We`, `said—"We`, `‘“We`, `“… we`. */
function opens(mark: string, before: string, after: string): boolean {
  return (
    !/[”’]/.test(mark) &&
    /^(?:[^\s.,;:!?)\]”’]|\.\.\.)/u.test(after) &&
    (before === "" || /[\s([—–\-"'`“‘]/.test(before))
  );
}
