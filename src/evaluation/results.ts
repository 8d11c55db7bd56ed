// Answers -> the JSON that `npm run eval -- --json OUT` writes. A contract: its schema is in
// schemas/results.schema.json, and fields may be added but not changed.

import { z } from "zod";
import type { Answer, Citation } from "../types.ts";
import type { Report } from "./reports/report.ts";
import type { TestQuestion } from "./sets/types.ts";
import { summarySchema } from "./summary-schema.ts";

const citation = {
  document: z.string().describe("The file's path in the corpus without its extension"),
  section: z
    .string()
    .nullable()
    .describe("The headings above it, outermost first, joined by ` › `; null without any"),
  paragraph: z.string().nullable().describe("The printed paragraph number; null where none is printed"),
  page: z.int().nullable().describe("The file's page, from 1; null where the format has none"),
};

const result = z.object({
  id: z.string().describe("The question's; of a conversation's turn without one, `CONVERSATION/1` and so on"),
  question: z.string(),
  outcome: z
    .enum(["answer", "unsure", "none"])
    .describe("answer: the quotes answer; unsure: they may; none: the documents don't say"),
  answered: z.boolean().describe("Whether outcome isn't none"),
  confidence: z.number().min(0).max(1).describe("Probability that the first quote answers"),
  quotes: z
    .array(z.object({ text: z.string().describe("Word for word as in the document"), ...citation }))
    .describe("Best first; empty with outcome none"),
  passages: z
    .array(
      z.object({
        rank: z.int().min(1),
        ...citation,
        text: z.string().describe("The passage's own words"),
        score: z.number().describe("Higher is better; comparable within one question only"),
      }),
    )
    .max(10)
    .describe("The first 10 of the ranking, best first"),
  ms: z.number().min(0).describe("Milliseconds from question to answer"),
});

export const resultsSchema = z
  .object({
    summary: summarySchema,
    results: z
      .array(z.union([result, z.object({ id: z.string(), turns: z.array(result) })]))
      .describe("In the order of the question sets; a conversation holds the results of its turns"),
  })
  .meta({ title: "Results of an evaluation" });

export type Result = z.infer<typeof result>;
export type Results = z.infer<typeof resultsSchema>;

/** The JSON Schema (2020-12) of the results file. */
export function resultsJsonSchema(): object {
  return z.toJSONSchema(resultsSchema, { io: "input" });
}

/** The report: the summary, and a line for each question or conversation. */
export function jsonReport(file: string): Report {
  return {
    file,
    between: ",\n",
    part: ({ item, asked }) => {
      const results = asked.map(({ test, answer }) => resultOf(test, answer));
      const parts: Results["results"] = item.isConversation ? [{ id: item.id, turns: results }] : results;
      return parts.map((one) => JSON.stringify(one)).join(",\n");
    },
    around: (summary) => ({
      before: `{"summary": ${JSON.stringify(summary, null, 1)},\n"results": [\n`,
      after: "\n]}\n",
    }),
  };
}

function resultOf({ id, text: question }: TestQuestion, answer: Answer): Result {
  const { outcome, confidence, ms } = answer;
  return {
    id,
    question,
    outcome,
    answered: outcome !== "none",
    confidence,
    quotes: outcome === "none" ? [] : answer.quotes.map((quote) => ({ text: quote.text, ...cited(quote) })),
    passages: answer.passages.slice(0, 10).map(({ rank, text, score, ...passage }) => ({
      rank,
      ...cited(passage),
      text,
      score,
    })),
    ms,
  };
}

function cited({ document, section, paragraph, page }: Citation) {
  return { document, section: sectionText(section), paragraph, page };
}

/** `["A", "B"]` -> `A › B`; null without headings. */
export function sectionText(section: readonly string[]): string | null {
  return section.length === 0 ? null : section.join(" › ");
}
