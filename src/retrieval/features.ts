// A question and one passage -> the numbers that the ranker weighs. Each is about 0 to 1, or a
// difference from the best passage's. The names are the ranker file's: adding one means re-training.

import { datedAt } from "../documents/dates.ts";
import type { OpenIndex } from "../index/open-index.ts";
import type { PassageWords, SentenceWords } from "../index/lexical.ts";
import { findExplanation } from "../text/acronyms.ts";
import { fold } from "../text/terms.ts";
import type { AcronymAsked } from "./acronym-asked.ts";
import { comparesNationally, holds } from "./evidence.ts";
import type { FeatureContext } from "./feature-context.ts";
import type { Matching } from "./matching.ts";
import { placeMatch } from "./place.ts";
import type { Want } from "./question.ts";
import { TIME_FEATURES, timeFeatures } from "./time.ts";

export const FEATURES = [
  "bm25",
  "bm25OfBest",
  "bm25Gap",
  "expanded",
  "expandedOfBest",
  "dense",
  "denseGap",
  "late",
  "lateGap",
  "lateSentence",
  "lateSentenceGap",
  "latePair",
  "denseSentence",
  "denseSentenceGap",
  "lateContext",
  "lateContextGap",
  "covered",
  "coveredContext",
  "coveredSentence",
  "weakest",
  "weakestSentence",
  "secondWeakest",
  "focus",
  "focusSentence",
  "figures",
  "figuresMissing",
  "place",
  "elsewhere",
  ...TIME_FEATURES,
  "wanted",
  "number",
  "percent",
  "money",
  "duration",
  "person",
  "date",
  "grade",
  "reason",
  "list",
  "organisation",
  "explains",
  "wantsNumber",
  "wantsPerson",
  "wantsGrade",
  "wantsReason",
  "wantsYesno",
  "wantsList",
  "newestDocument",
  "newestAsked",
  "national",
  "sourceWords",
  "documentBest",
  "length",
  "neighbour",
] as const;
export type Feature = (typeof FEATURES)[number];

/** Kinds of answers that can be seen in a sentence. */
const SEEN_KINDS = [
  "number",
  "percent",
  "money",
  "duration",
  "person",
  "date",
  "grade",
  "reason",
] as const satisfies readonly Want[];

/** The features of the passage at `place`, in the order of `FEATURES`. */
export function features(place: number, context: FeatureContext): Float32Array {
  const { question, matching, index, scores, best } = context;
  const passage = index.passages[place]!;
  const words = index.lexical.passages[place]!;
  const document = index.documents.get(passage.document)!.info;
  const { sentence, text } = bestSentence(passage.text, words, context);
  // Who speaks may stand in an earlier paragraph, which is the better answer to who somebody is.
  const absent = (want: Want) =>
    want === "person" && passage.attribution && holds(passage.attribution.text, want) ? 0 : -1;
  const answers = (want: Want) => (question.wants.has(want) ? (holds(text, want) ? 1 : absent(want)) : 0);
  const kinds = SEEN_KINDS.filter((want) => question.wants.has(want));
  const wants = (want: Want) => (question.wants.has(want) ? 1 : 0);
  const both = [words.text, words.context] as const;
  const weights = matching.words.map((word) => ({
    share: word.share,
    best: matching.best(word, ...both),
    own: matching.best(word, sentence?.words ?? words.text),
  }));
  const focus = matching.words.find((word) => word.stem === question.focus);
  const heavy = weights.toSorted((a, b) => b.share - a.share).slice(0, 4);
  const weak = heavy.map((word) => word.best).toSorted((a, b) => a - b);
  const { figures } = question;
  const found = figures.filter((figure) => holdsFigure(figure, words, index)).length;
  const neighbours = [place - 1, place + 1].filter(
    (other) => index.passages[other]?.document === passage.document,
  );

  const values: Record<Feature, number> = {
    bm25: scores.bm25[place]! / (context.bm25Mass * 1.5 + 1e-6),
    bm25OfBest: best.bm25 > 0 ? scores.bm25[place]! / best.bm25 : 0,
    bm25Gap: (scores.bm25[place]! - best.bm25) / 10,
    expanded: scores.expanded[place]! / (context.bm25Mass * 1.5 + 1e-6),
    expandedOfBest: best.expanded > 0 ? scores.expanded[place]! / best.expanded : 0,
    dense: scores.dense[place]!,
    denseGap: scores.dense[place]! - best.dense,
    late: scores.late[place]!,
    lateGap: scores.late[place]! - best.late,
    lateSentence: scores.lateSentence[place]!,
    lateSentenceGap: scores.lateSentence[place]! - best.lateSentence,
    denseSentence: scores.denseSentence[place]!,
    denseSentenceGap: scores.denseSentence[place]! - best.denseSentence,
    latePair: bestPair(words, matching),
    lateContext: scores.lateContext[place]!,
    lateContextGap: scores.lateContext[place]! - best.lateContext,
    covered: matching.covered(words.text),
    coveredContext: matching.covered(...both),
    coveredSentence: sentence ? matching.covered(sentence.words) : 0,
    weakest: weak[0] ?? 0,
    secondWeakest: weak[1] ?? weak[0] ?? 0,
    weakestSentence: Math.min(1, ...heavy.map((word) => word.own)),
    focus: focus ? matching.best(focus, ...both) : 0.6,
    focusSentence: focus ? matching.best(focus, sentence?.words ?? words.text) : 0.6,
    figures: figures.length === 0 ? 0 : found / figures.length,
    figuresMissing: figures.length === 0 ? 0 : 1 - found / figures.length,
    ...placeMatch(context.places, context.placeIndexed, passage.text, index.documents.get(passage.document)!),
    ...timeFeatures(question, passage.text, document, context.recency.get(passage.document) ?? 0),
    wanted: kinds.length === 0 ? 0 : kinds.reduce((sum, want) => sum + answers(want), 0) / kinds.length,
    number: answers("number"),
    percent: answers("percent"),
    money: answers("money"),
    duration: answers("duration"),
    person: answers("person"),
    date: answers("date"),
    grade: answers("grade"),
    reason: answers("reason"),
    list: answers("list"),
    organisation: answers("organisation"),
    explains: explains(passage.text, question.acronym),
    wantsNumber: wants("number"),
    wantsPerson: wants("person"),
    wantsGrade: wants("grade"),
    wantsReason: wants("reason"),
    wantsYesno: wants("yesno"),
    wantsList: wants("list"),
    newestDocument: question.newest
      ? (datedAt(document) ?? "").slice(0, 4) === context.newest.slice(0, 4)
        ? 1
        : -1
      : 0,
    newestAsked: question.newest ? 1 : 0,
    national: question.national ? (comparesNationally(passage.text) ? 1 : -1) : 0,
    sourceWords: sourceWords(question.text, document.kind ?? ""),
    documentBest: (context.bestOf.get(passage.document) ?? 0) - best.lateContext,
    length: Math.min(1, words.length / 12),
    neighbour: Math.max(0, ...neighbours.map((other) => scores.lateContext[other]!)) - best.lateContext,
  };
  return Float32Array.from(FEATURES, (name) => values[name]);
}

/** 1 where the abbreviation asked for is spelled out, -1 where nothing else would do. */
function explains(text: string, acronym: AcronymAsked | null): number {
  if (acronym === null) return 0;
  return findExplanation(text, acronym.short) ? 1 : acronym.only ? -1 : 0;
}

function bestSentence(
  text: string,
  words: PassageWords,
  { matching, question }: FeatureContext,
): { sentence: SentenceWords | undefined; text: string } {
  let top: SentenceWords | undefined;
  let score = -Infinity;
  for (const sentence of words.sentences) {
    const own = text.slice(sentence.start, sentence.end);
    let value = matching.score(sentence.words);
    for (const want of ["number", "percent", "person", "date", "grade"] as const)
      if (question.wants.has(want) && holds(own, want)) value += 0.1;
    if (value > score) {
      score = value;
      top = sentence;
    }
  }
  return { sentence: top, text: top ? text.slice(top.start, top.end) : text };
}

/** Two sentences beside each other often answer together. */
function bestPair(words: PassageWords, matching: Matching): number {
  if (words.sentences.length < 2) return matching.score(words.text);
  let top = -1;
  for (let i = 1; i < words.sentences.length; i++)
    top = Math.max(top, matching.score(words.sentences[i - 1]!.words, words.sentences[i]!.words));
  return top;
}

function holdsFigure(figure: string, words: PassageWords, index: OpenIndex): boolean {
  const number = index.lexical.numbers.get(figure);
  return number !== undefined && words.text.includes(number);
}

/** "the story", "the article" against "the report": 1 if the document's kind is the one named, -1 if another. */
function sourceWords(question: string, kind: string): number {
  const folded = fold(question);
  const news =
    /\b(?:story|stories|article|news (?:report|item|piece)|in the news|newspaper|press|coverage|headline)\b/.test(
      folded,
    );
  const report = /\b(?:inspection report|the report|ofsted report|\d{4} report)\b/.test(folded);
  if (news === report || kind === "") return 0;
  return news === /news/.test(kind) ? 1 : -1;
}
