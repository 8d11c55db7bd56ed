// Lines -> blocks as a reader sees them: paragraphs joined over page breaks and hard line ends,
// headings told from sentences, the printed paragraph numbers found, the table of contents left out.
// What a block is worth as a passage is split.ts's business.

import type { Span } from "../types.ts";
import { type Line, readLines } from "./lines.ts";
import { numberedParagraphs } from "./numbers.ts";

export type BlockKind = "heading" | "paragraph" | "item" | "row" | "footnote";

export interface Block {
  kind: BlockKind;
  /** One span for each stretch between page breaks, or for each line of an address. */
  spans: Span[];
  /** What stands between the spans when shown. */
  join: " " | "\n";
  indent: number;
  /** The printed paragraph number. */
  number: number | null;
  /** A heading's level: 1 outermost; null where the text doesn't say. */
  level: number | null;
  afterBlank: boolean;
}

const ENDS_SENTENCE = /[.!?:;…]["'”’)\]]*$/;
const MAX_HEADING = 130;
const MAX_HEADING_WORDS = 22;
/** A label with a date or figure behind it: `Inspection date: 3 June 2014`. */
const FIELD = /^[A-Z][\w ]{2,40}:\s*\d/;
/** A newspaper's date line. */
const DATELINE = /^\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4}\b/;
/** What web pages leave behind in a copied article. */
const RESIDUE =
  /^(?:More from [A-Z]|Comments are closed|Recommended Reading:|Related (?:articles|stories)|Share this|Sign up (?:to|for)|Read more:)/i;

/** A document's text -> its blocks, in order. */
export function readBlocks(text: string): Block[] {
  const words = (span: Span) => text.slice(span.start, span.end);
  const lines = readLines(text).filter((line) => !RESIDUE.test(words(line.span)));
  const paragraphs = numberedParagraphs(lines);
  const wrapped = isHardWrapped(lines, words);
  const firstMarked = lines.findIndex(({ kind }) => kind === "heading");
  const next = nextNumbers(lines, paragraphs, words);
  const blocks: Block[] = [];
  for (const [i, line] of lines.entries()) {
    const previous = blocks.at(-1);
    const own = words(line.span);
    const continues =
      line.kind === "text" &&
      previous !== undefined &&
      (line.afterBlank
        ? continuesOverBreak(previous, words(previous.spans.at(-1)!), own, next[i]!)
        : wrapped && previous.kind !== "row" && previous.kind !== "heading");
    if (continues && previous) {
      const last = previous.spans.at(-1)!;
      if (line.afterBlank) previous.spans.push(line.span);
      else previous.spans[previous.spans.length - 1] = { start: last.start, end: line.span.end };
      continue;
    }
    blocks.push({
      kind: blockKind(line, lines[i - 1], lines[i + 1], own, paragraphs, firstMarked >= 0 && i > firstMarked),
      spans: [line.span],
      join: " ",
      indent: line.indent,
      number: paragraphs.has(line) ? line.number : null,
      level: line.level,
      afterBlank: line.afterBlank,
    });
  }
  return withoutContents(joinAddresses(blocks, words), words);
}

/** For each line: the number of the next printed paragraph after it, null where a heading or table stands before that. */
function nextNumbers(
  lines: readonly Line[],
  paragraphs: ReadonlySet<Line>,
  words: (span: Span) => string,
): (number | null)[] {
  const out: (number | null)[] = [];
  let next: number | null = null;
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!;
    out[i] = next;
    if (paragraphs.has(line)) next = line.number;
    else if (line.kind === "heading" || line.kind === "row") next = null;
    else if (line.kind === "text" && looksLikeHeading(words(line.span))) next = null;
  }
  return out;
}

/** Whether a line after a blank one goes on with the block before it, which a page break cut. */
function continuesOverBreak(previous: Block, before: string, own: string, next: number | null): boolean {
  if (previous.kind !== "paragraph" && previous.kind !== "item") return false;
  if (looksLikeHeading(own) || isQuestion(own)) return false;
  // List items often end without a full stop: only a lower-case line goes on with one.
  if (previous.kind === "item") return !ENDS_SENTENCE.test(before) && /^\p{Ll}/u.test(own);
  const prose = previous.number !== null || before.length >= 60;
  if (!ENDS_SENTENCE.test(before))
    return prose && (/^\p{Ll}/u.test(own) || ENDS_SENTENCE.test(own) || own.length > 80);
  // Between numbers N and N+1 an unnumbered paragraph belongs to N.
  return (
    previous.number !== null && next === previous.number + 1 && ENDS_SENTENCE.test(own) && own.length >= 40
  );
}

function looksLikeHeading(own: string): boolean {
  return (
    own.length <= MAX_HEADING &&
    own.split(/\s+/).length <= MAX_HEADING_WORDS &&
    !ENDS_SENTENCE.test(own) &&
    !/["”,]$/.test(own) &&
    /^[\p{Lu}\d"'“‘]/u.test(own)
  );
}

const isQuestion = (own: string) => own.endsWith("?") && own.length <= 80;

function blockKind(
  line: Line,
  previous: Line | undefined,
  next: Line | undefined,
  own: string,
  paragraphs: ReadonlySet<Line>,
  headingsMarked: boolean,
): BlockKind {
  if (line.kind === "heading" || line.kind === "row" || line.kind === "footnote") return line.kind;
  if (line.kind === "numbered") return paragraphs.has(line) ? "paragraph" : "item";
  if (line.kind === "bullet") return "item";
  // A text that marks its headings has no others.
  if (headingsMarked || FIELD.test(own) || DATELINE.test(own)) return "paragraph";
  const alone = line.afterBlank && (next === undefined || next.afterBlank || next.kind !== "text");
  if (!alone || (next && !next.afterBlank && next.kind === "row")) return "paragraph";
  if (looksLikeHeading(own)) return "heading";
  // "What does the local authority need to improve?" above numbered paragraphs.
  const question =
    own.endsWith("?") && own.length <= 80 && (next?.kind === "numbered" || next?.kind === "bullet");
  return question && previous !== undefined ? "heading" : "paragraph";
}

/** Text files whose paragraphs are broken into lines of much the same length. */
function isHardWrapped(lines: readonly Line[], words: (span: Span) => string): boolean {
  const runs = lines.filter(
    (line, i) => line.kind === "text" && lines[i + 1]?.kind === "text" && !lines[i + 1]!.afterBlank,
  );
  const full = runs.filter((line) => {
    const length = words(line.span).length;
    return length >= 50 && length <= 120;
  });
  return runs.length >= 3 && full.length > runs.length * 0.6;
}

/** Three or more short lines under each other without a full stop are one block, line by line: an address. */
function joinAddresses(blocks: readonly Block[], words: (span: Span) => string): Block[] {
  const out: Block[] = [];
  const short = (block: Block | undefined) =>
    block?.kind === "paragraph" &&
    block.number === null &&
    block.spans.length === 1 &&
    words(block.spans[0]!).length < 60;
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!;
    let end = i;
    while (short(block) && short(blocks[end + 1]) && !blocks[end + 1]!.afterBlank) end++;
    if (end - i >= 2) {
      const last = blocks[end]!.spans[0]!;
      out.push({ ...block, spans: [{ start: block.spans[0]!.start, end: last.end }], join: "\n" });
      i = end;
    } else out.push(block);
  }
  return out;
}

/** Leaves out a table of contents: rows that end in a page number, with the heading above them. */
function withoutContents(blocks: readonly Block[], words: (span: Span) => string): Block[] {
  const out: Block[] = [];
  const entries = (start: number) => {
    let end = start;
    while (blocks[end]?.kind === "row" && /\t\s*\d{1,3}$/.test(words(blocks[end]!.spans[0]!))) end++;
    return end - start;
  };
  const contents = new Set<string>();
  let end = 0;
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!;
    const isTitle = block.kind === "heading" && /^(?:table of )?contents$/i.test(words(block.spans[0]!));
    const count = isTitle ? entries(i + 1) : 0;
    if (count > 0) {
      for (const entry of blocks.slice(i + 1, i + 1 + count)) {
        contents.add(plain(words(entry.spans[0]!).replace(/\t\s*\d+$/, "")));
      }
      i += count;
      end = out.length;
    } else out.push(block);
  }
  // What the contents list are the outer headings.
  if (contents.size > 0) {
    for (const block of out.slice(end)) {
      if (block.kind === "heading" && block.level === null)
        block.level = contents.has(plain(words(block.spans[0]!))) ? 1 : 2;
    }
  }
  return out;
}

function plain(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, " ")
    .trim();
}
