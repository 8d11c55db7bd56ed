// How a file was cut -> lines for a terminal: what is known of it, what to look at, then its passages as
// they will be quoted, and the lines between them that will not.

import { readableDate } from "../documents/dates.ts";
import type { Inspection, Stretch } from "../indexing/inspect.ts";
import type { DocumentInfo, Passage, PassageKind } from "../types.ts";
import { count } from "./indexing.ts";
import { printable, type Terminal, wrap } from "./render.ts";

const KINDS: Readonly<Record<PassageKind, string>> = {
  paragraph: "paragraph",
  item: "list item",
  row: "table row",
  footnote: "footnote",
  heading: "heading that states something",
};

/** What is known of a document, label by label; null for what isn't. */
export function factsOf({ document, passages }: Inspection): (readonly [string, string | null])[] {
  const { info, pages } = document;
  return [
    ["file", info.file],
    ["title", info.title],
    ["authority", info.authority ?? null],
    ["publisher", info.publisher ?? null],
    ["kind", info.kind ?? null],
    ["published", info.published === undefined ? null : readableDate(info.published)],
    ["inspected", inspected(info)],
    ["pages", pages.length === 0 ? null : String(pages.length)],
    ["passages", `${passages.length}: ${kinds(passages)}`],
    ["numbers", numbers(passages)],
  ];
}

function inspected({ inspected: dates }: DocumentInfo): string | null {
  return dates ? `${readableDate(dates.from)} to ${readableDate(dates.to)}` : null;
}

function kinds(passages: readonly Passage[]): string {
  const counts = new Map<PassageKind, number>();
  for (const { kind } of passages) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, number]) => count(number, kind)).join(", ");
}

function numbers(passages: readonly Passage[]): string | null {
  const all = passages.flatMap(({ paragraph }) => (paragraph === null ? [] : [Number(paragraph)]));
  return all.length === 0 ? null : `¶ ${Math.min(...all)} to ¶ ${Math.max(...all)}`;
}

/** `¶ 105 · p. 25 (printed 23) · list item under “These are:” · 1234–1500`; the first part of a passage only. */
export function labelOf(passage: Passage, { document }: Inspection): string {
  const { paragraph, page, kind, leadIn, attribution, pieces } = passage;
  const printed = document.pages.find((one) => one.page === page)?.printed;
  return [
    paragraph === null ? "no number" : `¶ ${paragraph}`,
    page === null ? "" : `p. ${page}${printed && printed !== String(page) ? ` (printed ${printed})` : ""}`,
    KINDS[kind] +
      (leadIn ? ` under “${shortened(leadIn.text)}”` : "") +
      (attribution ? ` going on after “${attribution.text} …”` : ""),
    `${pieces[0]!.start}–${pieces.at(-1)!.end}`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 57).trimEnd()}…` : text);

/** The whole inspection, ending with a newline. */
export function renderInspection(inspection: Inspection, terminal: Terminal): string {
  const { document, stretches, findings } = inspection;
  const lines: string[] = [];
  for (const [name, value] of factsOf(inspection))
    lines.push(...hanging(`${name.padEnd(10)} `, value ?? "–", terminal.width));
  if (findings.length > 0)
    lines.push("", ...findings.flatMap((finding) => hanging("! ", finding, terminal.width)));
  let section = "";
  for (const stretch of stretches) {
    const own = section;
    if (stretch.kind === "passage" && stretch.part === 1) {
      section = stretch.passage!.section.join(" › ");
      if (section !== own && section !== "") lines.push("", ...hanging("# ", section, terminal.width));
    }
    lines.push(...linesOf(stretch, document.text, inspection, terminal));
  }
  return lines.map((line) => `${line}\n`).join("");
}

function linesOf(
  stretch: Stretch,
  text: string,
  inspection: Inspection,
  { width, colour }: Terminal,
): string[] {
  const { kind, passage, part } = stretch;
  if (kind === "passage" && part === 1)
    return [
      "",
      ...hanging("", labelOf(passage!, inspection), width).map((line) =>
        colour ? `\u001b[2m${line}\u001b[0m` : line,
      ),
      ...passage!.text.split("\n").flatMap((line) => hanging("  ", line, width)),
    ];
  // What is left out is shown where it stands.
  if (kind === "out") return hanging("  not quoted: ", text.slice(stretch.start, stretch.end).trim(), width);
  return [];
}

/** Wrapped, with the lines after the first as far in as the first one's text. */
function hanging(head: string, text: string, width: number): string[] {
  const lines = wrap(printable(text), Math.max(20, width - head.length));
  return lines.map((line, i) => (i === 0 ? head : " ".repeat(head.length)) + line);
}
