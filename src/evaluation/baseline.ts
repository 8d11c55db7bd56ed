// An evaluation's marks -> a file small enough to be committed; such a file and a later evaluation -> what
// was won and lost, and whether that is more than chance.

import { z } from "zod";
import { sha256 } from "../index/versions.ts";
import { messageOf } from "../errors.ts";
import type { Marks } from "./judge.ts";
import { METRICS, metricsOf } from "./metrics.ts";
import { pair, type Paired, questionValues, type QuestionValues } from "./paired.ts";
import { fault, parsed } from "./sets/fault.ts";
import type { TestItem } from "./sets/types.ts";
import type { Summary } from "./summary-schema.ts";

const FORMAT = 1;

const baselineSchema = z.object({
  format: z.literal(FORMAT, { error: `must be ${FORMAT}` }),
  encoder: z.string(),
  ranking: z.string().nullable(),
  metrics: z.record(z.string(), z.number()),
  /** What the numbers of a question's row are. */
  columns: z.array(z.string()).min(1),
  /** Its id, a fingerprint of what was asked and expected, and its values. */
  questions: z.array(z.tuple([z.string(), z.string()]).rest(z.number().nullable())).min(1),
});

export interface Baseline extends QuestionValues {
  readonly encoder: string;
  /** What ranked; null where the engine didn't say. */
  readonly ranking: string | null;
  /** All metrics but the latencies, which differ by machine. */
  readonly metrics: Readonly<Record<string, number>>;
  /** By question id: what changes when the question or what is expected of it changes. */
  readonly asked: ReadonlyMap<string, string>;
}

/** What is kept of an evaluation, to compare later ones with. `marks` are of `items`. */
export function baselineOf(
  items: readonly TestItem[],
  marks: readonly Marks[],
  { encoder, ranking }: Pick<Summary, "encoder" | "ranking">,
): Baseline {
  return {
    encoder,
    ranking,
    metrics: Object.fromEntries(
      Object.entries(metricsOf(marks)).flatMap(([name, { value }]) =>
        METRICS[name]?.unit === "ms" ? [] : [[name, Number(value.toFixed(6))]],
      ),
    ),
    asked: askedIn(items),
    ...questionValues(marks),
  };
}

/** By question id, 32 bits over its words, the turns before it, and what it is marked by. */
export function askedIn(items: readonly TestItem[]): Map<string, string> {
  return new Map(
    items.flatMap(({ turns }) =>
      turns.map(({ id, text, answerable, need, evidence, answers, filter }, i) => {
        const before = turns.slice(0, i).map((turn) => turn.text);
        return [
          id,
          sha256(
            JSON.stringify([text, before, answerable, need, evidence, answers, ...(filter ? [filter] : [])]),
          ).slice(0, 8),
        ];
      }),
    ),
  );
}

/** A line for each question, so that a change of the file can be read. */
export function baselineText({ encoder, ranking, metrics, names, values, asked }: Baseline): string {
  const rows = [...values].map(([id, row]) => `  ${JSON.stringify([id, asked.get(id) ?? "", ...row])}`);
  const head = { format: FORMAT, encoder, ranking, metrics, columns: names };
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "questions": [\n${rows.join(",\n")}\n ]\n}\n`;
}

/** Throws `UserError` naming the file when it isn't a baseline. */
export function parseBaseline(text: string, file: string): Baseline {
  const remedy = "Make it anew with --update-baseline.";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fault(file, `not JSON: ${messageOf(error)}. ${remedy}`);
  }
  const { encoder, ranking, metrics, columns, questions } = parsed(baselineSchema, value, file, remedy);
  const values = new Map<string, readonly (number | null)[]>();
  for (const [i, [id, , ...row]] of questions.entries()) {
    if (row.length !== columns.length)
      throw fault(file, `questions[${i}] has ${row.length} values for ${columns.length} columns. ${remedy}`);
    if (values.has(id)) throw fault(file, `questions[${i}] has the id "${id}" of one before it. ${remedy}`);
    values.set(id, row);
  }
  const asked = new Map(questions.map(([id, print]) => [id, print]));
  return { encoder, ranking, metrics, names: columns, values, asked };
}

/** How the questions of the baseline and of now overlap. */
export interface Overlap {
  /** Ids of the questions that both asked, expecting the same. */
  readonly shared: readonly string[];
  readonly added: number;
  readonly gone: number;
  /** Asked in other words, after other turns, or expecting something else. */
  readonly changed: number;
}

export function overlapOf(before: Baseline["asked"], now: Baseline["asked"]): Overlap {
  const common = [...now.keys()].filter((id) => before.has(id));
  const shared = common.filter((id) => before.get(id) === now.get(id));
  return {
    shared,
    added: now.size - common.length,
    gone: before.size - common.length,
    changed: common.length - shared.length,
  };
}

export interface Comparison extends Overlap {
  readonly paired: readonly Paired[];
  /** Other metrics that changed; none where the questions are not the same, for they can't be compared then. */
  readonly metrics: readonly { readonly name: string; readonly before: number; readonly now: number }[];
  /** What the baseline was made with that is not what is used now: an encoder, a way to rank. */
  readonly other: readonly string[];
  /** `worse` or `better` when something that decides changed beyond chance (p < 0.05); worse goes first. */
  readonly verdict: "worse" | "better" | "same";
}

const SIGNIFICANT = 0.05;
/** What decides over the verdict; a test more is a false alarm more. */
const DECISIVE: ReadonlySet<string> = new Set(["success@1", "headline"]);

/** Compares question by question; questions that only one of them asked count for nothing. */
export function compare(before: Baseline, now: Baseline): Comparison {
  const overlap = overlapOf(before.asked, now.asked);
  const paired = pair(before, now, overlap.shared);
  const same = overlap.added + overlap.gone + overlap.changed === 0;
  const beyondChance = paired.filter(({ name, p }) => DECISIVE.has(name) && p < SIGNIFICANT);
  return {
    ...overlap,
    paired,
    metrics: Object.entries(same ? now.metrics : {}).flatMap(([name, value]) => {
      const old = before.metrics[name];
      const isPaired = paired.some((one) => one.name === name);
      return old === undefined || old === value || isPaired ? [] : [{ name, before: old, now: value }];
    }),
    other: [
      ...(before.encoder === now.encoder ? [] : [`encoder ${before.encoder}`]),
      ...(before.ranking === now.ranking ? [] : [`ranked by ${before.ranking}`]),
    ],
    verdict: beyondChance.some((one) => one.now < one.before)
      ? "worse"
      : beyondChance.length > 0
        ? "better"
        : "same",
  };
}
