// Rankings of questions that are answered and of questions that are not -> the calibration: two networks
// that give probabilities, and the two thresholds for a stated mix of questions.

import { type Calibration, judge, REFUSAL_FEATURES, STATED } from "../answer/refusal.ts";
import { type Network, score, sigmoid } from "../retrieval/network.ts";
import type { Outcome } from "../types.ts";
import { balance, type Propensity, strataOf } from "./balance.ts";
import { fitNetwork } from "./network.ts";
import type { Random } from "./random.ts";

/** Questions of a kind, in shares of what a team asks: the mix for which the thresholds hold. */
const MIX: Readonly<Record<string, number>> = {
  direct: 0.22,
  colloquial: 0.35,
  lay: 0.2,
  terse: 0.05,
  oblique: 0.08,
  list: 0.04,
  time: 0.06,
  place: 0.02,
  year: 0.04,
  acronym: 0.02,
};
/** Questions to news for each one to a report. */
const NEWS = 0.4;
/** Kinds that sound answered and are not; the other kinds without an answer ask nothing of the documents. */
const NEAR_MISSES: ReadonlySet<string> = new Set(["near_miss", "elsewhere", "other year", "other acronym"]);
const NEAR_MISS_WEIGHT = 3;
/** What a message that asks nothing of the documents weighs, beside a near miss. */
const MESSAGE_WEIGHT = 2.5;

export interface Scored {
  readonly kind: string;
  readonly text: string;
  readonly answerable: boolean;
  readonly right: boolean;
  readonly features: Float32Array;
}

/** Fits the calibration to questions asked of corpora that the ranker had not seen. */
export function fitRefusal(fitting: readonly Scored[], propensity: Propensity, random: Random): Calibration {
  const asked = fitting.filter((row) => row.answerable || NEAR_MISSES.has(row.kind));
  const strata = strataOf(asked.map((row) => propensity(row.text)));
  const balanced = balance(
    asked.map((row, i) => ({
      stratum: strata[i]!,
      group: row.answerable ? null : "near miss",
      weight: row.answerable ? (MIX[row.kind.replace("story ", "")] ?? 0.1) * 5 : NEAR_MISS_WEIGHT,
    })),
  );
  const weights = new Map(asked.map((row, i) => [row, balanced[i]!]));
  const fit = (label: (row: Scored) => boolean) =>
    fitNetwork(
      fitting.map((row) => ({
        values: [row.features],
        right: [label(row) ? 1 : 0],
        weight: weights.get(row) ?? MESSAGE_WEIGHT,
      })),
      {
        inputs: REFUSAL_FEATURES,
        hidden: 16,
        epochs: 20,
        rate: 0.003,
        decay: 3e-3,
        members: 3,
        random,
        loss: "row",
      },
    );
  const networks = { right: fit((row) => row.right), answerable: fit((row) => row.answerable) };
  return {
    ...networks,
    refuse: threshold(fitting, networks.answerable, STATED.refused),
    assert: threshold(fitting, networks.right, STATED.notAsserted),
    stated: STATED,
  };
}

/** The probability below which the allowed share of answerable questions, in the mix, lies. */
function threshold(rows: readonly Scored[], network: Network, share: number): number {
  const counts = new Map<string, number>();
  const answerable = rows.filter((row) => row.answerable);
  for (const { kind } of answerable) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const weighed = answerable
    .map((row) => ({
      p: sigmoid(score(network, row.features)),
      weight:
        ((row.kind.startsWith("story ") ? NEWS : 1) * (MIX[row.kind.replace("story ", "")] ?? 0)) /
        counts.get(row.kind)!,
    }))
    .toSorted((a, b) => a.p - b.p);
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  for (const { p, weight } of weighed)
    if ((sum += weight) >= share * total) return Math.round(p * 10_000) / 10_000;
  return 0;
}

/** What ranker and refusal reach, by kind of question. */
export function measure(rows: readonly Scored[], calibration: Calibration): string[] {
  const kinds = [...new Set(rows.map((row) => row.kind))].toSorted();
  const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  return [
    "| kind | questions | right first | refused | asserted |",
    "|---|---|---|---|---|",
    ...kinds.map((kind) => {
      const own = rows.filter((row) => row.kind === kind);
      const outcomes = own.map((row) => judge(row.features, calibration).outcome);
      const share = (outcome: Outcome) =>
        percent(outcomes.filter((other) => other === outcome).length, own.length);
      const right = own[0]!.answerable ? percent(own.filter((row) => row.right).length, own.length) : "–";
      return `| ${kind} | ${own.length} | ${right} | ${share("none")} | ${share("answer")} |`;
    }),
  ];
}
