// Decisions and confidences -> how well the bot knows when not to answer. Pure; what counts as right and
// as refused is judged elsewhere.

/** Precision, recall and F1 of refusing, 0 to 1; null where nothing was refused or nothing should be. */
export interface RefusalScores {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/**
 * Refusing as a classifier of unanswerable questions: precision = rightly refused / refused, recall =
 * rightly refused / unanswerable, F1 their harmonic mean (van Rijsbergen, Information Retrieval, 1979).
 */
export function refusalScores(
  decisions: readonly { readonly refused: boolean; readonly answerable: boolean }[],
): RefusalScores {
  const refused = decisions.filter((decision) => decision.refused).length;
  const unanswerable = decisions.filter((decision) => !decision.answerable).length;
  const both = decisions.filter((decision) => decision.refused && !decision.answerable).length;
  return {
    precision: refused === 0 ? null : both / refused,
    recall: unanswerable === 0 ? null : both / unanswerable,
    f1: refused + unanswerable === 0 ? null : (2 * both) / (refused + unanswerable),
  };
}

/**
 * Area under the ROC curve, 0 to 1: the probability that a positive scores above a negative, ties
 * counting half. Hanley & McNeil (1982), by ranks (Mann & Whitney, 1947). Null without both kinds.
 */
export function auroc(
  scored: readonly { readonly score: number; readonly positive: boolean }[],
): number | null {
  const positives = scored.filter(({ positive }) => positive).length;
  const negatives = scored.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let rankSum = 0;
  let before = 0;
  for (const tie of ties(scored, (a, b) => a - b)) {
    const averageRank = before + (tie.length + 1) / 2;
    rankSum += averageRank * tie.filter(({ positive }) => positive).length;
    before += tie.length;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Answering only the most confident share `coverage` of the questions, the share `risk` is wrong. */
export interface RiskPoint {
  readonly coverage: number;
  readonly risk: number;
  /** The lowest confidence that is answered. */
  readonly threshold: number;
}

type Judged = { readonly score: number; readonly wrong: boolean };

/**
 * The risk-coverage curve, one point per distinct confidence, coverage ascending to 1. El-Yaniv & Wiener,
 * On the Foundations of Noise-free Selective Classification (2010).
 */
export function riskCoverage(judged: readonly Judged[]): RiskPoint[] {
  const points: RiskPoint[] = [];
  let covered = 0;
  let wrong = 0;
  for (const tie of ties(judged, (a, b) => b - a)) {
    covered += tie.length;
    wrong += tie.filter((one) => one.wrong).length;
    points.push({ coverage: covered / judged.length, risk: wrong / covered, threshold: tie[0]!.score });
  }
  return points;
}

/**
 * Area under the risk-coverage curve, 0 to 1, lower is better: the mean risk over coverage 1/n … n/n,
 * errors within a tie spread evenly. Geifman, Uziel & El-Yaniv, Bias-Reduced Uncertainty Estimation for
 * Deep Neural Classifiers (2019). Null without questions.
 */
export function aurc(judged: readonly Judged[]): number | null {
  if (judged.length === 0) return null;
  let covered = 0;
  let wrong = 0;
  let sum = 0;
  for (const tie of ties(judged, (a, b) => b - a)) {
    const rate = tie.filter((one) => one.wrong).length / tie.length;
    for (let i = 0; i < tie.length; i++) {
      covered += 1;
      wrong += rate;
      sum += wrong / covered;
    }
  }
  return sum / judged.length;
}

/** The largest coverage, 0 to 1, that some threshold reaches with a risk of at most `risk`. */
export function coverageAtRisk(judged: readonly Judged[], risk: number): number | null {
  if (judged.length === 0) return null;
  return Math.max(
    0,
    ...riskCoverage(judged)
      .filter((point) => point.risk <= risk)
      .map((point) => point.coverage),
  );
}

/** Groups of equal scores, in the order of `compare`. */
function ties<T extends { readonly score: number }>(
  items: readonly T[],
  compare: (a: number, b: number) => number,
): T[][] {
  const groups: T[][] = [];
  for (const item of items.toSorted((a, b) => compare(a.score, b.score))) {
    const last = groups.at(-1);
    if (last?.[0]?.score === item.score) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
