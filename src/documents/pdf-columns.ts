// A page's lines in the order of their height -> its parts in the order of reading: each column of
// prose one part, what spans the columns another. A table is no prose: its cells are short, or stand
// apart from each other.

import { type Line, leftOf, rightOf, sizeOf } from "./pdf-lines.ts";

/** Lines that are read one after the other, and the edges that they keep to, in points. */
export interface Part {
  readonly lines: readonly Line[];
  readonly left: number;
  readonly right: number;
}

/** Lines that each column must have. */
const MIN_LINES = 5;
const MIN_LETTERS = 18;
/** Part of its column's width that the usual line of prose fills. */
const FILL = 0.6;
/** White space between columns, in ems. */
const GUTTER = 0.8;

/** Parts one page: its columns from left to right, what spans them in its place. */
export function readParts(page: Part): Part[] {
  const single = page.lines.flatMap((line) => line.segments.map((own) => ({ ...line, segments: [own] })));
  for (const gutter of gutters(single)) {
    for (const [from, to] of stretches(single, gutter)) {
      const inside = single.filter(({ y }) => y >= from && y <= to);
      const left = inside.filter((line) => leftOf(line) < gutter - 1);
      const right = inside.filter((line) => leftOf(line) >= gutter - 1);
      if (!isProse(left) || !isProse(right)) continue;
      const column = (own: readonly Line[], keep: (x: number) => boolean): Part => ({
        lines: cut(page.lines, from, to, keep),
        left: Math.min(...own.map(leftOf)),
        right: Math.max(...own.map(rightOf)),
      });
      return [
        ...readParts({ ...page, lines: page.lines.filter(({ y }) => y < from) }),
        ...readParts(column(left, (x) => x < gutter - 1)),
        ...readParts(column(right, (x) => x >= gutter - 1)),
        ...readParts({ ...page, lines: page.lines.filter(({ y }) => y > to) }),
      ].filter(({ lines }) => lines.length > 0);
    }
  }
  return [page];
}

/** Places where several lines begin right of the first quarter: the left edges of further columns. */
function gutters(single: readonly Line[]): number[] {
  const left = Math.min(...single.map(leftOf));
  const width = Math.max(...single.map(rightOf)) - left;
  const counts = new Map<number, number>();
  for (const line of single) {
    const x = Math.round(leftOf(line));
    if (x > left + width / 4) counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= MIN_LINES - 1)
    .map(([x]) => x)
    .toSorted((a, b) => a - b);
}

/** The stretches of a page, as heights, in which no line crosses a gutter and lines begin at it. */
function stretches(single: readonly Line[], gutter: number): [number, number][] {
  const out: [number, number][] = [];
  let from: number | null = null;
  let to = 0;
  for (const line of single) {
    const crosses = leftOf(line) < gutter - 1 && rightOf(line) > gutter - GUTTER * sizeOf(line);
    if (!crosses) {
      from ??= line.y;
      to = line.y;
    } else if (from !== null) {
      out.push([from, to]);
      from = null;
    }
  }
  if (from !== null) out.push([from, to]);
  return out;
}

function isProse(column: readonly Line[]): boolean {
  if (column.length < MIN_LINES) return false;
  const left = Math.min(...column.map(leftOf));
  const width = Math.max(...column.map(rightOf)) - left;
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const letters = column.map((line) => line.segments[0]!.text.length);
  const gaps = column.slice(1).map((line, i) => (line.y - column[i]!.y) / sizeOf(line));
  const leading = median(gaps);
  return (
    median(letters) >= MIN_LETTERS &&
    median(column.map((line) => rightOf(line) - leftOf(line))) >= FILL * width &&
    leading < 1.7 &&
    gaps.filter((gap) => gap <= leading * 1.25).length >= gaps.length * 0.6
  );
}

function cut(lines: readonly Line[], from: number, to: number, keep: (x: number) => boolean): Line[] {
  return lines
    .filter(({ y }) => y >= from && y <= to)
    .map((line) => ({ ...line, segments: line.segments.filter(({ x0 }) => keep(x0)) }))
    .filter(({ segments }) => segments.length > 0);
}
