// Passages -> the arrays of their lexical index: over a passage's own words, its context (lead-in or
// attribution, section) and its document's title. What the arrays mean, and scoring by them, is
// lexical.ts's business. Reading the words is read-terms.ts's.

import type { DocumentInfo, Passage } from "../types.ts";
import { introductionOf } from "../passages/attribution.ts";
import { GrowingInts } from "./growing.ts";
import { type LexicalIndex, openLexical } from "./lexical.ts";
import { buildPostings, type Fields } from "./postings.ts";
import { type KnownTerms, type ReadTerms, readTerms } from "./read-terms.ts";
import { countWords, Vocabulary } from "./vocabulary.ts";

/** Raised whenever the arrays, or what the lexicon expands to, come out otherwise: indexes made with another version are rebuilt. */
export const LEXICAL_VERSION = 8;

/** A lexical index with what was read to make it. */
export type BuiltLexical = LexicalIndex & { readonly read: ReadTerms };

/** Indexes passages; their documents' titles, publishers, kinds and dates are a field of their own. */
export function buildLexical(
  passages: readonly Passage[],
  documents: ReadonlyMap<string, DocumentInfo>,
  known?: KnownTerms | null,
): BuiltLexical {
  const vocabulary = new Vocabulary();
  const remembered = remember((text: string) => countWords([vocabulary.read(text)], vocabulary).all);
  const [wordsFrom, words] = [new GrowingInts(), new GrowingInts()];
  const [contextOf, contextsFrom, contextWords] = [new GrowingInts(), new GrowingInts(), new GrowingInts()];
  const contextNumber = remember((key: string) => {
    const [above, named] = JSON.parse(key) as [string, string];
    contextsFrom.push(contextWords.length);
    for (const word of new Set([...remembered(above).words, ...remembered(named).words]))
      contextWords.push(word);
    return contextsFrom.length - 1;
  });
  const titles = new Map([...documents].map(([id, info]) => [id, titleOf(info)]));
  const rows: Fields[] = [];
  const read = readTerms(passages, vocabulary, known, (passage, sentences) => {
    const { section, document } = passage;
    const introduction = introductionOf(passage);
    const { all, each } = countWords(
      sentences.map(({ forms }) => forms),
      vocabulary,
    );
    // A list's item says what its lead-in begins: "The following failed:" "Rochdale".
    const introduced = introduction ? remembered(introduction.text).words : [];
    for (const own of each) {
      wordsFrom.push(words.length);
      for (const word of own) words.push(word);
      for (const word of introduced) if (!own.includes(word)) words.push(word);
    }
    const above = [introduction?.text ?? "", ...section].join("\n");
    const named = titles.get(document) ?? "";
    contextOf.push(contextNumber(JSON.stringify([above, named])));
    rows.push({ text: all, context: remembered(above), title: remembered(named) });
  });
  wordsFrom.push(words.length);
  contextsFrom.push(contextWords.length);

  const ownCount = new Int32Array(vocabulary.stems.length);
  for (const { text } of rows) for (const word of text.words) ownCount[word]!++;
  const { sentencesFrom, sentenceStart, sentenceEnd } = read.arrays;
  const index = openLexical({
    stems: vocabulary.stems,
    forms: vocabulary.commonest(),
    arrays: {
      ownCount,
      ...buildPostings(rows, vocabulary.stems.length),
      lengths: Int32Array.from(rows, ({ text }) => text.length),
      sentencesFrom,
      sentenceStart,
      sentenceEnd,
      wordsFrom: wordsFrom.done(),
      words: words.done(),
      contextOf: contextOf.done(),
      contextsFrom: contextsFrom.done(),
      contextWords: contextWords.done(),
    },
  });
  return { ...index, read };
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

function titleOf(document: DocumentInfo): string {
  return [document.title, document.publisher, document.kind, document.published, document.authority]
    .filter(Boolean)
    .join("\n");
}
