// A page's lines -> lines and table rows. A table shows in cells that stand under each other with
// white space between their columns; a row, in what stands at one height of them. A list's marks are
// not cells, and `Published:   8 May 2015` is a line.

import { isContents, readContents } from "./pdf-contents.ts";
import { type Column, columnOf, fits, SAME_CELL, widen } from "./pdf-grid.ts";
import { type Line, MARK, type Segment, sizeOf, textOfLine } from "./pdf-lines.ts";
import type { Measure } from "./pdf-measure.ts";
import { type Flow, readRows } from "./pdf-rows.ts";

/** Rows of one table stand closer than this, in ems. */
const MAX_ROW_GAP = 5;
/** Lines that a cell may go on without anything beside it. */
const MAX_WRAP = 8;

/** Tells the tables among a page's lines from the rest. */
export function readTables(lines: readonly Line[], measure: Measure): Flow[] {
  const rows = lines.map((line) => ({ ...line, segments: cellsOf(line) }));
  const out: Flow[] = [];
  let start = 0;
  for (let i = 0; i < rows.length; i++) {
    const contents = isContents(textOfLine(lines[i]!)) ? readContents(lines, i + 1) : null;
    if (contents) {
      for (const line of lines.slice(start, i + 1)) out.push({ line });
      for (const row of contents.rows) out.push({ row });
      start = contents.end;
      i = contents.end - 1;
      continue;
    }
    if ((rows[i]!.segments.length < 2 && !isBeside(rows[i]!, rows[i + 1])) || isField(rows[i]!)) continue;
    const { from, to, columns } = region(rows, start, i, measure);
    for (const line of lines.slice(start, from)) out.push({ line });
    out.push(...readRows(lines.slice(from, to), rows.slice(from, to), columns, measure));
    start = to;
    i = to - 1;
  }
  for (const line of lines.slice(start)) out.push({ line });
  return out;
}

/** A line's segments, a mark and the words after it taken as one, dot leaders as the gap that they fill. */
function cellsOf(line: Line): Segment[] {
  const split = line.segments.flatMap((segment) => {
    const dots = /^(.*?\S)\s*(?:\.\s?){4,}\s*(\S.{0,8})?$/.exec(segment.text);
    if (!dots?.[1]) return [segment];
    const end = segment.x1 - (dots[2]?.length ?? 0) * segment.size * 0.6;
    const first = { ...segment, text: dots[1], x1: segment.x0 + dots[1].length * segment.size * 0.4 };
    return dots[2] ? [first, { ...segment, text: dots[2], x0: end }] : [first];
  });
  const [first, second, ...rest] = split.filter(({ text }) => !/^[.\s_]+$/.test(text));
  if (!first) return [...line.segments];
  if (!second || !MARK.test(first.text) || second.x0 - first.x1 > 5 * first.size)
    return [first, ...(second ? [second, ...rest] : [])];
  return [{ ...second, x0: first.x0, text: `${first.text} ${second.text}` }, ...rest];
}

/** `Published:   8 May 2015`: a label and its value are read along the line. */
const isField = (line: Line) => line.segments.length === 2 && line.segments[0]!.text.endsWith(":");

/** Whether two lines stand side by side, at most half a line apart: cells of one row, set in the middle. */
function isBeside(line: Line, next: Line | undefined): boolean {
  const [a, b] = [line.segments[0]!, next?.segments[0]];
  if (!next || !b || next.segments.length > 1 || next.y - line.y > 0.8 * Math.min(a.size, b.size))
    return false;
  return a.x0 > b.x1 + a.size / 2 || b.x0 > a.x1 + a.size / 2;
}

/** The lines around line `i` whose cells keep to the same columns: from, to (exclusive). */
function region(rows: readonly Line[], start: number, i: number, measure: Measure) {
  const first =
    rows[i]!.segments.length > 1
      ? rows[i]!.segments
      : [rows[i]!, rows[i + 1]!].flatMap((row) => row.segments);
  const columns = first.map(({ x0, x1 }) => ({ x0, x1 })).toSorted((a, b) => a.x0 - b.x0);
  const near = (a: Line, b: Line, ems: number) =>
    b.y - a.y <= ems * Math.max(sizeOf(a), sizeOf(b)) && b.y > a.y;
  let to = i + 1;
  for (let j = i + 1, waiting = 0; j < rows.length && waiting <= MAX_WRAP; j++) {
    const row = rows[j]!;
    if (!near(rows[j - 1]!, row, MAX_ROW_GAP) || !fits(columns, row.segments) || isField(row)) break;
    waiting++;
    const further = columns.indexOf(columnOf(columns, row.segments[0]!)!) > 0;
    const goesOn = to === j && belongs(columns, rows[j - 1]!, row, measure);
    if (row.segments.length < 2 && !further && !goesOn) continue;
    widen(columns, row.segments);
    to = j + 1;
    waiting = 0;
  }
  let from = i;
  for (let j = i - 1, waiting = 0; j >= start && waiting <= MAX_WRAP; j--, waiting++) {
    const row = rows[j]!;
    if (!near(row, rows[j + 1]!, MAX_ROW_GAP) || row.segments.length > 1 || !fits(columns, row.segments))
      break;
    const further = columns.indexOf(columnOf(columns, row.segments[0]!)!) > 0;
    if (!further && !(from === j + 1 && belongs(columns, rows[from]!, row, measure))) continue;
    from = j;
    waiting = -1;
  }
  return { from, to, columns };
}

/** Whether a line with one segment is part of the table that line `edge` ends: a cell's line, or a cell by itself. */
function belongs(columns: readonly Column[], edge: Line, line: Line, measure: Measure): boolean {
  const only = line.segments[0]!;
  const size = Math.min(sizeOf(edge), only.size);
  const gap = Math.abs(line.y - edge.y) / size;
  if (line.segments.length > 1 || Math.abs(sizeOf(edge) - only.size) > size * 0.1 || !fits(columns, [only]))
    return false;
  const column = columns.findIndex(({ x0 }) => Math.abs(x0 - only.x0) < only.size * 1.7);
  return column > 0 ? gap <= MAX_ROW_GAP : column === 0 && gap <= SAME_CELL * measure.leading;
}
