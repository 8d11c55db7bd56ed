// A question -> an answer made of quotations: understood, ranked, judged, quoted and proved. The one
// path that every door takes.

import type { OpenIndex } from "../index/open-index.ts";
import { FEATURES } from "../retrieval/features.ts";
import { messageKinds } from "../retrieval/message-kind.ts";
import { parseQuestion } from "../retrieval/question.ts";
import type { Candidate } from "../retrieval/rank.ts";
import type { Answer, Passage, Question, Quote, RankedPassage } from "../types.ts";
import type { Models } from "./models.ts";
import { cite } from "./quote.ts";
import { answerQuotes, FURTHER, quoter } from "./quoting.ts";
import { readMessage } from "./reading.ts";
import { doubted, type Judgement } from "./refusal.ts";
import { doubtOf, reasonOf } from "./reason.ts";
import { plainLine } from "./plain-line.ts";
import { smallTalk, withoutPreamble } from "./small-talk.ts";

/** Ranked passages in an answer, unless asked otherwise. */
const TOP = 10;
/** Nearest passages shown without an answer. */
const NEAREST = 3;
/**
 * A passage so far behind the first, in the ranker's log-odds and what was added to them, has nothing to add to
 * an answer. Of 33 questions whose right passage came second or third, it was never further behind; of the other
 * passages there, two in five were.
 */
const APART = 4.5;
const COVERED = FEATURES.indexOf("coveredContext");

/** Answers a question from an index. */
export async function answerQuestion(question: Question, index: OpenIndex, models: Models): Promise<Answer> {
  const started = performance.now();
  const kinds = models.messages ? messageKinds(withoutPreamble(question.text), models.messages) : null;
  const reading = await readMessage(question, kinds, index, models);
  const { understood, mended, focus, ranking, gap, outcome } = reading;
  const { candidates } = ranking;
  const isAboutLast = understood.followUp && understood.sure;
  const covered = isAboutLast ? 1 : (candidates[0]?.features[COVERED] ?? 0);
  // Whoever names people of the documents asks about them.
  const isMessage = kinds !== null && !understood.again && ranking.people === null;
  const small = isMessage ? smallTalk(kinds, outcome, covered) : null;
  const plain = plainLine(
    question.text,
    [...index.documents.values()].map(({ info }) => info),
  );
  const talk = plain === null ? small : { line: plain, hides: true };
  // A reason that can be told says more than that it is about something else.
  const chat = gap === null || talk?.hides ? talk : null;

  const context = await quoter(focus, mended, ranking, index, models);
  const quotes = outcome === "none" || chat !== null ? [] : answerQuotes(ranking, context, index);
  const quoted = new Set(quotes.map((quote) => quote.passage));
  const others = chat?.hides ? [] : candidates.filter(({ place }) => !quoted.has(index.passages[place]!.id));
  const top = candidates[0]?.score ?? 0;
  const related = others
    .filter(({ score }) => quotes.length === 0 || top - score < APART)
    .slice(0, quotes.length === 0 ? NEAREST : Math.max(0, FURTHER + 1 - quotes.length))
    .flatMap(({ place }) => context(index.passages[place]!) ?? [])
    // Bold marks answers: what is only related has none.
    .map((quote) => (quotes.length === 0 ? { ...quote, bold: [] } : quote));
  const doubt =
    quotes.length === 0 || understood.again ? null : doubtOf(focus, passagesOf(quotes, index), ranking);
  const { outcome: settled, confidence } = settle(reading, quotes, doubt, models);
  return {
    question: question.text,
    understood: mended,
    outcome: settled,
    confidence: chat ? 0 : confidence,
    message: chat?.line ?? (settled === "none" ? reasonOf(parseQuestion(mended), reading) : doubt),
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

/** Nothing is an answer that quotes nothing, and nothing that is doubted is one without doubt. */
function settle(
  { outcome, confidence }: Judgement,
  quotes: readonly Quote[],
  doubt: string | null,
  { calibration }: Models,
): Judgement {
  if (quotes.length === 0) return { outcome: "none", confidence };
  return outcome === "answer" && doubt !== null
    ? doubted({ outcome, confidence }, calibration)
    : { outcome, confidence };
}

function passagesOf(quotes: readonly Quote[], index: OpenIndex): Passage[] {
  return quotes.map(({ passage }) => index.passages[index.places.get(passage)!]!);
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
    ...(passage.attribution && { attribution: passage.attribution.text }),
    score: Math.round(score * 1000) / 1000,
  };
}

function named(features: Float32Array): Record<string, number> {
  return Object.fromEntries(FEATURES.map((name, i) => [name, features[i]!]));
}
