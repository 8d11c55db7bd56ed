// A page's lines under the heading "Contents" -> rows that end in a page number, so that they are
// known for what they are and left out. Entries need no columns here: rising page numbers tell them.

import { type Line, sizeOf, textOfLine } from "./pdf-lines.ts";
import type { Row } from "./pdf-rows.ts";

/** Fewer entries are no table of contents. */
const MIN_ENTRIES = 3;
/** Lines of an entry's title. */
const MAX_TITLE_LINES = 3;

/** Whether a line of text is the heading of a table of contents. */
export const isContents = (text: string) => /^(?:table of )?contents$/i.test(text);

/** The entries from line `from` on, and the first line after them; null if they are none. */
export function readContents(lines: readonly Line[], from: number): { rows: Row[]; end: number } | null {
  const rows: { page: number; y: number; cells: [string[], string[]] }[] = [];
  let title: string[] = [];
  let end = from;
  let before = 0;
  for (let i = from; i < lines.length && title.length < MAX_TITLE_LINES; i++) {
    const line = lines[i]!;
    const entry = /^(.*?\D)??[\s.]*(\d{1,3})$/.exec(textOfLine(line));
    const number = Number(entry?.[2] ?? 0);
    if (entry && number >= before && (title.length > 0 || entry[1])) {
      const cells: [string[], string[]] = [[...title, (entry[1] ?? "").trim()].filter(Boolean), [entry[2]!]];
      rows.push({ page: line.page, y: line.y, cells });
      [title, end, before] = [[], i + 1, number];
      continue;
    }
    // The rest of a title may stand under its number.
    const under = i === end && line.y - lines[i - 1]!.y < 1.4 * sizeOf(line);
    if (under && rows.length > 0 && /^\p{Ll}/u.test(textOfLine(line))) {
      rows.at(-1)!.cells[0].push(textOfLine(line));
      end = i + 1;
    } else title.push(textOfLine(line));
  }
  return rows.length < MIN_ENTRIES ? null : { rows, end };
}
