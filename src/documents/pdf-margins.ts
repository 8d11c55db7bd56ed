// The lines of all pages -> the lines without running headers, footers and page numbers, and the
// number that is printed on each page. A number counts only as one of a row that rises with the pages;
// a header only when it stands at the same place on several pages.

import type { PdfPage } from "./pdf-items.ts";
import type { Line, Segment } from "./pdf-lines.ts";

export interface PageLines {
  readonly page: PdfPage;
  readonly lines: readonly Line[];
  /** The number printed on the page, as printed. */
  readonly printed?: string;
}

/** The outer parts of a page in which headers and footers stand. Parts of its height. */
const TOP = 0.12;
const BOTTOM = 0.88;
/** Points by which the same header may stand higher or lower on another page. */
const TOLERANCE = 14;

const NUMBER = /^(?:page\s*)?(?<number>\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|\/)\s*\d{1,4}|\s*\|\s*page)?$/i;

/** Takes the running text off the pages. */
export function withoutMargins(pages: readonly { page: PdfPage; lines: readonly Line[] }[]): PageLines[] {
  const outer = pages.map(({ page, lines }) =>
    lines.flatMap((line) =>
      line.y < page.height * TOP || line.y > page.height * BOTTOM
        ? line.segments.map((segment) => ({ line, segment }))
        : [],
    ),
  );
  const numbers = pageNumbers(
    pages.map(({ page }) => page),
    outer,
  );
  const running = runningText(outer);
  return pages.map(({ page, lines }, i) => {
    const number = numbers.get(i);
    const out = new Set<Segment>(running[i]);
    if (number) out.add(number.segment);
    const kept = lines.flatMap((line) => {
      const segments = line.segments.filter((segment) => !out.has(segment));
      return segments.length === 0 ? [] : [{ ...line, segments }];
    });
    return { page, lines: kept, ...(number && { printed: number.printed }) };
  });
}

type Outer = readonly { readonly line: Line; readonly segment: Segment }[];

/** The segments that are page numbers: those of the commonest distance between printed number and page. */
function pageNumbers(
  pages: readonly PdfPage[],
  outer: readonly Outer[],
): Map<number, { segment: Segment; printed: string }> {
  const candidates = outer.flatMap((segments, page) =>
    segments.flatMap(({ line, segment }) => {
      const printed = NUMBER.exec(segment.text)?.groups?.["number"];
      if (printed === undefined) return [];
      const fromMiddle = Math.abs(line.y - pages[page]!.height / 2);
      const offset = `${/\d/.test(printed)} ${numberOf(printed) - page}`;
      return [{ page, segment, printed, offset, fromMiddle }];
    }),
  );
  const counts = new Map<string, number>();
  for (const { offset } of candidates) counts.set(offset, (counts.get(offset) ?? 0) + 1);
  const found = new Map<number, { segment: Segment; printed: string }>();
  const outermost = candidates.toSorted((a, b) => b.fromMiddle - a.fromMiddle);
  // Rarer distances last: front matter in Roman figures has its own.
  for (const [offset, count] of [...counts].toSorted((a, b) => b[1] - a[1])) {
    if (count < (found.size === 0 ? Math.min(2, outer.length) : 3)) break;
    for (const candidate of outermost) {
      if (candidate.offset === offset && !found.has(candidate.page))
        found.set(candidate.page, { segment: candidate.segment, printed: candidate.printed });
    }
  }
  return found;
}

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function numberOf(printed: string): number {
  if (/^\d+$/.test(printed)) return Number(printed);
  const values = [...printed.toLowerCase()].map((letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, i) => (value < (values[i + 1] ?? 0) ? sum - value : sum + value), 0);
}

/** For each page, its segments that stand at the same place with the same words, but for a page number, on others. */
function runningText(outer: readonly Outer[]): Segment[][] {
  const places = new Map<string, { page: number; y: number }[]>();
  const key = (segment: Segment) => segment.text.replace(/^\d+\b|\b\d+$/g, "#");
  const isText = (segment: Segment) => /\p{L}{2}/u.test(segment.text);
  for (const [page, segments] of outer.entries()) {
    for (const { line, segment } of segments) {
      const same = places.get(key(segment)) ?? [];
      same.push({ page, y: line.y });
      places.set(key(segment), same);
    }
  }
  // A report of many pages may bear one chapter's name on few of them.
  const enough = Math.max(2, Math.min(3, outer.length - 1));
  return outer.map((segments) =>
    segments
      .filter(({ line, segment }) => {
        if (!isText(segment)) return false;
        const same = (places.get(key(segment)) ?? []).filter(({ y }) => Math.abs(y - line.y) <= TOLERANCE);
        const pages = [...new Set(same.map(({ page }) => page))];
        // A heading may stand at the top of a few pages; a header stands on every one, or on every second.
        return pages.length >= enough && pages.length >= (pages.at(-1)! - pages[0]! + 1) * 0.4;
      })
      .map(({ segment }) => segment),
  );
}
