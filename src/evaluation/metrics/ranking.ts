// A ranking's gains -> how good its order is. `gains[i]` is the gain of the passage at rank i + 1 (0: not
// relevant), `ideal` the gains of everything relevant, found or not. Pure; who is relevant is judged
// elsewhere.

/** 1 when a relevant passage is among the first `k`, else 0 (also called hit rate; trec_eval `success_k`). */
export function success(gains: readonly number[], k: number): number {
  return gains.slice(0, k).some((gain) => gain > 0) ? 1 : 0;
}

/**
 * Share, 0 to 1, of the `relevant` passages (1 and up) that are among the first `k`.
 * Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), §8.3; trec_eval `recall.k`.
 */
export function recall(gains: readonly number[], relevant: number, k: number): number {
  return gains.slice(0, k).filter((gain) => gain > 0).length / relevant;
}

/**
 * 1 / rank of the first relevant passage, 0 when none is among the first `k`. Averaged over questions it
 * is MRR@k. Voorhees, The TREC-8 Question Answering Track Report (1999); trec_eval `recip_rank`.
 */
export function reciprocalRank(gains: readonly number[], k: number): number {
  const index = gains.slice(0, k).findIndex((gain) => gain > 0);
  return index < 0 ? 0 : 1 / (index + 1);
}

/**
 * Discounted cumulative gain of the first `k`: the sum of gain / log2(rank + 1).
 * Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques (2002), with the discount of
 * Burges et al. (2005) that trec_eval uses.
 */
export function dcg(gains: readonly number[], k: number): number {
  return gains.slice(0, k).reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
}

/** DCG over the DCG of the best possible order, 0 to 1; 0 when nothing is relevant. trec_eval `ndcg_cut.k`. */
export function ndcg(gains: readonly number[], ideal: readonly number[], k: number): number {
  const best = dcg(
    ideal.toSorted((a, b) => b - a),
    k,
  );
  return best === 0 ? 0 : dcg(gains, k) / best;
}
