// Untrusted text -> text that Discord shows as it is: no formatting, no mention, no link, no ping. A
// backslash before a punctuation mark is dropped by Discord when it shows the text, so that an escaped
// quotation still reads as its source. Cutting and layout are left to quotation.ts and render.ts.

/** What means something to Discord anywhere: emphasis, code, spoilers, links, mentions, emoji. */
const ANYWHERE = /[\\`*_~|<[\]]|[:@](?=\S)/;
/** At the start of a line: quotes, headings, lists and small print. */
const LINE_START = /(?<=^[^\S\n]*)[>#-]|(?<=^[^\S\n]*\d+)\.(?=\s|$)/;
/** Invites need no `https:`. */
const INVITE = /(?<=discord(?:app)?)\.(?=\w)/;
const SPECIAL = new RegExp([ANYWHERE, LINE_START, INVITE].map(({ source }) => source).join("|"), "gimu");

const LONE_SURROGATE = /\p{Surrogate}/gu;
const BIDI_CONTROL = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** Halves of surrogate pairs, which JSON can't carry, become U+FFFD. The length stays. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, "\ufffd");
}

/** Where `text` needs a backslash: UTF-16 offsets, in order. `"a *b*"` -> `[2, 4]`. */
export function escapes(text: string): number[] {
  return Array.from(text.matchAll(SPECIAL), (match) => match.index);
}

/** `"*a* <@1>"` -> `"\*a\* \<\@1>"`. */
export function escapeText(text: string): string {
  return wellFormed(text).replace(SPECIAL, String.raw`\$&`);
}

/** Whether there is nothing to see: white space, controls and zero-width characters only. */
export function isBlank(text: string): boolean {
  return !/[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

/**
 * One line of at most `max` UTF-16 units for places that know no markdown (author, footer): white
 * space collapsed, direction controls dropped, cut at a word with "…". Empty when there is nothing
 * to see.
 */
export function oneLine(text: string, max: number): string {
  const line = wellFormed(text.slice(0, 4 * max))
    .replace(BIDI_CONTROL, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (isBlank(line)) return "";
  if (line.length <= max && text.length <= 4 * max) return line;
  const kept = wellFormed(line.slice(0, max - 1)).replace(/\ufffd$/, "");
  const space = kept.lastIndexOf(" ");
  return `${(space > max / 2 ? kept.slice(0, space) : kept).trimEnd()}…`;
}

/** `oneLine`, escaped, and at most `max` long with its backslashes. */
export function escapedLine(text: string, max: number): string {
  let room = max;
  for (;;) {
    const line = escapeText(oneLine(text, room));
    if (line.length <= max) return line;
    room = Math.floor((room * max) / line.length);
  }
}
