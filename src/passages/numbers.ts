// Lines -> those that are a document's printed paragraphs; other numbered lines are items of lists.

import type { Line } from "./lines.ts";

/** The longest run of lines numbered 1, 2, 3, … : the document's printed paragraphs. */
export function numberedParagraphs(lines: readonly Line[]): Set<Line> {
  const numbered = lines.filter(({ number }) => number !== null);
  let best: Line[] = [];
  for (const [i, first] of numbered.entries()) {
    if (first.number !== 1) continue;
    const run = [first];
    for (const [j, line] of numbered.entries()) {
      const next = run.at(-1)!.number! + 1;
      if (j <= i) continue;
      // A number that its document leaves out ends no run.
      const skips =
        line.number === next + 1 && next > 3 && !numbered.slice(j).some(({ number }) => number === next);
      if (line.number === next || skips) run.push(line);
    }
    // Of two as long, the later: the earlier began in a list of its own.
    if (run.length >= best.length) best = run;
  }
  return new Set(best);
}
