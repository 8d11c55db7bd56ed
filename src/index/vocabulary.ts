// Words as they are written -> numbers: of the form, and of the word that it is a form of. Grows while
// texts are read; keeps how often each form was met, so that the commonest can stand for its word.

import { STOP_WORDS, terms } from "../text/terms.ts";
import { GrowingInts } from "./growing.ts";

export class Vocabulary {
  /** Word -> its stem. */
  readonly stems: string[] = [];
  /** Form -> how it is written. */
  readonly written: string[] = [];
  readonly #forms = new Map<string, number>();
  readonly #words = new Map<string, number>();
  readonly #wordOf = new GrowingInts();
  readonly #times = new GrowingInts();

  /** The forms of a text's content words, in order; a word that comes twice is there twice. */
  read(text: string): number[] {
    const out: number[] = [];
    for (const term of terms(text))
      if (term.isNumber || !STOP_WORDS.has(term.word)) out.push(this.add(term.word, term.stem));
    return out;
  }

  /** Counts a form once more, and tells its number. */
  add(written: string, stem: string): number {
    let form = this.#forms.get(written);
    if (form === undefined) {
      form = this.written.push(written) - 1;
      this.#forms.set(written, form);
      let word = this.#words.get(stem);
      if (word === undefined) {
        word = this.stems.push(stem) - 1;
        this.#words.set(stem, word);
      }
      this.#wordOf.push(word);
      this.#times.push(0);
    }
    this.#times.add(form, 1);
    return form;
  }

  /** Counts a form that is known already once more. */
  again(form: number): number {
    this.#times.add(form, 1);
    return form;
  }

  /** The word that a form belongs to. */
  wordOf(form: number): number {
    return this.#wordOf.at(form);
  }

  /** Each word's commonest form, of two as common the earlier. */
  commonest(): string[] {
    const best = this.stems.map(() => "");
    const times = new Int32Array(this.stems.length);
    for (const [form, written] of this.written.entries()) {
      const word = this.#wordOf.at(form);
      if (this.#times.at(form) <= times[word]!) continue;
      times[word] = this.#times.at(form);
      best[word] = written;
    }
    return best;
  }
}

/** The words of texts with how often each comes, in order of first mention. */
export interface Counted {
  readonly words: readonly number[];
  readonly counts: readonly number[];
  /** All counts together. */
  readonly length: number;
}

/** Counts the words of several texts together, and tells those of each, each once. */
export function countWords(
  texts: readonly (readonly number[])[],
  vocabulary: Vocabulary,
): { all: Counted; each: readonly (readonly number[])[] } {
  const [words, counts]: [number[], number[]] = [[], []];
  /** Word -> its place in `words`; place -> the text that mentioned it last. */
  const places = new Map<number, number>();
  const lastText: number[] = [];
  let length = 0;
  const each = texts.map((forms, i) => {
    const own: number[] = [];
    for (const form of forms) {
      const word = vocabulary.wordOf(form);
      let place = places.get(word);
      if (place === undefined) {
        place = words.push(word) - 1;
        places.set(word, place);
        counts.push(0);
      }
      counts[place]!++;
      length++;
      if (lastText[place] !== i) own.push(word);
      lastText[place] = i;
    }
    return own;
  });
  return { all: { words, counts, length }, each };
}
