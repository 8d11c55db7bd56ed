// `success@1=0.75` -> a bound, and a summary against its bounds -> those that it misses. What follows from
// a missed one is the caller's.

import { UserError } from "../errors.ts";
import { METRICS } from "./metrics.ts";
import type { Summary } from "./summary-schema.ts";

export interface Threshold {
  readonly metric: string;
  readonly bound: number;
  /** Whether the value must not be under the bound, or not over it. */
  readonly side: "under" | "over";
}

/**
 * Parses `METRIC=NUMBER` of `--fail-under` or `--fail-over`. Throws `UserError` on a metric that isn't
 * known or is better the other way, and on a number that isn't one.
 */
export function parseThreshold(text: string, side: Threshold["side"]): Threshold {
  const option = `--fail-${side}`;
  const [, metric = "", number = ""] = /^([^=]*)=?(.*)$/s.exec(text.trim()) ?? [];
  const definition = Object.hasOwn(METRICS, metric) ? METRICS[metric] : undefined;
  if (definition === undefined) {
    throw new UserError(
      `${option}: "${metric}" is not a metric. There are: ${Object.keys(METRICS).join(", ")}.`,
    );
  }
  if (!/^-?(?:\d+\.?\d*|\.\d+)$/.test(number)) {
    throw new UserError(`${option} must be METRIC=NUMBER, such as success@1=0.75; got "${text}".`);
  }
  const better = side === "under" ? "higher" : "lower";
  if (definition.better !== better) {
    const other = side === "under" ? "over" : "under";
    throw new UserError(
      `${option}: ${metric} is better when ${definition.better}; use --fail-${other} ${text}.`,
    );
  }
  return { metric, bound: Number(number), side };
}

/** A line for each bound that is missed. A metric without a value misses its bound: nothing was measured. */
export function missed(thresholds: readonly Threshold[], { metrics }: Summary): string[] {
  return thresholds.flatMap(({ metric, bound, side }) => {
    const value = metrics[metric]?.value;
    if (value === undefined) return [`${metric} has no value: no question counts for it`];
    if (side === "under" ? value >= bound : value <= bound) return [];
    return [`${metric} is ${Number(value.toFixed(4))}, ${side} ${bound}`];
  });
}
