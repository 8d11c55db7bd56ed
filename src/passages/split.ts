// A document -> its passages: blocks with their section path, lead-in, attribution, table header, page,
// footnotes and the exact pieces of the source that each shows.

import type { Document, Introduction, Passage } from "../types.ts";
import { sentences } from "../text/sentences.ts";
import { beginsQuotation, continuedFrom } from "./attribution.ts";
import { type Block, readBlocks } from "./blocks.ts";
import { FOOTNOTE_MARK, pieces, textOf } from "./markup.ts";

/** Raised whenever passages come out otherwise: indexes made with another version are rebuilt. */
export const SPLITTER_VERSION = 4;

/** A heading that states something can be quoted: "The graded judgement … is that it is good". */
const STATES =
  /\b(?:is|are|was|were|has|have|had|will|must|should|rated|judged|found|praises?|jumps?|warns?)\b/i;

interface ListIntroduction extends Introduction {
  /** Columns before the item that it is; -1 for a paragraph. */
  readonly indent: number;
  readonly numbered: boolean;
  /** The key of the list that it begins. */
  readonly list: string;
}

/** Splits a document into passages, in order of the text. */
export function splitDocument(document: Document): Passage[] {
  const { text, info, pages } = document;
  const passages: Passage[] = [];
  const section = new SectionPath();
  /** What introduces the list that the text is in, and the lists around it, outermost first. */
  let intros: ListIntroduction[] = [];
  let lists = 0;
  const marks: string[][] = [];
  let previous: Block | undefined;
  /** The passage that the paragraph right before became. */
  let before: Passage | undefined;

  for (const block of withSpeakers(readBlocks(text), text)) {
    const parts = block.spans.flatMap((span, i) => pieces(text, span, i === 0 ? "" : block.join));
    const shown = textOf(text, parts);
    const newTable = block.kind === "row" && previous?.kind !== "row";
    const inList =
      block.kind === "item" || block.kind === "row" || (block.number !== null && previous?.kind !== "row");
    // A footnote at the foot of a page does not end the list that it interrupts.
    if (!inList && block.kind !== "footnote") intros = [];
    // A numbered paragraph's own list ends with the next number.
    if (block.number !== null) intros = intros.filter((intro) => !intro.numbered);
    // An item that begins anew, no deeper than the item that introduced others, ends their list.
    while (block.kind === "item" && /^\p{Lu}/u.test(shown) && block.indent <= (intros.at(-1)?.indent ?? -1))
      intros.pop();
    const intro = intros.at(-1);
    const begin = (numbered: boolean, indent: number) =>
      intros.push({ text: shown, pieces: parts, indent, numbered, list: `${info.id}/${++lists}` });

    const above = section.path();
    if (block.kind === "heading")
      section.enter(shown, block.level, previous?.kind === "heading", passages.some(isProse));
    let passage: Passage | undefined;
    if (newTable && !intro && namesColumns(shown)) {
      begin(false, -1);
    } else if (isQuotable(block, shown, passages.some(isProse))) {
      const listed = inList && intro ? intro : undefined;
      const attribution =
        block.kind === "paragraph" && before && !listed ? continuedFrom(before, shown, text) : undefined;
      passage = {
        id: `${info.id}#${passages.length}`,
        document: info.id,
        ordinal: passages.length,
        kind: block.kind,
        paragraph: block.number === null ? null : String(block.number),
        page: pageAt(pages, parts[0]!.start),
        section: block.kind === "heading" ? above : section.path(),
        text: shown,
        pieces: parts,
        ...(listed && { leadIn: { text: listed.text, pieces: listed.pieces }, list: listed.list }),
        ...(attribution && { attribution }),
      };
      passages.push(passage);
      marks.push([...section.raw(), shown].join(" ").match(FOOTNOTE_MARK) ?? []);
    }
    if (shown.endsWith(":") && block.kind !== "heading") {
      begin(block.number !== null, block.kind === "item" ? block.indent : -1);
    }
    if (block.kind === "footnote") continue;
    previous = block;
    before = block.kind === "paragraph" ? passage : undefined;
  }
  return withFootnotes(passages, marks);
}

/** Press releases let "The leader said:" stand in a paragraph of its own: it begins the quotation's. */
function withSpeakers(blocks: readonly Block[], text: string): Block[] {
  const out: Block[] = [];
  for (const block of blocks) {
    const last = out.at(-1);
    const words = ({ spans }: Block) => text.slice(spans[0]!.start, spans.at(-1)!.end);
    if (
      last?.join === " " &&
      isParagraph(last) &&
      isParagraph(block) &&
      beginsQuotation(words(last), words(block))
    )
      out[out.length - 1] = { ...last, spans: [...last.spans, ...block.spans] };
    else out.push(block);
  }
  return out;
}

const isParagraph = ({ kind, number }: Block) => kind === "paragraph" && number === null;

const isProse = (passage: Passage) => passage.kind !== "heading" && passage.kind !== "footnote";

/** A block that only introduces others, or a heading that only names a part, is no passage. */
function isQuotable(block: Block, shown: string, afterProse: boolean): boolean {
  if (block.kind === "heading") return (!afterProse && shown.split(/\s+/).length >= 4) || STATES.test(shown);
  if (block.number === null && shown.endsWith(":") && sentences(shown).length === 1) return false;
  return block.kind === "paragraph" && block.number === null
    ? /\S\s+\S/.test(shown)
    : /[\p{L}\d]/u.test(shown);
}

/** Whether a table's first row only names its columns: it holds no figure and no grade. */
function namesColumns(row: string): boolean {
  return !/\d|\t\s*(?:outstanding|good|(?:in)?adequate|requires? improvement)\b/i.test(row);
}

/** The headings above a passage. Titles, the headings before any prose, are not part of it. */
class SectionPath {
  readonly #headings: { text: string; level: number }[] = [];

  enter(heading: string, level: number | null, nested: boolean, afterProse: boolean): void {
    if (!afterProse && level === null) return;
    const last = this.#headings.at(-1);
    const depth = level ?? (nested && last ? last.level + 1 : 2);
    // A heading right under another of its level stands inside it, as a chapter's first part does.
    const own = level !== null && nested && last?.level === level ? level + 1 : depth;
    while ((this.#headings.at(-1)?.level ?? 0) >= own) this.#headings.pop();
    this.#headings.push({ text: heading, level: own });
  }

  /** The headings as they are shown: without the marks of footnotes. */
  path(): string[] {
    return this.raw().map((heading) => heading.replace(FOOTNOTE_MARK, "").trim());
  }

  raw(): string[] {
    return this.#headings.map(({ text }) => text);
  }
}

function pageAt(pages: Document["pages"], offset: number): number | null {
  return pages.findLast((page) => page.offset <= offset)?.page ?? null;
}

/** Ties each footnote to the passages whose words or headings carry its mark. */
function withFootnotes(passages: readonly Passage[], marks: readonly (readonly string[])[]): Passage[] {
  const notes = passages.filter((passage) => passage.kind === "footnote");
  const markOf = (note: Passage) => /^[¹²³⁴⁵⁶⁷⁸⁹⁰]+/.exec(note.text)?.[0] ?? "";
  const idsOf = new Map<string, string[]>();
  for (const note of notes) idsOf.set(markOf(note), [...(idsOf.get(markOf(note)) ?? []), note.id]);
  return passages.map((passage, i) => {
    if (passage.kind === "footnote") return passage;
    const footnotes = [...new Set(marks[i])].flatMap((mark) => idsOf.get(mark) ?? []);
    return footnotes.length > 0 ? { ...passage, footnotes } : passage;
  });
}
