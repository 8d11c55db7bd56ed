// The shape of a line of a question set (JSONL), once, for reading it and for its JSON Schema. Fields
// that aren't named here are allowed and ignored.

import { z } from "zod";
import { isPartialDate } from "../../documents/dates.ts";

const evidence = z
  .object({
    document: z.string().trim().min(1).describe("The file's path in the corpus without its extension"),
    paragraph: z
      .string()
      .trim()
      .min(1)
      .nullish()
      .describe("The printed paragraph number; null where none is printed"),
    page: z.int().min(1).nullish().describe("The file's page, from 1"),
    quote: z
      .string()
      .trim()
      .min(1)
      .nullish()
      .describe("The words that answer, as they stand in the document"),
  })
  .refine((one) => (one.paragraph ?? one.quote) != null, "needs a paragraph or a quote")
  .describe("A place in the documents that answers; at least one of paragraph and quote");

const date = z.string().refine(isPartialDate, "must be a date such as 2014, 2014-08 or 2014-08-08");

const filter = z
  .object({
    document: z.string().trim().min(1).nullish().describe("Only this document"),
    since: date.nullish().describe("Only documents published at or after this date"),
    until: date.nullish().describe("Only documents published at or before this date"),
  })
  .describe("What may be quoted, as people can choose it too");

const asked = {
  question: z.string().regex(/\S/, "is empty").describe("What is asked"),
  type: z.string().trim().min(1).nullish().describe("What results are broken down by: numeric, chitchat, …"),
  answerable: z
    .boolean()
    .nullish()
    .describe("Whether the documents answer; without it, whether there is evidence or an answer"),
  need: z
    .enum(["any", "all"])
    .nullish()
    .describe("Whether one evidence makes a whole answer (any, the default) or only all together"),
  evidence: z.array(evidence).nullish(),
  answer: z.string().trim().nullish().describe("The gold answer"),
  aliases: z.array(z.string().trim()).nullish().describe("Other ways to write the answer"),
  filter: filter.nullish(),
};

const id = z.string().regex(/\S/, "is empty").describe("Unique in all the sets of a run");

export const questionLine = z
  .object({ id, ...asked })
  .describe("A question; with only id and question it is asked but not scored");

export const conversationLine = z
  .object({
    id,
    filter: filter.nullish().describe("For every turn without a filter of its own"),
    turns: z
      .array(z.object({ id: id.nullish(), ...asked }))
      .min(1)
      .describe("Asked in order, each with the earlier ones"),
  })
  .describe("A conversation");

/** The fields that a line can have, by where they stand. */
export const FIELDS = {
  line: ["id", "turns", ...Object.keys(asked)],
  evidence: Object.keys(evidence.shape),
  filter: Object.keys(filter.shape),
} as const;

export type AskedLine = Omit<z.infer<typeof questionLine>, "id">;

/** The JSON Schema (2020-12) of one line. */
export function lineSchema(): object {
  return z.toJSONSchema(
    z.union([questionLine, conversationLine]).meta({ title: "A line of a question set (JSONL)" }),
    { io: "input" },
  );
}
