// The best passage and the question -> which of its sentences to quote: the one that most likely
// answers, with a neighbour where it is needed to be understood or may hold part of the answer.

import type { SentenceWords } from "../index/lexical.ts";
import type { Passage, Span } from "../types.ts";
import { comparesNationally, holds } from "../retrieval/evidence.ts";
import type { Matching } from "../retrieval/matching.ts";
import { type Network, score } from "../retrieval/network.ts";
import type { ParsedQuestion, Want } from "../retrieval/question.ts";

export const SENTENCE_FEATURES = [
  "late",
  "lateGap",
  "covered",
  "coveredGap",
  "wanted",
  "wantedNumber",
  "year",
  "national",
  "first",
  "last",
  "length",
  "figures",
] as const;

/** Passages up to this many characters are quoted whole. */
const WHOLE = 260;
/** Longest quotation of several sentences, characters. */
const LONGEST = 520;
/** A sentence this probable is taken along. */
const ALONG = 0.18;
/** A sentence that begins so leans on the one before it. */
const LEANS =
  /^(?:However|But|This|These|Those|They|It|He|She|Of (?:these|those|this|the)|Their|His|Her|Such|As a result|In (?:these|this|addition|contrast)|Both|Also|The latter|Similarly|Therefore|Consequently)\b/;

/** The numbers that the chooser weighs, for each sentence of a passage. */
export function sentenceFeatures(
  passage: Passage,
  sentences: readonly SentenceWords[],
  question: ParsedQuestion,
  matching: Matching,
): Float32Array[] {
  const late = sentences.map((sentence) => matching.score(sentence.words));
  const covered = sentences.map((sentence) => matching.covered(sentence.words));
  const bestLate = Math.max(...late);
  const bestCovered = Math.max(...covered);
  const kinds: Want[] = ["percent", "number", "person", "date", "grade", "reason", "organisation"];
  return sentences.map((sentence, i) => {
    const text = passage.text.slice(sentence.start, sentence.end);
    const wanted = kinds.filter((want) => question.wants.has(want));
    const held = wanted.filter((want) => holds(text, want)).length;
    return Float32Array.of(
      late[i]!,
      late[i]! - bestLate,
      covered[i]!,
      covered[i]! - bestCovered,
      wanted.length === 0 ? 0 : held / wanted.length - 0.5,
      question.wants.has("number") || question.wants.has("percent") ? (holds(text, "number") ? 1 : -1) : 0,
      question.years.length === 0
        ? 0
        : question.years.filter((year) => text.includes(String(year))).length / question.years.length,
      question.national ? (comparesNationally(text) ? 1 : -1) : 0,
      i === 0 ? 1 : 0,
      i === sentences.length - 1 ? 1 : 0,
      Math.log(1 + sentence.end - sentence.start) / 6,
      question.figures.filter((figure) => text.replaceAll(",", "").includes(figure)).length,
    );
  });
}

/** Each sentence's probability to be the one that answers; together 1. */
export function sentenceProbabilities(values: readonly Float32Array[], network: Network | null): number[] {
  const scores = values.map((row) => (network ? score(network, row) : 8 * row[0]! + row[4]!));
  const top = Math.max(...scores);
  const exp = scores.map((s) => Math.exp(s - top));
  const all = exp.reduce((a, b) => a + b, 0);
  return exp.map((e) => e / all);
}

/** The stretch of the passage to quote, and the sentence in it that most likely answers. */
export function chooseSentences(
  passage: Passage,
  sentences: readonly Span[],
  probabilities: readonly number[],
): { quote: Span; best: Span } {
  const at = probabilities.indexOf(Math.max(...probabilities));
  const best = sentences[at] ?? { start: 0, end: passage.text.length };
  if (sentences.length === 0 || passage.text.length <= WHOLE)
    return { quote: { start: 0, end: passage.text.length }, best };
  let from = at;
  let to = at;
  const fits = (a: number, b: number) => sentences[b]!.end - sentences[a]!.start <= LONGEST;
  for (const i of probabilities
    .map((_, index) => index)
    .toSorted((a, b) => probabilities[b]! - probabilities[a]!)) {
    if (probabilities[i]! < ALONG || !fits(Math.min(from, i), Math.max(to, i))) continue;
    from = Math.min(from, i);
    to = Math.max(to, i);
  }
  const lead = passage.text.slice(sentences[from]!.start, sentences[from]!.end);
  if (from > 0 && LEANS.test(lead) && fits(from - 1, to)) from--;
  return { quote: { start: sentences[from]!.start, end: sentences[to]!.end }, best };
}
