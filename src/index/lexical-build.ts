// Passages -> the arrays of their lexical index: over a passage's own words, its context (lead-in,
// section) and its document's title. What the arrays mean, and scoring by them, is lexical.ts's business.
// The words of passages that stand in the index before are not read again.

import type { DocumentInfo, Passage, Span } from "../types.ts";
import { aliases, findAcronyms } from "../text/acronyms.ts";
import { sentences } from "../text/sentences.ts";
import { GrowingInts } from "./growing.ts";
import { type LexicalIndex, openLexical } from "./lexical.ts";
import { buildPostings, type Fields } from "./postings.ts";
import { countWords, Vocabulary } from "./vocabulary.ts";

/** Raised whenever the arrays come out otherwise: indexes made with another version are rebuilt. */
export const LEXICAL_VERSION = 1;

/** What was read of the passages' sentences, for the next index. */
export interface ReadTerms {
  /** Form -> how it is written, and its stem. */
  readonly written: readonly string[];
  readonly stems: readonly string[];
  readonly arrays: TermArrays;
}

export interface TermArrays {
  /** Passage -> its first sentence. */
  readonly sentencesFrom: Int32Array;
  /** Sentence -> its span of the passage's text. */
  readonly sentenceStart: Int32Array;
  readonly sentenceEnd: Int32Array;
  /** Sentence -> the forms of its content words, in order. */
  readonly termsFrom: Int32Array;
  readonly terms: Int32Array;
}

/** The terms of the index before, and where in it each passage stands word for word; -1: nowhere. */
export interface KnownTerms {
  readonly read: ReadTerms;
  readonly from: Int32Array;
}

/** A lexical index with what was read to make it. */
export type BuiltLexical = LexicalIndex & { readonly read: ReadTerms };

/** Indexes passages; their documents' titles, publishers, kinds and dates are a field of their own. */
export function buildLexical(
  passages: readonly Passage[],
  documents: ReadonlyMap<string, DocumentInfo>,
  known?: KnownTerms | null,
): BuiltLexical {
  const vocabulary = new Vocabulary();
  const texts = passages.map((passage) => passage.text);
  // A passage that says "the IAT" is found by "integrated access team", and the other way round.
  const alsoKnown = aliases(findAcronyms(texts));
  const readSentences = sentenceReader(vocabulary, known);
  const remembered = remember((text: string) => countWords([vocabulary.read(text)], vocabulary).all);
  const [sentencesFrom, sentenceStart, sentenceEnd] = [
    new GrowingInts(),
    new GrowingInts(),
    new GrowingInts(),
  ];
  const [termsFrom, terms] = [new GrowingInts(), new GrowingInts()];
  const [wordsFrom, words] = [new GrowingInts(), new GrowingInts()];
  const [contextOf, contextsFrom, contextWords] = [new GrowingInts(), new GrowingInts(), new GrowingInts()];
  const contextNumber = remember((key: string) => {
    const [above, named] = JSON.parse(key) as [string, string];
    contextsFrom.push(contextWords.length);
    for (const word of new Set([...remembered(above).words, ...remembered(named).words]))
      contextWords.push(word);
    return contextsFrom.length - 1;
  });
  const rows = passages.map((passage, place): Fields => {
    const text = texts[place]!;
    sentencesFrom.push(sentenceStart.length);
    const forms: (readonly number[])[] = [];
    for (const { start, end, own } of readSentences(text, place)) {
      sentenceStart.push(start);
      sentenceEnd.push(end);
      termsFrom.push(terms.length);
      for (const form of own) terms.push(form);
      const also = alsoKnown(text.slice(start, end));
      forms.push(also === "" ? own : [...own, ...vocabulary.read(also)]);
    }
    const { all, each } = countWords(forms, vocabulary);
    // A list's item says what its lead-in begins: "The following failed:" "Rochdale".
    const introduced = passage.leadIn ? remembered(passage.leadIn.text).words : [];
    for (const own of each) {
      wordsFrom.push(words.length);
      for (const word of own) words.push(word);
      for (const word of introduced) if (!own.includes(word)) words.push(word);
    }
    const above = [passage.leadIn?.text ?? "", ...passage.section].join("\n");
    const named = titleOf(documents.get(passage.document));
    contextOf.push(contextNumber(JSON.stringify([above, named])));
    return { text: all, context: remembered(above), title: remembered(named) };
  });
  sentencesFrom.push(sentenceStart.length);
  termsFrom.push(terms.length);
  wordsFrom.push(words.length);
  contextsFrom.push(contextWords.length);

  const ownCount = new Int32Array(vocabulary.stems.length);
  for (const { text } of rows) for (const word of text.words) ownCount[word]!++;
  const spans = {
    sentencesFrom: sentencesFrom.done(),
    sentenceStart: sentenceStart.done(),
    sentenceEnd: sentenceEnd.done(),
  };
  const index = openLexical({
    stems: vocabulary.stems,
    forms: vocabulary.commonest(),
    arrays: {
      ownCount,
      ...buildPostings(rows, vocabulary.stems.length),
      lengths: Int32Array.from(rows, ({ text }) => text.length),
      ...spans,
      wordsFrom: wordsFrom.done(),
      words: words.done(),
      contextOf: contextOf.done(),
      contextsFrom: contextsFrom.done(),
      contextWords: contextWords.done(),
    },
  });
  const { written, stems } = vocabulary;
  return {
    ...index,
    read: {
      written,
      stems: written.map((_, form) => stems[vocabulary.wordOf(form)]!),
      arrays: { ...spans, termsFrom: termsFrom.done(), terms: terms.done() },
    },
  };
}

/** Reads a passage's sentences and the forms of their words, or takes them from the index before. */
function sentenceReader(vocabulary: Vocabulary, known: KnownTerms | null | undefined) {
  /** Form of the index before -> its number in this one. */
  const numbers = new Map<number, number>();
  return function* (text: string, place: number): Generator<Span & { readonly own: readonly number[] }> {
    const before = known?.from[place] ?? -1;
    if (!known || before === -1) {
      for (const { start, end } of sentences(text))
        yield { start, end, own: vocabulary.read(text.slice(start, end)) };
      return;
    }
    const { written, stems, arrays } = known.read;
    for (let i = arrays.sentencesFrom[before]!; i < arrays.sentencesFrom[before + 1]!; i++) {
      const own: number[] = [];
      for (let at = arrays.termsFrom[i]!; at < arrays.termsFrom[i + 1]!; at++) {
        const form = arrays.terms[at]!;
        const number = numbers.get(form);
        const now =
          number === undefined ? vocabulary.add(written[form]!, stems[form]!) : vocabulary.again(number);
        if (number === undefined) numbers.set(form, now);
        own.push(now);
      }
      yield { start: arrays.sentenceStart[i]!, end: arrays.sentenceEnd[i]!, own };
    }
  };
}

/** A function that answers the same text from memory. */
function remember<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) known.set(text, (value = work(text)));
    return value;
  };
}

function titleOf(document: DocumentInfo | undefined): string {
  if (!document) return "";
  return [document.title, document.publisher, document.kind, document.published, document.authority]
    .filter(Boolean)
    .join("\n");
}
