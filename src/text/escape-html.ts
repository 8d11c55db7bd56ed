// Text -> HTML in which it can only be text: whatever a document or a question set holds, it adds no
// element, no attribute and no script to the report, and no character that hides or turns what is around it.

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters but tab and line end, lone surrogates, what turns the direction of writing, byte order marks. */
const UNSEEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** For text and for attributes in double quotes. An escape character becomes `␛`, and so on: it is seen and does nothing. */
export function html(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(UNSEEN, (character) => pictureOf(character.charCodeAt(0)));
}

/** Unicode has a picture of each ASCII control character. */
function pictureOf(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
