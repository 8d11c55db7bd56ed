// Questions that are answered and near misses were written by different rules, and sound different. Weights
// under which the sound of a question says nothing of whether it is answered, so that only the passage
// can tell (stratification on the propensity score: Rosenbaum and Rubin 1983).

import { messageKinds } from "../retrieval/message-kind.ts";
import { type QueryRecord, QUERY_KINDS } from "./data.ts";
import { trainMessageModel } from "./message-kind.ts";
import type { Random } from "./random.ts";

/** Strata of a propensity: enough to follow it, few enough to fill. */
const STRATA = 10;

/** How much a question sounds like a near miss, by its words alone: a number that grows with it. */
export type Propensity = (text: string) => number;

/** Learns the propensity from questions that are asked of no corpus. */
export function fitPropensity(queries: readonly QueryRecord[], random: Random): Propensity {
  const messages = queries.flatMap((query) => [
    ...QUERY_KINDS.flatMap((kind) => (query[kind] ? [{ kind: "answered", text: query[kind] } as const] : [])),
    ...query.near_misses.map((text) => ({ kind: "missed", text }) as const),
  ]);
  const model = trainMessageModel(messages, ["answered", "missed"] as const, random);
  return (text) => {
    const { answered, missed } = messageKinds(text, model);
    return Math.log((missed + 1e-6) / (answered + 1e-6));
  };
}

/** Each value's stratum: tenths of all values. */
export function strataOf(values: readonly number[]): string[] {
  const sorted = values.toSorted((a, b) => a - b);
  const bounds = Array.from(
    { length: STRATA - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / STRATA)]!,
  );
  return values.map((value) => String(bounds.filter((bound) => value >= bound).length));
}

export interface Weighed {
  readonly stratum: string;
  /** `null`: answerable; else the kind of unanswerable question that it is. */
  readonly group: string | null;
  readonly weight: number;
}

/** A stratum's weights change by no more than this: few examples must not speak for many. */
const MOST = 8;

/** New weights, in order: in every stratum each group stands to the answerable questions as it does overall. */
export function balance(rows: readonly Weighed[]): number[] {
  const sum = (of: (row: Weighed) => boolean) =>
    rows.reduce((total, row) => total + (of(row) ? row.weight : 0), 0);
  const answerable = sum((row) => row.group === null);
  const factors = new Map<string, number>();
  const factorOf = ({ stratum, group }: Weighed) => {
    const key = `${group} ${stratum}`;
    let factor = factors.get(key);
    if (factor === undefined) {
      const overall = sum((row) => row.group === group) / answerable;
      const here =
        sum((row) => row.group === group && row.stratum === stratum) /
        (sum((row) => row.group === null && row.stratum === stratum) + 1e-9);
      factor = Math.min(MOST, Math.max(1 / MOST, overall / here));
      factors.set(key, factor);
    }
    return factor;
  };
  return rows.map((row) => (row.group === null ? row.weight : row.weight * factorOf(row)));
}
