// A ranking -> how likely its first passage answers and the documents answer at all, and what follows:
// answer, unsure or none. Networks and thresholds were fitted on questions apart from any evaluation
// set (models/README.md); here they are only applied.

import { FEATURES, type Feature } from "../retrieval/features.ts";
import { type Network, score, sigmoid } from "../retrieval/network.ts";
import type { StatedRates, Thresholds } from "../index/calibration.ts";
import type { Ranking } from "../retrieval/rank.ts";
import { findSupport, type Support, wantsSomething } from "../retrieval/support.ts";
import type { Outcome } from "../types.ts";

/** The rates that thresholds are fitted for, by `npm run train`. */
export const STATED: StatedRates = { refused: 0.02, notAsserted: 0.25 };

export interface Calibration extends Thresholds {
  /** Gives the probability that the first passage answers. */
  readonly right: Network;
  /** Gives the probability that the documents answer at all, found or not. */
  readonly answerable: Network;
  /** What the thresholds were fitted for; absent from files written before that was kept: `STATED`. */
  readonly stated?: StatedRates;
}

export interface Judgement {
  readonly outcome: Outcome;
  /** Probability that the first passage answers. */
  readonly confidence: number;
}

/** Features of the first passage that tell an answer from a near miss. */
const OWN = [
  "bm25",
  "expanded",
  "dense",
  "late",
  "lateSentence",
  "latePair",
  "lateContext",
  "covered",
  "coveredContext",
  "coveredSentence",
  "weakest",
  "weakestSentence",
  "secondWeakest",
  "focus",
  "focusSentence",
  "denseSentence",
  "figures",
  "figuresMissing",
  "place",
  "elsewhere",
  "year",
  "yearMissing",
  "yearEither",
  "month",
  "monthDocument",
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
  "national",
  "newestDocument",
  "neighbour",
] as const satisfies readonly Feature[];

export const REFUSAL_FEATURES = [
  ...OWN,
  "share",
  "margin",
  "fifth",
  "isQuestion",
  "unknown",
  "support",
  "supportWanted",
  "beside",
  "questionLength",
  "third",
  "oneDocument",
] as const;

/** What the calibration weighs. `isQuestion` is the message's probability to be a question to the documents. */
export function refusalFeatures({ candidates, context }: Ranking, isQuestion: number): Float32Array {
  const first = candidates[0];
  if (!first) return new Float32Array(REFUSAL_FEATURES.length);
  const scores = candidates.map((candidate) => candidate.score);
  const exp = scores.map((s) => Math.exp(s - scores[0]!));
  const all = exp.reduce((a, b) => a + b, 0);
  const { question, matching, index } = context;
  const passage = index.passages[first.place]!;
  const { sentences, text, context: around } = index.lexical.passages[first.place]!;
  // The best supported answer of its sentences.
  const wanted = wantsSomething(question);
  const supports = wanted
    ? sentences.flatMap(
        ({ start, end }) =>
          findSupport(passage.text.slice(start, end), question, matching, index.lexical) ?? [],
      )
    : [];
  const support = supports.reduce<Support | null>(
    (best, other) => (best && best.value >= other.value ? best : other),
    null,
  );
  // How well the heaviest words are met, worst first.
  const byWeight = matching.words
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 6)
    .map((word) => matching.best(word, text, around))
    .toSorted((a, b) => a - b);
  const unknown = context.matching.words.reduce((sum, word) => sum + (word.known ? 0 : word.share), 0);
  return Float32Array.from([
    ...OWN.map((name) => first.features[FEATURES.indexOf(name)]!),
    1 / all,
    Math.min(6, scores[0]! - (scores[1] ?? scores[0]! - 6)),
    Math.min(8, scores[0]! - (scores[4] ?? scores[0]! - 8)),
    Math.max(-2.5, Math.min(2.5, Math.log((isQuestion + 1e-4) / (1 - isQuestion + 1e-4)))),
    unknown,
    support?.value ?? (wanted ? -0.3 : 0.4),
    wanted ? 1 : 0,
    supports.reduce((top, other) => Math.max(top, other.beside), question.wants.has("number") ? -0.5 : 0),
    Math.log(1 + matching.words.length) / 3,
    byWeight[2] ?? byWeight.at(-1) ?? 0,
    candidates.slice(0, 5).filter(({ place }) => context.index.passages[place]!.document === passage.document)
      .length / 5,
  ]);
}

/** Without a calibration: guesses at the two thresholds. */
const GUESSED = { assert: 0.55, refuse: 0.3 };

/** Judges a ranking by its features. Without a calibration: a guess from the word-by-word score. */
export function judge(values: Float32Array, calibration: Calibration | null): Judgement {
  if (!calibration) {
    const guess = sigmoid(6 * (values[REFUSAL_FEATURES.indexOf("lateContext")]! - 0.6));
    return {
      outcome: guess >= GUESSED.assert ? "answer" : guess >= GUESSED.refuse ? "unsure" : "none",
      confidence: guess,
    };
  }
  const confidence = sigmoid(score(calibration.right, values));
  const answerable = sigmoid(score(calibration.answerable, values));
  const outcome =
    answerable < calibration.refuse ? "none" : confidence >= calibration.assert ? "answer" : "unsure";
  return { outcome, confidence };
}

/** An answer that something speaks against is a guess, and no likelier than what is asserted at least. */
export function doubted({ confidence }: Judgement, calibration: Calibration | null): Judgement {
  return { outcome: "unsure", confidence: Math.min(confidence, (calibration ?? GUESSED).assert) };
}
