// A question -> an answer made of quotations: understood, ranked, judged, quoted and proved. The one
// path that every door takes.

import { datedAt } from "../documents/dates.ts";
import type { OpenIndex } from "../index/open-index.ts";
import { FEATURES } from "../retrieval/features.ts";
import { parseQuestion } from "../retrieval/question.ts";
import { type Understood, understand } from "../retrieval/conversation.ts";
import { matchWords } from "../retrieval/matching.ts";
import { LINES, messageKinds, type MessageKind } from "../retrieval/message-kind.ts";
import { rank, type Candidate, type Ranking } from "../retrieval/rank.ts";
import { mendSpelling } from "../retrieval/mend-spelling.ts";
import { authorityOfDocument } from "../retrieval/place.ts";
import { rerank } from "../retrieval/rerank.ts";
import type { Models } from "./models.ts";
import type { Answer, DocumentInfo, Outcome, Passage, Question, Quote, RankedPassage } from "../types.ts";
import { boldSpans } from "./bold.ts";
import { introducedBy, listOf, sectionOf } from "./list.ts";
import { cite, quotePassage } from "./quote.ts";
import { judge, refusalFeatures } from "./refusal.ts";
import { gapOf, reasonOf } from "./reason.ts";
import { chooseSentences, sentenceFeatures, sentenceProbabilities } from "./sentences.ts";

/** Ranked passages in an answer, unless asked otherwise. */
const TOP = 10;
/** Further passages shown beside an answer, and nearest ones shown without one. */
const FURTHER = 2;
const NEAREST = 3;
/** A passage within this of the first one's score may answer as well. */
const NEAR = 0.7;
/** Passages within this of the first one's score answer as well, as far as the ranker can tell. */
const TIE = 0.3;
/** …and of reports of one kind on one authority: what a newer one says counts, if it comes near. */
const SUCCESSION = 1.5;
/** …and as far as the cross-encoder can, its logits within this: odds that differ less than 2.7-fold. */
const CROSS_TIE = 1;
/** Added to the score of the passages quoted last, when a message leans on them. */
const BEFORE = [2, 1.4, 1];
/** …and of their neighbours in the document. */
const BESIDE = 0.7;
const LIST = FEATURES.indexOf("wantsList");
const NUMBER = FEATURES.indexOf("wantsNumber");

/** Answers a question from an index. */
export async function answerQuestion(question: Question, index: OpenIndex, models: Models): Promise<Answer> {
  const started = performance.now();
  const kinds = models.messages ? messageKinds(question.text, models.messages) : null;
  const reading = await read(question, kinds, index, models);
  const { understood, mended, ranking, outcome, confidence } = reading;
  const { candidates } = ranking;
  const followUp = understood.followUp && understood.sure;
  const chat = kinds && !understood.again ? smallTalk(kinds, outcome, followUp) : null;

  const focus = understood.followUp && !understood.again ? understood.focus : mended;
  const context = await quoter(focus, mended, ranking, index, models);
  const quotes = outcome === "none" || chat !== null ? [] : answerQuotes(candidates, context, index);
  const quoted = new Set(quotes.map((quote) => quote.passage));
  const others = chat?.hides ? [] : candidates.filter(({ place }) => !quoted.has(index.passages[place]!.id));
  const related = others
    .slice(0, quotes.length === 0 ? NEAREST : Math.max(0, FURTHER + 1 - quotes.length))
    .flatMap(({ place }) => context(index.passages[place]!) ?? [])
    // Bold marks answers: what is only related has none.
    .map((quote) => (quotes.length === 0 ? { ...quote, bold: [] } : quote));
  const settled = quotes.length === 0 ? "none" : outcome;
  return {
    question: question.text,
    understood: mended,
    outcome: settled,
    confidence: chat ? 0 : confidence,
    message: chat?.line ?? (settled === "none" ? reasonOf(parseQuestion(mended), ranking) : null),
    quotes,
    related,
    passages: asShown(candidates, quotes, index)
      .slice(0, question.top ?? TOP)
      .map((candidate, i) => ({
        ...ranked(candidate, i + 1, index),
        ...(question.explain && candidate.features && { features: named(candidate.features) }),
      })),
    ms: Math.round((performance.now() - started) * 10) / 10,
  };
}

interface Reading {
  readonly understood: Understood;
  readonly mended: string;
  readonly ranking: Ranking;
  readonly outcome: Outcome;
  readonly confidence: number;
}

/** Reads a message with the conversation before it; a short one also by itself, where that is answered. */
async function read(
  question: Question,
  kinds: Record<MessageKind, number> | null,
  index: OpenIndex,
  models: Models,
): Promise<Reading> {
  const isQuestion = kinds?.question ?? 1;
  const interpret = async (understood: Understood): Promise<Reading> => {
    const mended = await mendSpelling(understood.text, index);
    const before = placesOf(understood, index);
    const plain = await rank(mended, index, models.ranker, question.filter, before, models.variant);
    const reranked = await rerank(mended, plain, models.reranker);
    const ranking = newestFirst(withBefore(reranked, understood, index), index);
    const judged =
      ranking.candidates.length === 0
        ? ({ outcome: "none", confidence: 0 } as const)
        : understood.again
          ? ({ outcome: "answer", confidence: 1 } as const)
          : gapOf(parseQuestion(mended), ranking) !== null
            ? ({ outcome: "none", confidence: 0 } as const)
            : judge(
                refusalFeatures(ranking, understood.sure && understood.followUp ? 1 : isQuestion),
                models.calibration,
              );
    return { understood, mended, ranking, ...judged };
  };
  const understood = understand(question.text, question.history ?? []);
  if (understood.followUp && !understood.sure) {
    const alone = await interpret(understand(question.text, []));
    if (alone.outcome === "answer" || isQuestion < DOUBTFUL) return alone;
  }
  return interpret(understood);
}

/** Kinds that ask nothing at all; the others may be questions that look odd. */
const CHAT: ReadonlySet<MessageKind> = new Set([
  "greeting",
  "thanks",
  "bye",
  "bot",
  "ack",
  "insult",
  "smalltalk",
]);
/** A message this unlikely to be a question to the documents is none, whatever they hold. */
const NO_QUESTION = 0.3;
/** …and so is one this unlikely that is about something else. */
const OFF_TOPIC = 0.1;
/** Where the documents don't answer, a likelier one may still get a fitting line. */
const DOUBTFUL = 0.5;

/** The line for a message that asks the documents nothing, and whether it hides what is near; null for questions. */
function smallTalk(
  kinds: Record<MessageKind, number>,
  outcome: Outcome,
  followUp: boolean,
): { line: string; hides: boolean } | null {
  const [kind] = (Object.entries(kinds) as [MessageKind, number][]).reduce((a, b) => (b[1] > a[1] ? b : a));
  const hides = CHAT.has(kind);
  const limit = outcome === "none" ? DOUBTFUL : hides ? NO_QUESTION : followUp ? 0 : OFF_TOPIC;
  const line = LINES[kind];
  return line !== undefined && kinds.question < limit ? { line, hides } : null;
}

/** Where the passages quoted last stand, with their neighbours. */
function placesOf({ before }: Understood, index: OpenIndex): number[] {
  return before.flatMap((id) => {
    const place = index.places.get(id);
    return place === undefined
      ? []
      : [place - 1, place, place + 1].filter(
          (other) => index.passages[other]?.document === index.passages[place]!.document,
        );
  });
}

/**
 * Where several documents answer as well and no time is asked for, the newest comes first: judgements
 * of different years update each other.
 */
function newestFirst(ranking: Ranking, index: OpenIndex): Ranking {
  const { years, notYears, months, after, before } = ranking.context.question;
  const timed = years.length + notYears.length + months.length > 0 || after !== null || before !== null;
  const { candidates } = ranking;
  const best = candidates[0];
  if (timed || best === undefined) return ranking;
  const infoOf = ({ place }: Candidate) => index.documents.get(index.passages[place]!.document)!.info;
  const yearOf = (candidate: Candidate) => (datedAt(infoOf(candidate)) ?? "").slice(0, 4);
  const tied = candidates.filter((candidate) => {
    const gap = isSuccession(infoOf(best), infoOf(candidate)) ? SUCCESSION : TIE;
    return best.score - candidate.score < gap && crossGap(best, candidate) < CROSS_TIE;
  });
  const order = [
    ...tied.toSorted((a, b) => yearOf(b).localeCompare(yearOf(a))),
    ...candidates.filter((candidate) => !tied.includes(candidate)),
  ];
  // They change places, and so do their scores.
  return {
    ...ranking,
    candidates: order.map((candidate, i) => ({ ...candidate, score: candidates[i]!.score })),
  };
}

/** Whether two documents are reports of one kind on one authority, of which the newer one counts. */
function isSuccession(a: DocumentInfo, b: DocumentInfo): boolean {
  return (
    a.kind === b.kind && authorityOfDocument(a) !== "" && authorityOfDocument(a) === authorityOfDocument(b)
  );
}

function crossGap({ crossScore: a }: Candidate, { crossScore: b }: Candidate): number {
  return a === undefined || b === undefined ? 0 : Math.abs(a - b);
}

/** Passages quoted last, and their neighbours, come first when a message leans on them. */
function withBefore(ranking: Ranking, { before, again }: Understood, index: OpenIndex): Ranking {
  if (before.length === 0) return ranking;
  const bonus = new Map<number, number>();
  const add = (place: number, value: number) => bonus.set(place, Math.max(bonus.get(place) ?? 0, value));
  for (const [i, id] of before.slice(0, BEFORE.length).entries()) {
    const place = index.places.get(id);
    if (place === undefined) continue;
    add(place, again ? 1000 - i : BEFORE[i]!);
    for (const other of [place - 1, place + 1])
      if (index.passages[other]?.document === index.passages[place]!.document) add(other, BESIDE);
  }
  const candidates = ranking.candidates.map((candidate) => ({
    ...candidate,
    score: candidate.score + (bonus.get(candidate.place) ?? 0),
  }));
  return { ...ranking, candidates: candidates.toSorted((a, b) => b.score - a.score || a.place - b.place) };
}

/** Quotes of a passage: the sentences that answer, the answering words in bold. */
async function quoter(
  focus: string,
  whole: string,
  ranking: Ranking,
  index: OpenIndex,
  models: Models,
): Promise<(passage: Passage) => Quote | null> {
  const question = parseQuestion(focus);
  const places = ranking.candidates.map(({ place }) => place);
  const matching =
    focus === whole ? ranking.context.matching : await matchWords(question.terms, index, places);
  const parsed = {
    ...parseQuestion(whole),
    wants: question.wants.size > 0 ? question.wants : parseQuestion(whole).wants,
    national: question.national,
    years: question.years.length > 0 ? question.years : parseQuestion(whole).years,
  };
  return (passage) => {
    const { sentences } = index.lexical.passages[index.places.get(passage.id)!]!;
    const values = sentenceFeatures(passage, sentences, parsed, matching);
    const { quote, best } = chooseSentences(
      passage,
      sentences,
      sentenceProbabilities(values, models.sentences),
    );
    return quotePassage(
      passage,
      quote,
      boldSpans(passage.text, best, parsed, matching, index.lexical),
      index,
    );
  };
}

/** The first passage, the rest of its list where a list is asked for, and those that answer as well. */
function answerQuotes(
  candidates: readonly Candidate[],
  quote: (passage: Passage) => Quote | null,
  index: OpenIndex,
): Quote[] {
  const first = candidates[0]!;
  const passage = index.passages[first.place]!;
  const wantsList = first.features[LIST]! > 0;
  const asksFigure = first.features[NUMBER]! > 0;
  const begins = passage.text.endsWith(":");
  const group =
    !begins && wantsList
      ? wholeList(passage, index)
      : begins && (wantsList || !asksFigure)
        ? introducedBy(passage, index)
        : [];
  if (group.length > 1)
    return group.flatMap((item) => quotePassage(item, { start: 0, end: item.text.length }, [], index) ?? []);
  const near = candidates.slice(1, 1 + FURTHER).filter(({ score }) => first.score - score < NEAR);
  return [first, ...near].flatMap(({ place }) => quote(index.passages[place]!) ?? []);
}

function wholeList(passage: Passage, index: OpenIndex): Passage[] {
  const list = listOf(passage, index);
  return list.length > 1 ? list : sectionOf(passage, index, 12);
}

/** An item of a list that is quoted whole need not be a candidate itself. */
type Shown = Pick<Candidate, "place" | "score"> & Partial<Pick<Candidate, "features">>;

/** One step of `RankedPassage.score`, as it is rounded. */
const STEP = 0.001;

/**
 * The ranking as the answer shows it: a list that is quoted whole stands together, its best item
 * first, before the sentence that introduces it.
 */
function asShown(candidates: readonly Candidate[], quotes: readonly Quote[], index: OpenIndex): Shown[] {
  const shown = quotes.map((quote) => index.places.get(quote.passage)!);
  if (shown.every((place, i) => candidates[i]!.place === place)) return [...candidates];
  const top = candidates[0]!.score;
  const first = candidates.find(({ place }) => shown.includes(place))?.place;
  const together = new Set([...(first === undefined ? [] : [first]), ...shown]);
  return [
    ...[...together].map((place, i) => ({
      ...candidates.find((candidate) => candidate.place === place),
      place,
      score: top - i * STEP,
    })),
    ...candidates
      .filter(({ place }) => !together.has(place))
      .map((candidate) => ({
        ...candidate,
        score: Math.min(candidate.score, top - together.size * STEP),
      })),
  ];
}

function ranked({ place, score }: Shown, position: number, index: OpenIndex): RankedPassage {
  const passage = index.passages[place]!;
  return {
    rank: position,
    ...cite(passage, index),
    passage: passage.id,
    text: passage.text,
    leadIn: passage.leadIn?.text ?? null,
    score: Math.round(score * 1000) / 1000,
  };
}

function named(features: Float32Array): Record<string, number> {
  return Object.fromEntries(FEATURES.map((name, i) => [name, features[i]!]));
}
