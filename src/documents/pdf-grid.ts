// Segments of lines -> the columns of white-space-separated cells that they keep to.

import type { Segment } from "./pdf-lines.ts";

/** A column's edges, in points. */
export interface Column {
  x0: number;
  x1: number;
}

/** Points by which a column's cells may stand apart at their common edge. */
export const ALIGNED = 4;
/** Lines of one cell stand closer than this many times the usual distance. */
export const SAME_CELL = 1.3;

/** How much of a segment stands in a column, in points; negative: how far it is from it. */
const shared = ({ x0, x1 }: Column, segment: Column) => Math.min(x1, segment.x1) - Math.max(x0, segment.x0);

/** The column that most of a segment stands in. */
export function columnOf(columns: readonly Column[], segment: Column): Column | undefined {
  const nearest = columns.toSorted((a, b) => shared(b, segment) - shared(a, segment))[0];
  return nearest && shared(nearest, segment) > -ALIGNED ? nearest : undefined;
}

/** Whether each segment touches at most one column, and no two segments the same. */
export function fits(columns: readonly Column[], segments: readonly Segment[]): boolean {
  const touched = segments.map((segment) => columns.filter((column) => shared(column, segment) > 0));
  const own = segments.map((segment) => columnOf(columns, segment)).filter((column) => column !== undefined);
  return touched.every(({ length }) => length <= 1) && new Set(own).size === own.length;
}

/** Adds the segments to their columns, or as columns of their own. */
export function widen(columns: Column[], segments: readonly Segment[]): void {
  for (const { x0, x1 } of segments) {
    const column = columnOf(columns, { x0, x1 });
    if (column) {
      column.x0 = Math.min(column.x0, x0);
      column.x1 = Math.max(column.x1, x1);
    } else columns.push({ x0, x1 });
  }
  columns.sort((a, b) => a.x0 - b.x0);
}
