// Passages -> the arrays of their lexical index: over a passage's own words, its context (lead-in,
// section) and its document's title, each with its weight. What the arrays mean, and scoring by them,
// is lexical.ts's business.

import type { DocumentInfo, Passage } from "../types.ts";
import { aliases, findAcronyms } from "../text/acronyms.ts";
import { sentences } from "../text/sentences.ts";
import { STOP_WORDS, terms } from "../text/terms.ts";
import { GrowingInts } from "./growing.ts";
import { type LexicalIndex, openLexical } from "./lexical.ts";

/** Raised whenever the arrays come out otherwise: indexes made with another version are rebuilt. */
export const LEXICAL_VERSION = 1;

export const FIELDS = {
  text: { weight: 1, b: 0.6 },
  context: { weight: 0.45, b: 0.5 },
  title: { weight: 0.15, b: 0.3 },
} as const;

/** Words counted: `counts[i]` times `words[i]`, in order of first mention. */
interface Counted {
  readonly words: readonly number[];
  readonly counts: readonly number[];
  /** All counts together. */
  readonly length: number;
}

/** Indexes passages; their documents' titles, publishers, kinds and dates are a field of their own. */
export function buildLexical(
  passages: readonly Passage[],
  documents: ReadonlyMap<string, DocumentInfo>,
): LexicalIndex {
  const vocabulary = new Vocabulary();
  // A passage that says "the IAT" is found by "integrated access team", and the other way round.
  const alsoKnown = aliases(findAcronyms(passages.map((passage) => passage.text)));
  const known = new Map<string, Counted>();
  const remembered = (text: string) => {
    let value = known.get(text);
    if (!value) known.set(text, (value = vocabulary.count([text]).all));
    return value;
  };
  const contexts = new Map<string, number>();
  const [contextsFrom, contextWords, contextOf] = [new GrowingInts(), new GrowingInts(), new GrowingInts()];
  const [sentencesFrom, sentenceStart, sentenceEnd] = [
    new GrowingInts(),
    new GrowingInts(),
    new GrowingInts(),
  ];
  const [wordsFrom, words] = [new GrowingInts(), new GrowingInts()];
  const rows = passages.map((passage) => {
    const spans = sentences(passage.text);
    const texts = spans.map(({ start, end }) => passage.text.slice(start, end));
    const { all: text, each } = vocabulary.count(
      texts.map((sentence) => `${sentence} ${alsoKnown(sentence)}`),
    );
    // A list's item says what its lead-in begins: "The following failed:" "Rochdale".
    const introduced = passage.leadIn ? remembered(passage.leadIn.text).words : [];
    sentencesFrom.push(sentenceStart.length);
    for (const [i, { start, end }] of spans.entries()) {
      sentenceStart.push(start);
      sentenceEnd.push(end);
      wordsFrom.push(words.length);
      for (const word of each[i]!) words.push(word);
      for (const word of introduced) if (!each[i]!.includes(word)) words.push(word);
    }
    const above = [passage.leadIn?.text ?? "", ...passage.section].join("\n");
    const named = titleOf(documents.get(passage.document));
    const [context, title] = [remembered(above), remembered(named)];
    const key = `${above}\n\n${named}`;
    if (!contexts.has(key)) {
      contexts.set(key, contextsFrom.length);
      contextsFrom.push(contextWords.length);
      for (const word of new Set([...context.words, ...title.words])) contextWords.push(word);
    }
    contextOf.push(contexts.get(key)!);
    return { text, context, title };
  });
  sentencesFrom.push(sentenceStart.length);
  wordsFrom.push(words.length);
  contextsFrom.push(contextWords.length);

  const ownCount = new Int32Array(vocabulary.stems.length);
  for (const { text } of rows) for (const word of text.words) ownCount[word]!++;
  return openLexical({
    stems: vocabulary.stems,
    forms: vocabulary.forms(),
    arrays: {
      ownCount,
      ...postings(rows, vocabulary.stems.length),
      lengths: Int32Array.from(rows, ({ text }) => text.length),
      sentencesFrom: sentencesFrom.done(),
      sentenceStart: sentenceStart.done(),
      sentenceEnd: sentenceEnd.done(),
      wordsFrom: wordsFrom.done(),
      words: words.done(),
      contextOf: contextOf.done(),
      contextsFrom: contextsFrom.done(),
      contextWords: contextWords.done(),
    },
  });
}

function titleOf(document: DocumentInfo | undefined): string {
  if (!document) return "";
  return [document.title, document.publisher, document.kind, document.published, document.authority]
    .filter(Boolean)
    .join("\n");
}

/** The words met so far, by number, with how often each was written in which form. */
class Vocabulary {
  readonly stems: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Form -> its number, and for each form its word, its times. */
  readonly #forms = new Map<string, number>();
  readonly #wordOf = new GrowingInts();
  readonly #times = new GrowingInts();

  /** The content words of all texts together, counted, and those of each text. */
  count(texts: readonly string[]): { all: Counted; each: readonly (readonly number[])[] } {
    const [words, counts]: [number[], number[]] = [[], []];
    /** Word -> its place in `words`, and the text that mentioned it last. */
    const places = new Map<number, number>();
    const lastText: number[] = [];
    let length = 0;
    const each = texts.map((text, i) => {
      const own: number[] = [];
      for (const term of terms(text)) {
        if (!term.isNumber && STOP_WORDS.has(term.word)) continue;
        const word = this.#add(term.word, term.stem);
        length++;
        const place = places.get(word);
        if (place === undefined) {
          places.set(word, words.push(word) - 1);
          counts.push(1);
        } else counts[place]!++;
        if (lastText[place ?? words.length - 1] === i) continue;
        lastText[place ?? words.length - 1] = i;
        own.push(word);
      }
      return own;
    });
    return { all: { words, counts, length }, each };
  }

  /** Each word's commonest form, of two as common the earlier. */
  forms(): string[] {
    const best = this.stems.map(() => "");
    const times = new Int32Array(this.stems.length);
    for (const [form, number] of this.#forms) {
      const word = this.#wordOf.at(number);
      if (this.#times.at(number) <= times[word]!) continue;
      times[word] = this.#times.at(number);
      best[word] = form;
    }
    return best;
  }

  #add(form: string, stem: string): number {
    let number = this.#forms.get(form);
    if (number === undefined) {
      number = this.#forms.size;
      this.#forms.set(form, number);
      let word = this.#numbers.get(stem);
      if (word === undefined) {
        word = this.stems.push(stem) - 1;
        this.#numbers.set(stem, word);
      }
      this.#wordOf.push(word);
      this.#times.push(0);
    }
    this.#times.add(number, 1);
    return this.#wordOf.at(number);
  }
}

type Fields = Readonly<Record<keyof typeof FIELDS, Counted>>;

/** Word -> the passages that hold it, with the weighted, length-normalised frequency over all fields. */
function postings(rows: readonly Fields[], wordCount: number) {
  const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
  const average = (name: keyof Fields) =>
    rows.reduce((sum, row) => sum + row[name].length, 0) / Math.max(1, rows.length) || 1;
  const fields = names.map((name) => ({ name, ...FIELDS[name], average: average(name) }));
  const postingsFrom = new Int32Array(wordCount + 1);
  const lastPlace = new Int32Array(wordCount).fill(-1);
  for (const [place, row] of rows.entries()) {
    for (const { name } of fields) {
      for (const word of row[name].words) {
        if (lastPlace[word] !== place) postingsFrom[word + 1]!++;
        lastPlace[word] = place;
      }
    }
  }
  for (let word = 0; word < wordCount; word++) postingsFrom[word + 1]! += postingsFrom[word]!;
  const postingPlaces = new Int32Array(postingsFrom[wordCount]!);
  const postingWeights = new Float32Array(postingsFrom[wordCount]!);
  const next = postingsFrom.slice();
  for (const [place, row] of rows.entries()) {
    const total = new Map<number, number>();
    for (const { name, weight, b, average: usual } of fields) {
      const { words, counts, length } = row[name];
      const norm = 1 - b + (b * length) / usual;
      for (const [i, word] of words.entries())
        total.set(word, (total.get(word) ?? 0) + (weight * counts[i]!) / norm);
    }
    for (const [word, weight] of total) {
      postingPlaces[next[word]!] = place;
      postingWeights[next[word]!++] = weight;
    }
  }
  return { postingsFrom, postingPlaces, postingWeights };
}
