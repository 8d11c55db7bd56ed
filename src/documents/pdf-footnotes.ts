// A page's lines -> its body and its footnotes: small print at its foot that begins with a mark.

import { type Line, leftOf, sizeOf, textOfLine } from "./pdf-lines.ts";
import type { Measure } from "./pdf-measure.ts";
import { superscript } from "./superscript.ts";
import { type PdfBlock, printedBlock, printedLine } from "./pdf-block.ts";

/** Footnotes are smaller than prose by this factor. */
const SMALLER = 0.93;
const RAISED = /^([¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*/;
/** A note whose figure was not raised. */
const PLAIN = /^(\d{1,2})\s+(?=\p{Lu})/u;

/** Parts a page of the given height at its first footnote. */
export function splitFootnotes(
  lines: readonly Line[],
  height: number,
  measure: Measure,
): { body: Line[]; notes: PdfBlock[] } {
  let from = lines.length;
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!;
    const { raised, text } = line.segments[0]!;
    const marked = raised && RAISED.test(text);
    const small = sizeOf(line) < measure.size * SMALLER;
    if (!small && !(marked && line.y > height / 2)) break;
    if (marked || isNote(text, lines.slice(0, i))) from = i;
  }
  return { body: lines.slice(0, from), notes: footnotes(lines.slice(from)) };
}

/** Whether small print that begins with a plain figure is the note to a mark above it. */
function isNote(text: string, above: readonly Line[]): boolean {
  const figures = PLAIN.exec(text)?.[1];
  return figures !== undefined && above.some((line) => textOfLine(line).includes(superscript(figures)));
}

function footnotes(lines: readonly Line[]): PdfBlock[] {
  const out: PdfBlock[] = [];
  for (const line of lines) {
    const begins = line.segments[0]!.raised || PLAIN.test(textOfLine(line));
    const text = textOfLine(line)
      .replace(PLAIN, (_, figures: string) => `${superscript(figures)} `)
      .replace(RAISED, "$1 ");
    const printed = printedLine(line, text, leftOf(line));
    if (begins || out.length === 0) out.push(printedBlock("footnote", line, printed, 0));
    else out.at(-1)!.lines.push(printed);
  }
  return out;
}
