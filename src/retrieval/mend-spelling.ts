// A question -> the same with misspelt words mended and counties' short names spelt out: those that neither the documents nor the encoder
// know and that are near a word of the documents.

import type { OpenIndex } from "../index/open-index.ts";
import { lengthOf } from "../index/open-index.ts";
import { county, mend } from "../text/spelling.ts";
import { STOP_WORDS, terms } from "../text/terms.ts";

const vocabularies = new WeakMap<OpenIndex, ReadonlyMap<string, number>>();

/** The question with its misspelt words replaced; the same text when there are none. */
export async function mendSpelling(text: string, index: OpenIndex): Promise<string> {
  const strange = terms(text).filter(
    (term) => !term.isNumber && !STOP_WORDS.has(term.word) && !index.lexical.numbers.has(term.stem),
  );
  if (strange.length === 0) return text;
  const vectors = (await index.encoder.wordVectors?.(strange.map((term) => term.word))) ?? [];
  let known = vocabularies.get(index);
  if (!known) {
    known = new Map(index.lexical.forms.map((form, i) => [form, index.lexical.ownCount[i]!]));
    vocabularies.set(index, known);
  }
  let out = text;
  for (const [i, term] of [...strange.entries()].toReversed()) {
    if (vectors[i] && lengthOf(vectors[i]) > 1e-6) continue;
    const meant = county(term.word, known.keys()) ?? mend(term.word, known);
    if (meant) out = out.slice(0, term.start) + meant + out.slice(term.end);
  }
  return out;
}
