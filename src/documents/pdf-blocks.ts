// A page's lines -> its blocks: headings, paragraphs, numbered paragraphs, list items, rows and
// footnotes, each still as the lines it was printed in. Joining columns and pages is pdf-join.ts's.

import { type PdfBlock, printedBlock, printedLine } from "./pdf-block.ts";
import { isApart, isField, withBreaks } from "./pdf-breaks.ts";
import { type Part, readParts } from "./pdf-columns.ts";
import { splitFootnotes } from "./pdf-footnotes.ts";
import type { Line } from "./pdf-lines.ts";
import type { PageLines } from "./pdf-margins.ts";
import type { Measure } from "./pdf-measure.ts";
import { readStart } from "./pdf-starts.ts";
import { readTables } from "./pdf-tables.ts";

/** The blocks of one page or column. */
export interface PartBlocks {
  readonly body: readonly PdfBlock[];
  readonly notes: readonly PdfBlock[];
  readonly left: number;
  readonly right: number;
}

/** Headings are larger than prose by this factor, or bold. */
const LARGER = 1.08;
const MAX_HEADING = 220;
const MAX_HEADING_LINES = 4;

/** Reads one page's blocks, column by column; its footnotes come with the last. */
export function readBlocks({ page, lines }: PageLines, measure: Measure): PartBlocks[] {
  const { body, notes } = splitFootnotes(lines, page.height, measure);
  const edges = { left: measure.left(page.number), right: measure.right(page.number) };
  const parts = readParts({ lines: body, ...edges });
  return parts.map((part, i) => ({
    left: part.left,
    right: part.right,
    body: unmarkedItems(group(part, measure).map((block) => asHeading(block, measure)))
      .filter((block) => block.lines.some(({ text }) => text !== ""))
      .map((block) => withBreaks(block, part)),
    notes: i === parts.length - 1 ? notes : [],
  }));
}

function group(part: Part, measure: Measure): PdfBlock[] {
  const out: PdfBlock[] = [];
  let before: Line | null = null;
  for (const { line, row } of readTables(part.lines, measure)) {
    if (row) {
      const lines = row.cells.flat().map((text) => ({ page: row.page, text, x0: 0, x1: 0, broken: false }));
      out.push({
        kind: "row",
        lines,
        cells: row.cells,
        size: measure.size,
        bold: false,
        mark: "",
        indent: 0,
      });
      before = null;
      continue;
    }
    const last: PdfBlock | undefined = before ? out.at(-1) : undefined;
    const apart = !before || !last || isApart(last, before, line, part, measure);
    const { kind, mark, text, x0 } = readStart(line, apart, last?.lines.at(-1)?.x0);
    const printed = printedLine(line, text, x0);
    if (apart || kind !== "paragraph" || !last) out.push(printedBlock(kind, line, printed, part.left, mark));
    else last.lines.push(printed);
    before = line;
  }
  return out;
}

/** A block that looks like a heading is one: short, larger or bold throughout, no sentence. */
function asHeading(block: PdfBlock, measure: Measure): PdfBlock {
  if (block.kind !== "paragraph" && !(block.kind === "numbered" && block.bold)) return block;
  const text = block.lines.map((line) => line.text).join(" ");
  const looks = block.bold || block.size > measure.size * LARGER;
  const short = text.length <= MAX_HEADING && block.lines.length <= MAX_HEADING_LINES;
  if (!looks || !short || !/\p{L}/u.test(text) || /[.:;,]["'”’)]?$/.test(text) || isField(text)) return block;
  const [first, ...rest] = block.lines;
  const numbered = block.mark === "" ? first! : { ...first!, text: `${block.mark}. ${first!.text}` };
  return { ...block, kind: "heading", mark: "", lines: [numbered, ...rest] };
}

/** Lines set deeper than the item that introduces them are its list, though no bullets were painted. */
function unmarkedItems(blocks: readonly PdfBlock[]): PdfBlock[] {
  let depth: number | null = null;
  return blocks.map((block, i) => {
    const before = blocks[i - 1];
    if (before?.kind === "item" && before.lines.at(-1)!.text.endsWith(":"))
      depth = before.indent + block.size * 1.5;
    const deeper = depth !== null && block.indent >= depth;
    if (!deeper && block.kind !== "item") depth = null;
    return deeper && block.kind === "paragraph" ? { ...block, kind: "item" } : block;
  });
}
