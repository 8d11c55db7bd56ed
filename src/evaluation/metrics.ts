// Marks -> named metrics. The table below is all there is: the summary, the terminal table, --fail-under
// and the baseline know a metric by its name here. How marks become a figure is in metric-kinds.ts, formulas
// are in metrics/.

import type { Marks } from "./judge.ts";
import { ndcg, recall, reciprocalRank, success } from "./metrics/ranking.ts";
import { aurc, auroc, coverageAtRisk, refusalScores } from "./metrics/refusal.ts";
import type { Ranking } from "./match.ts";
import {
  average,
  joint,
  latency,
  type MetricDefinition,
  type Of,
  share,
  shareOfQuotes,
} from "./metric-kinds.ts";
import { isNearMiss, isOffTopic } from "./sets/types.ts";
import type { Metric } from "./summary-schema.ts";

function rankingMetrics(prefix: string, what: string, of: Of<Ranking>): Record<string, MetricDefinition> {
  const on = (metric: (ranking: Ranking) => number) => (marks: Marks) => {
    const ranking = of(marks);
    return ranking === null ? null : metric(ranking);
  };
  const hit = (k: number) => (marks: Marks) => {
    const ranking = of(marks);
    return ranking === null ? null : success(ranking.gains, k) === 1;
  };
  return {
    [`${prefix}success@1`]: share(`First ${what} is a right one`, hit(1)),
    [`${prefix}success@5`]: share("A right one is among the first 5", hit(5)),
    ...Object.fromEntries(
      [1, 3, 5, 10].map((k) => [
        `${prefix}recall@${k}`,
        average(
          `Right ones among the first ${k}`,
          on(({ gains, relevant }) => recall(gains, relevant, k)),
        ),
      ]),
    ),
    [`${prefix}mrr@10`]: average(
      "1 / rank of the first right one",
      on(({ gains }) => reciprocalRank(gains, 10)),
    ),
    [`${prefix}ndcg@10`]: average(
      "Discounted gain against the best order",
      on(({ gains, relevant }) =>
        ndcg(
          gains,
          Array.from({ length: relevant }, () => 1),
          10,
        ),
      ),
    ),
  };
}

const isAnswerable = (marks: Marks, value: boolean): boolean | null =>
  marks.answerable === true ? value : null;
const judged: Of<{ score: number; wrong: boolean }> = ({ confidence, right }) =>
  right === null ? null : { score: confidence, wrong: !right };
const decision: Of<{ refused: boolean; answerable: boolean }> = ({ answerable, outcome }) =>
  answerable === null ? null : { refused: outcome === "none", answerable };
const unanswerable = (marks: Marks, isType: (type: string) => boolean, value: boolean): boolean | null =>
  marks.answerable === false && isType(marks.type) ? value : null;

/** Every metric by its name. */
export const METRICS: Readonly<Record<string, MetricDefinition>> = {
  // As in CRAG, Comprehensive RAG Benchmark (Yang et al., NeurIPS 2024): accurate, missing, incorrect.
  headline: average("+1 right, 0 refused, -1 wrong", ({ points }) => points, -1),
  ...rankingMetrics("", "passage", ({ passages }) => passages),
  ...rankingMetrics("document/", "document", ({ documentRanking }) => documentRanking),
  "follow-up/success@1": share(
    "success@1 of questions after a conversation's first",
    ({ isFollowUp, passages }) => (isFollowUp && passages !== null ? success(passages.gains, 1) === 1 : null),
  ),
  "answer-in-quote": share("The answer stands in the quotes", ({ answerInQuote }) => answerInQuote),
  "answer-in-quote/right": share(
    "The same, where the first passage is right",
    ({ answerInQuote, passages }) =>
      passages !== null && success(passages.gains, 1) === 1 ? answerInQuote : null,
  ),
  "answer-f1": average("Token F1 of the bold words", ({ answerF1 }) => answerF1),
  "answer-exact": share("The bold words are the answer", ({ answerExact }) =>
    answerExact === null ? null : answerExact === 1,
  ),
  "citation-exact": share(
    "Document, paragraph and page of right words",
    ({ citationExact }) => citationExact,
  ),
  "quote-integrity": shareOfQuotes(
    "Quotes that stand word for word in their document",
    ({ quotes }) => quotes,
  ),
  "asserted/right": share("Answers given without doubt that are right", ({ outcome, right }) =>
    outcome === "answer" ? right : null,
  ),
  "answerable/refused": share(
    "Answerable questions refused",
    (m) => isAnswerable(m, m.outcome === "none"),
    "lower",
  ),
  "answerable/asserted": share("Answerable questions answered without doubt", (m) =>
    isAnswerable(m, m.outcome === "answer"),
  ),
  "near-miss/refused": share("Near misses refused", (m) => unanswerable(m, isNearMiss, m.outcome === "none")),
  "near-miss/asserted": share(
    "Near misses answered without doubt",
    (m) => unanswerable(m, isNearMiss, m.outcome === "answer"),
    "lower",
  ),
  "off-topic/refused": share("Off-topic questions and small talk refused", (m) =>
    unanswerable(m, isOffTopic, m.outcome === "none"),
  ),
  "refusal/precision": share("Refused questions that are unanswerable", ({ answerable, outcome }) =>
    answerable === null || outcome !== "none" ? null : !answerable,
  ),
  "refusal/recall": share("Unanswerable questions that are refused", ({ answerable, outcome }) =>
    answerable === false ? outcome === "none" : null,
  ),
  "refusal/f1": joint("Harmonic mean of the two", decision, (all) => refusalScores(all).f1),
  "refusal/auroc": joint(
    "Answerable ones have the higher confidence",
    ({ answerable, confidence }) =>
      answerable === null ? null : { score: confidence, positive: answerable },
    auroc,
  ),
  aurc: joint("Area under the risk-coverage curve", judged, aurc, "lower"),
  "coverage@5%wrong": joint("Most confident share with 5 % wrong", judged, (all) =>
    coverageAtRisk(all, 0.05),
  ),
  "latency/p50": latency("Median time of a question", 0.5),
  "latency/p95": latency("Time that 95 % of questions stay below", 0.95),
};

/**
 * Every metric that some question counts for, by name. With `draws`, those that are no mean have an interval,
 * too; it takes a second for a thousand questions.
 */
export function metricsOf(marks: readonly Marks[], draws = false): Record<string, Metric> {
  const metrics: Record<string, Metric> = {};
  for (const [name, { of }] of Object.entries(METRICS)) {
    const metric = of(marks, draws);
    if (metric !== null) metrics[name] = metric;
  }
  return metrics;
}
