// Marks -> the summary: all metrics over everything, by type of question and by document. What they mean
// is in metrics.ts, how they are shown in reports/.

import { rankedBy, type Ranks } from "../retrieval/rank.ts";
import type { EvaluatedEngine } from "./engine.ts";
import type { Marks } from "./judge.ts";
import { metricsOf } from "./metrics.ts";
import { riskCoverage } from "./metrics/refusal.ts";
import type { TestItem } from "./sets/types.ts";
import type { Summary } from "./summary-schema.ts";

/** `marks` are those of `items`. */
export function summarize(
  items: readonly TestItem[],
  marks: readonly Marks[],
  {
    encoder,
    reranker,
    builtAt,
    models,
  }: Pick<EvaluatedEngine, "encoder" | "reranker" | "builtAt" | "models">,
): Summary {
  const outcomes = { answer: 0, unsure: 0, none: 0 };
  for (const { outcome } of marks) outcomes[outcome] += 1;
  const judged = marks.flatMap(({ confidence, right }) =>
    right === null ? [] : [{ score: confidence, wrong: !right }],
  );
  return {
    questions: marks.length,
    conversations: items.filter(({ isConversation }) => isConversation).length,
    scored: marks.filter(({ answerable }) => answerable !== null).length,
    answerable: marks.filter(({ answerable }) => answerable === true).length,
    outcomes,
    encoder,
    ranking: models === undefined ? null : rankingOf(models, reranker),
    builtAt,
    metrics: metricsOf(marks, true),
    byType: groups(marks, ({ type }) => [type]),
    byDocument: groups(marks, ({ documents }) => documents),
    riskCoverage: riskCoverage(judged),
  };
}

function groups(
  marks: readonly Marks[],
  keysOf: (marks: Marks) => readonly string[],
): Record<string, { questions: number; metrics: Summary["metrics"] }> {
  const keys = [...new Set(marks.flatMap(keysOf))].toSorted();
  return Object.fromEntries(
    keys.map((key) => {
      const group = marks.filter((one) => keysOf(one).includes(key));
      return [key, { questions: group.length, metrics: metricsOf(group) }];
    }),
  );
}

function rankingOf(models: Ranks, reranker: string | undefined): string {
  return reranker === undefined ? rankedBy(models) : `${rankedBy(models)}, then ${reranker}`;
}
