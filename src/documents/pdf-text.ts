// A document's blocks -> its one text in plain-text conventions, and where in it each page begins.

import type { PageStart } from "../types.ts";
import type { PdfBlock } from "./pdf-block.ts";
import { isField } from "./pdf-breaks.ts";
import { isContents } from "./pdf-contents.ts";
import { joinLines, type Vocabulary } from "./pdf-words.ts";

/** Points between the bullets of a list and of the list inside it. */
const NESTED = 8;

/** Writes the text. `printed` gives the page's printed number. */
export function writeText(
  blocks: readonly PdfBlock[],
  vocabulary: Vocabulary,
  printed: (page: number) => string | undefined,
): { text: string; pages: PageStart[] } {
  const levels = headingLevels(blocks);
  const pages: PageStart[] = [];
  let text = "";
  let bullets: number[] = [];
  for (const [i, block] of blocks.entries()) {
    text += separator(blocks[i - 1], block, levels);
    const start = text.length;
    if (block.kind === "item") {
      bullets = [...bullets.filter((other) => other < block.indent - NESTED), block.indent];
    } else if (block.kind !== "footnote") bullets = [];
    text += prefix(block, levels.get(block), bullets.length - 1);
    const page = block.lines[0]?.page;
    if (page !== undefined) begin(page, start);
    if (block.cells) {
      text += block.cells
        .map((cell) => cell.reduce((all, line) => joinLines(all, line, vocabulary), ""))
        .join("\t");
      continue;
    }
    let own = "";
    for (const [n, line] of block.lines.entries()) {
      const broken = n > 0 && block.lines[n - 1]!.broken;
      const joined = broken ? `${own}\n${line.text}` : joinLines(own, line.text, vocabulary);
      if (line.page > (pages.at(-1)?.page ?? 0))
        begin(line.page, text.length + joined.length - line.text.length);
      own = joined;
    }
    text += own;
  }
  return { text: `${text}\n`, pages };

  function begin(page: number, offset: number): void {
    if (page <= (pages.at(-1)?.page ?? 0)) return;
    const number = printed(page);
    pages.push({ offset, page, ...(number !== undefined && { printed: number }) });
  }
}

/** List items, rows and numbered paragraphs stand on lines under each other, other blocks apart. */
function separator(
  before: PdfBlock | undefined,
  block: PdfBlock,
  levels: ReadonlyMap<PdfBlock, number>,
): string {
  if (!before) return "";
  const listed = block.kind === "item" || block.kind === "row" || block.kind === "numbered";
  // On a cover, the line above the judgements says the overall one: it is no chapter's heading.
  const overall =
    block.kind === "row" &&
    before.kind === "heading" &&
    !levels.has(before) &&
    !isContents(before.lines[0]!.text);
  const fields = [before, block].every(({ kind, lines }) => kind === "paragraph" && isField(lines[0]!.text));
  return (listed && before.kind === block.kind) || overall || fields ? "\n" : "\n\n";
}

function prefix(block: PdfBlock, level: number | undefined, depth: number): string {
  if (block.kind === "heading") return level === undefined ? "" : `${"#".repeat(level)} `;
  if (block.kind === "numbered") return `${block.mark}. `;
  if (block.kind !== "item") return "";
  return `${"  ".repeat(Math.max(0, depth))}- ${block.mark === "" ? "" : `${block.mark} `}`;
}

/** Levels by size, the largest outermost. The cover's lines, above any prose, are no chapters: they get none. */
function headingLevels(blocks: readonly PdfBlock[]): Map<PdfBlock, number> {
  const prose = blocks.findIndex(
    (block) => block.kind !== "heading" && block.lines.reduce((sum, { text }) => sum + text.length, 0) >= 80,
  );
  const headings = blocks.slice(Math.max(0, prose)).filter((block) => block.kind === "heading");
  const look = (block: PdfBlock) => Math.round(block.size * 2) * 2 + (block.bold ? 1 : 0);
  const looks = [...new Set(headings.map(look))].toSorted((a, b) => b - a);
  return new Map(headings.map((block) => [block, Math.min(6, looks.indexOf(look(block)) + 1)]));
}
