// A table's lines, their columns known -> its rows. A row is what stands at one height; since cells
// wrap and are set in the middle, each belongs where its own middle is nearest.

import { ALIGNED, type Column, columnOf, SAME_CELL } from "./pdf-grid.ts";
import { type Line, type Segment, sizeOf } from "./pdf-lines.ts";
import type { Measure } from "./pdf-measure.ts";

export interface Row {
  readonly page: number;
  readonly y: number;
  /** Each cell's lines of text. */
  readonly cells: readonly (readonly string[])[];
}

/** What a page is read as: lines, and rows of tables among them. */
export type Flow =
  | { readonly line: Line; readonly row?: never }
  | { readonly row: Row; readonly line?: never };

/** A segment with the height it stands at. */
interface Cell extends Segment {
  readonly y: number;
}

/**
 * A table's lines and their cells -> its rows; lines that turn out to be no table are given back as they
 * are, and so is what stands alone at its height.
 */
export function readRows(
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
  // Each cell belongs to the row in whose fullest column a cell's middle is nearest.
  const anchors = blocks.toSorted((a, b) => b.length - a.length)[0] ?? [];
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
