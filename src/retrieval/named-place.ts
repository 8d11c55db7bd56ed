// Ranked passages -> those that name the place asked about first, where no document is about it: what is
// said of Slough in a report on another authority is all that there is to say.

import { FEATURES } from "./features.ts";
import type { Ranking } from "./rank.ts";

const PLACE = FEATURES.indexOf("place");

/** They change places with the others, and so do their scores: how sure the ranking is remains the same. */
export function namedPlaceFirst(ranking: Ranking): Ranking {
  const { candidates, context } = ranking;
  if (context.placeIndexed) return ranking;
  const naming = candidates.filter(({ features }) => features[PLACE] === 1);
  if (naming.length === 0) return ranking;
  const order = [...naming, ...candidates.filter((candidate) => !naming.includes(candidate))];
  return {
    ...ranking,
    candidates: order.map((candidate, i) => ({ ...candidate, score: candidates[i]!.score })),
  };
}
