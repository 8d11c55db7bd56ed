// Passages -> the words of their sentences, by number of their form. What was read is kept for the next
// index: the words of a passage that stands in it word for word are taken from there.

import { type Acronym, acronymsIn, affectedBy, aliases, findAcronyms } from "../text/acronyms.ts";
import { sentences } from "../text/sentences.ts";
import type { Passage, Span } from "../types.ts";
import { GrowingInts } from "./growing.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What was read of all passages. */
export interface ReadTerms {
  /** Form -> how it is written, and its stem. */
  readonly written: readonly string[];
  readonly stems: readonly string[];
  /** Place -> the abbreviations that the passage explains; only of those that explain one. */
  readonly acronyms: Readonly<Record<string, readonly Acronym[]>>;
  readonly arrays: TermArrays;
}

export interface TermArrays {
  /** Passage -> its first sentence. */
  readonly sentencesFrom: Int32Array;
  /** Sentence -> its span of the passage's text. */
  readonly sentenceStart: Int32Array;
  readonly sentenceEnd: Int32Array;
  /** Sentence -> the forms of its content words, in order: first its own, then those of its abbreviations' other readings. */
  readonly termsFrom: Int32Array;
  readonly aliasesFrom: Int32Array;
  readonly terms: Int32Array;
}

/** The terms of the index before, and where in it each passage stands word for word; -1: nowhere. */
export interface KnownTerms {
  readonly read: ReadTerms;
  readonly from: Int32Array;
}

export interface ReadSentence extends Span {
  /** Forms of its words, those of other readings included. */
  readonly forms: readonly number[];
}

/**
 * Reads the passages one after the other. `visit` is given each passage's sentences before the next
 * passage is read, so that it may read other texts into the vocabulary between them.
 */
export function readTerms(
  passages: readonly Passage[],
  vocabulary: Vocabulary,
  known: KnownTerms | null | undefined,
  visit: (passage: Passage, sentences: readonly ReadSentence[]) => void,
): ReadTerms {
  const before = (place: number) => known?.from[place] ?? -1;
  const acronyms: Record<string, readonly Acronym[]> = {};
  for (const [place, passage] of passages.entries()) {
    const found = before(place) === -1 ? acronymsIn(passage.text) : known!.read.acronyms[before(place)];
    if (found && found.length > 0) acronyms[place] = found;
  }
  // A passage that says "the IAT" is found by "integrated access team", and the other way round.
  const explained = findAcronyms(Object.values(acronyms).flat());
  const alsoKnown = aliases(explained);
  const isAffected = affectedBy(findAcronyms(Object.values(known?.read.acronyms ?? {}).flat()), explained);
  const again = formsAgain(vocabulary, known);

  const [sentencesFrom, sentenceStart, sentenceEnd] = [
    new GrowingInts(),
    new GrowingInts(),
    new GrowingInts(),
  ];
  const [termsFrom, aliasesFrom, terms] = [new GrowingInts(), new GrowingInts(), new GrowingInts()];
  for (const [place, passage] of passages.entries()) {
    sentencesFrom.push(sentenceStart.length);
    const out: ReadSentence[] = [];
    const known = before(place);
    const reading =
      known === -1
        ? freshly(passage.text, vocabulary)
        : again(known, isAffected === null || !isAffected(passage.text));
    for (const { start, end, own, others: same } of reading) {
      sentenceStart.push(start);
      sentenceEnd.push(end);
      termsFrom.push(terms.length);
      for (const form of own) terms.push(form);
      aliasesFrom.push(terms.length);
      const others = same ?? vocabulary.read(alsoKnown(passage.text.slice(start, end)));
      for (const form of others) terms.push(form);
      out.push({ start, end, forms: others.length === 0 ? own : [...own, ...others] });
    }
    visit(passage, out);
  }
  sentencesFrom.push(sentenceStart.length);
  termsFrom.push(terms.length);

  const { written, stems } = vocabulary;
  return {
    written,
    stems: written.map((_, form) => stems[vocabulary.wordOf(form)]!),
    acronyms,
    arrays: {
      sentencesFrom: sentencesFrom.done(),
      sentenceStart: sentenceStart.done(),
      sentenceEnd: sentenceEnd.done(),
      termsFrom: termsFrom.done(),
      aliasesFrom: aliasesFrom.done(),
      terms: terms.done(),
    },
  };
}

/** A sentence's forms: its own, and those of its abbreviations' other readings where they are known. */
interface SentenceForms extends Span {
  readonly own: readonly number[];
  readonly others: readonly number[] | null;
}

/** The sentences of a new text. Each is read when it is asked for, so that what is read between them counts in order. */
function* freshly(text: string, vocabulary: Vocabulary): Generator<SentenceForms> {
  for (const { start, end } of sentences(text))
    yield { start, end, own: vocabulary.read(text.slice(start, end)), others: null };
}

/** The sentences of a passage of the index before. */
function formsAgain(vocabulary: Vocabulary, known: KnownTerms | null | undefined) {
  /** Form of the index before -> its number in this one. */
  const numbers = new Map<number, number>();
  const take = (from: number, to: number): number[] => {
    const { written, stems, arrays } = known!.read;
    const out: number[] = [];
    for (let at = from; at < to; at++) {
      const form = arrays.terms[at]!;
      const number = numbers.get(form);
      const now =
        number === undefined ? vocabulary.add(written[form]!, stems[form]!) : vocabulary.again(number);
      if (number === undefined) numbers.set(form, now);
      out.push(now);
    }
    return out;
  };
  return function* (place: number, withOthers: boolean): Generator<SentenceForms> {
    const { sentencesFrom, sentenceStart, sentenceEnd, termsFrom, aliasesFrom } = known!.read.arrays;
    for (let i = sentencesFrom[place]!; i < sentencesFrom[place + 1]!; i++) {
      const own = take(termsFrom[i]!, aliasesFrom[i]!);
      const others = withOthers ? take(aliasesFrom[i]!, termsFrom[i + 1]!) : null;
      yield { start: sentenceStart[i]!, end: sentenceEnd[i]!, own, others };
    }
  };
}
