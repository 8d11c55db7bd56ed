// The lines of a document -> what is usual in it: size of its prose, distance of its lines, edges of
// its pages. Everything else is told by how it differs from that.

import { leftOf, rightOf, sizeOf } from "./pdf-lines.ts";
import type { PageLines } from "./pdf-margins.ts";

export interface Measure {
  /** Size of most letters. */
  readonly size: number;
  /** Usual distance of two baselines in a paragraph, in ems. */
  readonly leading: number;
  /** Where most full lines end, by page (from 1). */
  readonly right: (page: number) => number;
  /** Where the text begins, by page: a mirrored layout has two such places. */
  readonly left: (page: number) => number;
}

/** Left or right pages that show where their edges are. */
const MIN_PAGES = 4;

/** Measures a document. */
export function measure(pages: readonly PageLines[]): Measure {
  const lines = pages.flatMap((page) => page.lines);
  const letters = new Map<number, number>();
  for (const line of lines) {
    const size = round(sizeOf(line), 0.5);
    letters.set(
      size,
      (letters.get(size) ?? 0) + line.segments.reduce((sum, { text }) => sum + text.length, 0),
    );
  }
  const size = commonest(letters) ?? 12;
  const leadings = new Map<number, number>();
  for (const { lines: own } of pages) {
    for (const [i, line] of own.entries()) {
      const next = own[i + 1];
      if (!next || Math.abs(sizeOf(line) - size) > 0.5 || Math.abs(sizeOf(next) - size) > 0.5) continue;
      // Only a line that goes on in lower case surely belongs to the paragraph above.
      if (!/^\p{Ll}/u.test(next.segments[0]!.text) || next.segments.length > 1) continue;
      const leading = round((next.y - line.y) / size, 0.05);
      if (leading > 0.8 && leading < 3) leadings.set(leading, (leadings.get(leading) ?? 0) + 1);
    }
  }
  const [odd, even] = [1, 0].map((parity) => pages.filter(({ page }) => page.number % 2 === parity));
  // A mirrored layout shows only where there are several pages of each side.
  const edges = [even, odd].map((own) => {
    const side = own && own.length >= MIN_PAGES ? own : pages;
    return { left: leftEdge(side), right: rightEdge(side, size) };
  });
  return {
    size,
    leading: commonest(leadings) ?? 1.2,
    right: (page) => edges[page % 2]!.right,
    left: (page) => edges[page % 2]!.left,
  };
}

/** The right edge that all but the widest fiftieth of a document's lines keep. */
function rightEdge(pages: readonly PageLines[], size: number): number {
  const all = pages
    .flatMap(({ lines }) => lines)
    .filter((line) => Math.abs(sizeOf(line) - size) <= 0.5)
    .map(rightOf)
    .toSorted((a, b) => a - b);
  return all[Math.floor((all.length - 1) * 0.98)] ?? 0;
}

/** The leftmost place where more than one line in a hundred begins. */
function leftEdge(pages: readonly PageLines[]): number {
  const counts = new Map<number, number>();
  for (const line of pages.flatMap(({ lines }) => lines)) {
    const left = Math.round(leftOf(line));
    counts.set(left, (counts.get(left) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  return Math.min(...[...counts].filter(([, count]) => count > total / 100).map(([left]) => left));
}

function commonest(counts: ReadonlyMap<number, number>): number | undefined {
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}

const round = (value: number, step: number) => Math.round(value / step) * step;
