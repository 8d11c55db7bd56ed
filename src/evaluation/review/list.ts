// The passages of one question as they are shown to be picked from: numbered from 1, a few at a time. A
// number that was shown keeps its passage.

import type { Pickable } from "./gold.ts";

/** Passages listed at a time. */
export const LISTED = 5;

export interface PassageList {
  /** How many have been shown. */
  shown(): number;
  /** The shown passage of a number; undefined for other numbers. */
  at(number: number): Pickable | undefined;
  /** Shows the next ones. */
  more(count?: number): string;
  /** Shows those of `found` that haven't been. */
  add(found: readonly Pickable[]): string;
}

/** `line` is how one looks. */
export function passageList(
  ranked: readonly Pickable[],
  line: (number: number, passage: Pickable) => string,
): PassageList {
  let passages = ranked;
  let shown = 0;
  const more = (count = LISTED): string => {
    const from = shown;
    shown = Math.min(passages.length, from + count);
    if (from === shown) return "There are no more.\n";
    return passages
      .slice(from, shown)
      .map((passage, i) => line(from + i + 1, passage))
      .join("");
  };
  return {
    shown: () => shown,
    at: (number) => (number <= shown ? passages[number - 1] : undefined),
    more,
    add(found) {
      const isShown = ({ passage }: Pickable): boolean =>
        passages.slice(0, shown).some((one) => one.passage === passage);
      const fresh = found.filter((one) => !isShown(one));
      const isFresh = ({ passage }: Pickable): boolean => fresh.some((one) => one.passage === passage);
      passages = [
        ...passages.slice(0, shown),
        ...fresh,
        ...passages.slice(shown).filter((one) => !isFresh(one)),
      ];
      return fresh.length === 0 ? "Nothing that isn't listed.\n" : more(fresh.length);
    },
  };
}
