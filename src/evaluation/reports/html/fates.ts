// Marks -> what became of a question: right, wrong or refused, and with how much doubt. What the report's
// bars count and its list is filtered by.

import type { Marks } from "../../judge.ts";

/** What can become of a scored question, best first; a rightly refused one is right. */
export const FATES = ["right", "right, unsure", "refused wrongly", "wrong, unsure", "wrong"] as const;
export type Fate = (typeof FATES)[number];

/** Null for a question that isn't scored. */
export function fateOf({ answerable, outcome, right }: Marks): Fate | null {
  if (answerable === null) return null;
  if (outcome === "none") return answerable ? "refused wrongly" : "right";
  if (right) return outcome === "answer" ? "right" : "right, unsure";
  return outcome === "answer" ? "wrong" : "wrong, unsure";
}

/** How many of the questions came to each. */
export function fatesOf(marks: readonly Marks[]): Record<Fate, number> {
  const counts = Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>;
  for (const one of marks) {
    const fate = fateOf(one);
    if (fate !== null) counts[fate] += 1;
  }
  return counts;
}

/** `12 right, 3 wrong`: those that there are. */
export function fatesText(counts: Readonly<Record<Fate, number>>): string {
  return FATES.filter((fate) => counts[fate] > 0)
    .map((fate) => `${counts[fate]} ${fate.replace(", ", " but ")}`)
    .join(", ");
}
