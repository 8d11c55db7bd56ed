// A page's lines -> lines and table rows. A table shows in cells that stand under each other with
// white space between their columns; a row, in what stands at one height of them. A list's marks are
// not cells, and `Published:   8 May 2015` is a line.

import { type Line, MARK, type Segment, sizeOf } from "./pdf-lines.ts";
import { isContents, readContents } from "./pdf-contents.ts";
import type { Measure } from "./pdf-measure.ts";

export interface Row {
  readonly page: number;
  readonly y: number;
  /** Each cell's lines of text. */
  readonly cells: readonly (readonly string[])[];
}

export type Flow =
  | { readonly line: Line; readonly row?: never }
  | { readonly row: Row; readonly line?: never };

/** A segment with the height it stands at. */
interface Cell extends Segment {
  readonly y: number;
}

interface Column {
  x0: number;
  x1: number;
}

/** Lines of one cell stand closer than this many times the usual distance. */
const SAME_CELL = 1.3;
/** Rows of one table stand closer than this, in ems. */
const MAX_ROW_GAP = 5;
/** Points by which a column's cells may stand apart at their common edge. */
const ALIGNED = 4;
/** Lines that a cell may go on without anything beside it. */
const MAX_WRAP = 8;

/** Tells the tables among a page's lines from the rest. */
export function readTables(lines: readonly Line[], measure: Measure): Flow[] {
  const rows = lines.map((line) => ({ ...line, segments: cellsOf(line) }));
  const out: Flow[] = [];
  let start = 0;
  for (let i = 0; i < rows.length; i++) {
    const contents = isContents(lines[i]!) ? readContents(lines, i + 1) : null;
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
    out.push(...tableFlow(lines.slice(from, to), rows.slice(from, to), columns, measure));
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

/** How much of a segment stands in a column, in points; negative: how far it is from it. */
const shared = ({ x0, x1 }: Column, segment: Column) => Math.min(x1, segment.x1) - Math.max(x0, segment.x0);

/** The column that most of a segment stands in. */
function columnOf(columns: readonly Column[], segment: Column): Column | undefined {
  const nearest = columns.toSorted((a, b) => shared(b, segment) - shared(a, segment))[0];
  return nearest && shared(nearest, segment) > -ALIGNED ? nearest : undefined;
}

/** Whether each segment touches at most one column, and no two segments the same. */
function fits(columns: readonly Column[], segments: readonly Segment[]): boolean {
  const touched = segments.map((segment) => columns.filter((column) => shared(column, segment) > 0));
  const own = segments.map((segment) => columnOf(columns, segment)).filter((column) => column !== undefined);
  return touched.every(({ length }) => length <= 1) && new Set(own).size === own.length;
}

function widen(columns: Column[], segments: readonly Segment[]): void {
  for (const { x0, x1 } of segments) {
    const column = columnOf(columns, { x0, x1 });
    if (column) {
      column.x0 = Math.min(column.x0, x0);
      column.x1 = Math.max(column.x1, x1);
    } else columns.push({ x0, x1 });
  }
  columns.sort((a, b) => a.x0 - b.x0);
}

function tableFlow(
  lines: readonly Line[],
  rows: readonly Line[],
  columns: readonly Column[],
  measure: Measure,
): Flow[] {
  const cells = columns.map((column) =>
    rows.flatMap(({ y, segments }) =>
      segments.filter((own) => columnOf(columns, own) === column).map((own) => ({ ...own, y })),
    ),
  );
  const table = tableRows(rows, cells, measure);
  if (!isAligned(cells.slice(1))) {
    // Words that stand apart by chance are read along the line; a cell that wraps is no chance.
    const [only, ...more] = table;
    const gap = (columns[1]?.x0 ?? 0) - columns[0]!.x1;
    const isRow = more.length === 0 && only?.cells.length === 2 && only.cells.some((cell) => cell.length > 1);
    if (!isRow || !only || gap < sizeOf(lines[0]!)) return lines.map((line) => ({ line }));
    // A heading with its grade beside it.
    const all = cells.flat();
    if (all.every(({ bold }) => bold)) return [{ line: { ...lines[0]!, segments: [joined(all)] } }];
  }
  return table.map((row) => (row.source === undefined ? { row } : { line: row.source }));
}

/** Whether the cells of the further columns stand under each other: at the left, the right or the middle. */
function isAligned(columns: readonly (readonly Cell[])[]): boolean {
  return columns.every((cells) =>
    [({ x0 }: Cell) => x0, ({ x1 }: Cell) => x1, ({ x0, x1 }: Cell) => (x0 + x1) / 2].some((place) => {
      const middle = cells.map(place).toSorted((a, b) => a - b)[cells.length >> 1]!;
      const aligned = cells.filter((cell) => Math.abs(place(cell) - middle) < ALIGNED).length;
      return aligned >= 2 && aligned >= cells.length * 0.6;
    }),
  );
}

interface SourcedRow extends Row {
  /** For what stands alone at its height: its line. */
  readonly source?: Line;
}

function tableRows(
  rows: readonly Line[],
  cells: readonly (readonly Cell[])[],
  measure: Measure,
): SourcedRow[] {
  const page = rows[0]!.page;
  const gaps = rows.slice(1).map((row, i) => (row.y - rows[i]!.y) / sizeOf(row));
  const tight =
    rows.filter(({ segments }) => segments.length > 1).length > 1 &&
    gaps.every((gap) => gap <= SAME_CELL * measure.leading);
  const groups = tight ? rows.map(({ y }) => y) : null;
  const blocks = cells.map((column) => cellBlocks(column, measure, groups));
  // Each cell belongs to the row whose first cell's middle is nearest.
  const anchors = (blocks.toSorted((a, b) => b.length - a.length)[0] ?? []).map((block) => block);
  return anchors.map((anchor, n) => {
    const own = blocks.map((column) =>
      column
        .filter((block) => nearest(anchors, block) === n)
        .flatMap((block) => block.map(({ text }) => text)),
    );
    const filled = own.filter((cell) => cell.length > 0).length;
    const y = anchor[0]!.y;
    return {
      page,
      y,
      cells: own,
      ...(filled === 1 && { source: { page, y, segments: [joined(anchor)] } }),
    };
  });
}

const middle = (block: readonly Cell[]) => (block[0]!.y + block.at(-1)!.y) / 2;

function nearest(anchors: readonly (readonly Cell[])[], block: readonly Cell[]): number {
  const distances = anchors.map((anchor) => Math.abs(middle(anchor) - middle(block)));
  return distances.indexOf(Math.min(...distances));
}

/** A column's cells: its lines, grouped where they stand close, or at the given heights one by one. */
function cellBlocks(column: readonly Cell[], measure: Measure, heights: readonly number[] | null): Cell[][] {
  const out: Cell[][] = [];
  for (const cell of column) {
    const block = out.at(-1);
    const before = block?.at(-1);
    const close = before && cell.y - before.y <= SAME_CELL * measure.leading * cell.size;
    const goesOn = heights ? /^[\p{Ll}(]/u.test(cell.text) : true;
    if (block && close && goesOn) block.push(cell);
    else out.push([cell]);
  }
  return out;
}

function joined(cells: readonly Cell[]): Segment {
  const first = cells[0]!;
  return {
    ...first,
    text: cells.map(({ text }) => text).join(" "),
    x1: Math.max(...cells.map(({ x1 }) => x1)),
    bold: cells.every(({ bold }) => bold),
  };
}
