// A ranking -> the same passages, the first of them in the order of a cross-encoder, which reads each
// together with the question. The ranking itself is rank.ts's, running the model encoder/reranker.ts's.

import { passageInput } from "../index/plan.ts";
import type { Reranker } from "../types.ts";
import type { Candidate, Ranking } from "./rank.ts";

/** Passages that the cross-encoder reads: each costs a run of the model. */
const DEPTH = 20;

/** The ranking with its first 20 passages reranked for `question`; as it is without a reranker. */
export async function rerank(
  question: string,
  ranking: Ranking,
  reranker: Reranker | null,
): Promise<Ranking> {
  if (reranker === null) return ranking;
  const { candidates, context } = ranking;
  const inputs = candidates.slice(0, DEPTH).map(({ place }) => passageInput(context.index.passages[place]!));
  return { ...ranking, candidates: reorder(candidates, await reranker.score(question, inputs)) };
}

/**
 * Candidates, best first, with the first `crossScores.length` of them sorted by those; equals keep their
 * order, and so do the rest. The ranker's scores stay in their places, so that what follows (refusal,
 * ties, further quotes) sees the distances that it was fitted to:
 *
 *     ranker a 5, b 4, c 1; cross-encoder a 0.1, b 7 -> b 5, a 4, c 1
 */
export function reorder(candidates: readonly Candidate[], crossScores: ArrayLike<number>): Candidate[] {
  const read = candidates
    .slice(0, crossScores.length)
    .map((candidate, i) => ({ ...candidate, crossScore: crossScores[i]! }))
    .toSorted((a, b) => b.crossScore - a.crossScore);
  return candidates.map((candidate, i) =>
    i < read.length ? { ...read[i]!, score: candidate.score } : candidate,
  );
}
