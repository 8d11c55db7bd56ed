// The shape of a summary, once, for its type and for the JSON Schema of the results. Part of the
// contract of results.ts.

import { z } from "zod";

const count = z.int().min(0);

const metric = z.object({
  value: z.number().describe("A share or score, 0 to 1 (headline: -1 to 1); latency in milliseconds"),
  n: count.describe("How many questions (quote-integrity: quotes) it is of"),
  low: z
    .number()
    .nullable()
    .describe(
      "95 % interval: Wilson's of shares and means, a bootstrap's of other scores over all questions; else null",
    ),
  high: z.number().nullable(),
});

const metrics = z
  .record(z.string(), metric)
  .describe("By name, as `--help` lists them; a metric that no question counts for is left out");

const group = z.object({ questions: count, metrics });

export const summarySchema = z.object({
  questions: count.describe("Questions asked, each turn of a conversation being one"),
  conversations: count,
  scored: count.describe("Questions that are known to be answerable or unanswerable"),
  answerable: count.describe("Scored questions that the documents answer"),
  outcomes: z.object({ answer: count, unsure: count, none: count }),
  encoder: z.string(),
  ranking: z
    .string()
    .nullable()
    .describe(
      "What ranked the passages: ranker, hybrid, dense or lexical; null where the engine doesn't say",
    ),
  builtAt: z.string().describe("When the index was built, ISO 8601"),
  metrics,
  byType: z.record(z.string(), group),
  byDocument: z.record(z.string(), group).describe("A question counts for each document of its evidence"),
  riskCoverage: z
    .array(z.object({ coverage: z.number(), risk: z.number(), threshold: z.number() }))
    .describe(
      "Answering only with a confidence of at least threshold: the share answered, and the share of it that is wrong",
    ),
});

export type Metric = z.infer<typeof metric>;
export type Summary = z.infer<typeof summarySchema>;
