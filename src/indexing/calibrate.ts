// A new index -> whether the thresholds of refusal fit it: a few questions without an answer and a few with
// one are put to it, and what becomes of them is kept with the index. Nobody has to mark anything. The
// thresholds stay as they were fitted: moving them by such questions was tried (models/README.md).

import type { Models } from "../answer/models.ts";
import { probe } from "../answer/probe.ts";
import { STATED } from "../answer/refusal.ts";
import type { StoredCalibration } from "../index/calibration.ts";
import type { OpenIndex } from "../index/open-index.ts";

/** Questions of each kind where nobody waits for an index. */
export const THOROUGH = 100;
/** Questions about something else that may be answered without doubt; 7 to 13 % are on inspection reports (models/README.md). */
const MAX_OFF_TOPIC_ASSERTED = 0.15;
/** Share of an index's passages that may come or go before it is asked again. */
const MAX_CHANGED = 0.05;
/** What lies further above a stated rate than chance takes it once in a hundred times is told. */
const CHANCE = 0.01;

/**
 * Questions of each kind put to a new index: they must not hold it up, and the more passages, the longer
 * each takes. Enough to tell that something is amiss, not to measure rates.
 */
export function probesFor(passages: number): number {
  return passages <= 5_000 ? 10 : 4;
}

/**
 * What is known of an index before, as long as few of the passages have changed since it was asked: asking
 * a large one takes a second, and one report more changes nothing. Null where it has to be asked anew.
 */
export function stillKnown(
  before: StoredCalibration | null | undefined,
  models: Models,
  changed: number,
  passages: number,
): StoredCalibration | null {
  if (before?.models !== models.id) return null;
  const since = before.since + changed;
  return since <= MAX_CHANGED * passages ? { ...before, since } : null;
}

/** Checks the thresholds in force on an index. */
export async function calibrate(
  index: OpenIndex,
  models: Models,
  { count = probesFor(index.passages.length), signal }: { count?: number; signal?: AbortSignal | undefined },
): Promise<StoredCalibration> {
  const { calibration, id } = models;
  return {
    models: id,
    thresholds: calibration && { refuse: calibration.refuse, assert: calibration.assert },
    stated: calibration?.stated ?? STATED,
    since: 0,
    ...(await probe(index, models, count, signal)),
  };
}

/** What a maintainer should know about refusal in this corpus; empty when all is as stated. */
export function warningsOf({ offTopic, own, stated }: StoredCalibration): string[] {
  const told = (what: string, count: number, asked: number, rate: number, wrong: readonly string[] = []) =>
    isBeyond(count, asked, rate)
      ? [
          `${count} of ${asked} ${what} (${Number((100 * rate).toFixed(1))} % may be)${
            wrong.length === 0 ? "" : `, such as ${wrong.map((text) => `“${text}”`).join(", ")}`
          }`,
        ]
      : [];
  const { refused, asserted, asked } = own;
  const found = [
    ...told(
      "questions about something else are answered without doubt",
      offTopic.asserted,
      offTopic.asked,
      MAX_OFF_TOPIC_ASSERTED,
      offTopic.wrong,
    ),
    ...told("questions made of the documents are refused", refused, asked, stated.refused, own.wrong),
    ...told(
      "questions made of the documents are not answered without doubt",
      asked - asserted,
      asked,
      stated.notAsserted,
    ),
  ];
  return found.map((what) => `Refusal may not fit this corpus: ${what}. ${REMEDY}`);
}

const REMEDY =
  "npm run index -- --check asks more of them; npm run eval -- --questions FILE measures it on questions of your own.";

/** Whether `count` of `asked` or more are less likely than `CHANCE` at this rate: the exact binomial test, one-sided. */
function isBeyond(count: number, asked: number, rate: number): boolean {
  let [fewer, exactly] = [0, (1 - rate) ** asked];
  for (let k = 0; k < count; k++) {
    fewer += exactly;
    exactly *= ((asked - k) / (k + 1)) * (rate / (1 - rate));
  }
  return count > 0 && 1 - fewer < CHANCE;
}
