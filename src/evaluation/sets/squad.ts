// The text of a SQuAD 2.0 file -> test items, and the documents that its paragraphs make. Rajpurkar, Jia &
// Liang, Know What You Don't Know (2018). A question's evidence is its whole paragraph; `plausible_answers`
// are not used.

import { z } from "zod";
import { messageOf } from "../../errors.ts";
import { fault, parsed } from "./fault.ts";
import type { TestItem } from "./types.ts";

const squad = z.object({
  data: z.array(
    z.object({
      title: z.string().trim().min(1),
      paragraphs: z.array(
        z.object({
          context: z.string().trim().min(1),
          qas: z.array(
            z.object({
              id: z.string().trim().min(1),
              question: z.string().trim().min(1),
              is_impossible: z.boolean().optional(),
              answers: z
                .array(z.object({ text: z.string(), answer_start: z.number().optional() }))
                .optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** Throws `UserError` naming the file, and the line for a question's faults. */
export function readSquad(text: string, file: string): TestItem[] {
  const items: TestItem[] = [];
  for (const { title, paragraphs } of parseSquad(text, file).data) {
    for (const { context, qas } of paragraphs) {
      for (const { id, question, is_impossible: impossible = false, answers = [] } of qas) {
        const at = `${file}:${lineOf(id, text)}`;
        if (!impossible && answers.length === 0) {
          throw fault(at, `question "${id}" has no answers and isn't marked is_impossible.`);
        }
        const turn = {
          id,
          at,
          text: question,
          type: impossible ? "unanswerable_near_miss" : "squad",
          answerable: !impossible,
          need: "any" as const,
          evidence: impossible
            ? []
            : [{ document: squadDocument(title), paragraph: undefined, page: null, quote: context }],
          answers: impossible ? [] : [...new Set(answers.map((answer) => answer.text))],
        };
        items.push({ id, at, isConversation: false, turns: [turn] });
      }
    }
  }
  return items;
}

/** A document for each title: its id and its text, the title and then the paragraphs. */
export function squadCorpus(text: string, file: string): { id: string; text: string }[] {
  const documents = new Map<string, string[]>();
  for (const { title, paragraphs } of parseSquad(text, file).data) {
    const id = squadDocument(title);
    const blocks = documents.get(id) ?? [title.replaceAll("_", " ")];
    // A blank line would cut the paragraph in two.
    blocks.push(...paragraphs.map(({ context }) => context.replace(/\s*\n\s*/g, " ")));
    documents.set(id, blocks);
  }
  return [...documents].map(([id, blocks]) => ({ id, text: `${blocks.join("\n\n")}\n` }));
}

/** A title as a file's name: `Normans`, `1973_oil_crisis`. */
function squadDocument(title: string): string {
  return title.replace(/[^\p{L}\p{N}()-]+/gu, "_");
}

function parseSquad(text: string, file: string): z.infer<typeof squad> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = messageOf(error).replace(/\s+/g, " ");
    throw fault(file, `not JSON: ${reason}. A .json file must be SQuAD 2.0; use .jsonl for lines.`);
  }
  return parsed(squad, value, file);
}

function lineOf(id: string, text: string): number {
  const offset = text.indexOf(JSON.stringify(id));
  return text.slice(0, Math.max(0, offset)).split("\n").length;
}
