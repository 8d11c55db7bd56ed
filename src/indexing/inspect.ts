// A file -> how it is cut: its text stretch by stretch with what became of each, and what a maintainer
// should look at before trusting it. How that is shown is the command line's business.

import { realpath } from "node:fs/promises";
import { basename, relative, resolve, sep } from "node:path";
import type { Config } from "../config.ts";
import { readDocument } from "../documents/read-document.ts";
import { type CorpusFile, readSideFile } from "../documents/read-file.ts";
import { parseSources, SOURCES_FILE } from "../documents/sources.ts";
import { UserError } from "../errors.ts";
import { FOOTNOTE_MARK, textOf } from "../passages/markup.ts";
import { splitDocument } from "../passages/split.ts";
import type { Document, Passage, Span } from "../types.ts";

/** A stretch of a document's text, in order; together they are the whole text. */
export interface Stretch extends Span {
  /**
   * `passage`: it is quoted. `leadIn`: it is quoted with the items that it introduces. `heading`: it is
   * named as a section. `mark`: white space, bullets, printed numbers, markup. `out`: in no passage.
   */
  readonly kind: "passage" | "leadIn" | "heading" | "mark" | "out";
  /** The passage that it is of; of a lead-in, the first one that it introduces. */
  readonly passage?: Passage;
  /** Which of the passage's stretches it is, from 1, and how many there are. */
  readonly part?: number;
  readonly parts?: number;
}

export interface Inspection {
  readonly document: Document;
  readonly passages: readonly Passage[];
  readonly stretches: readonly Stretch[];
  /** What looks like a mistake, or is not known; sentences. */
  readonly findings: readonly string[];
}

/** Passages longer than this are rare: several paragraphs may have been taken for one. Characters. */
const LONG = 3000;

/**
 * Reads a file of the corpus, or one that is to become it (its path from here or in the corpus), and cuts
 * it. Throws `UserError` when it isn't there or can't be read.
 */
export async function inspectFile(file: string, config: Config): Promise<Inspection> {
  const source = await locate(file, config.corpusDir);
  const sources = parseSources(await readSideFile(config.corpusDir, SOURCES_FILE), config.corpusDir);
  const document = await readDocument(source, sources);
  const passages = splitDocument(document);
  const stretches = cut(document, passages);
  return { document, passages, stretches, findings: findingsOf(document, passages, stretches) };
}

async function locate(file: string, corpusDir: string): Promise<CorpusFile> {
  const corpus = await realpath(corpusDir).catch(() => resolve(corpusDir));
  const candidates = [resolve(file), resolve(corpus, file)];
  for (const path of candidates) {
    // The folder may be reached by a link; the file itself is not followed.
    const folder = await realpath(resolve(path, "..")).catch(() => null);
    const own = folder === null ? null : resolve(folder, basename(path));
    if (own === null || (await realpath(own).catch(() => null)) === null) continue;
    const inside = relative(corpus, own);
    return { path: own, file: inside.startsWith("..") ? basename(own) : inside.split(sep).join("/") };
  }
  throw new UserError(`${file}: there is no such file, neither here nor in ${corpusDir}.`);
}

/** The document's text, stretch by stretch. */
export function cut({ text }: Document, passages: readonly Passage[]): Stretch[] {
  const taken: Stretch[] = [];
  const leadIns = new Set<number>();
  for (const passage of passages) {
    const { pieces } = passage;
    for (const [i, { start, end }] of pieces.entries())
      taken.push({ start, end, kind: "passage", passage, part: i + 1, parts: pieces.length });
  }
  const own = new Set(taken.map(({ start }) => start));
  for (const passage of passages) {
    for (const { start, end } of passage.leadIn?.pieces ?? []) {
      // A lead-in may be a passage of its own.
      if (own.has(start) || leadIns.has(start)) continue;
      leadIns.add(start);
      taken.push({ start, end, kind: "leadIn", passage });
    }
  }
  taken.sort((a, b) => a.start - b.start);
  const headings = new Set(passages.flatMap(({ section }) => section));
  const out: Stretch[] = [];
  let at = 0;
  for (const next of [...taken, { start: text.length, end: text.length }]) {
    if (next.start > at) out.push(...between(text, at, next.start, headings));
    if ("kind" in next) out.push(next);
    at = Math.max(at, next.end);
  }
  return out;
}

/** What stands between passages: lines that say something, and the marks around them. */
function between(text: string, start: number, end: number, headings: ReadonlySet<string>): Stretch[] {
  const out: Stretch[] = [];
  for (const { 0: line, index } of text.slice(start, end).matchAll(/[^\n]*\n?/g)) {
    if (line === "") continue;
    const stretch = { start: start + index, end: start + index + line.length, kind: kindOf(line, headings) };
    const last = out.at(-1);
    const before = out.at(-2);
    if (last?.kind === stretch.kind && stretch.kind !== "heading") {
      out[out.length - 1] = { ...last, end: stretch.end };
    } else if (last?.kind === "mark" && stretch.kind === "out" && before?.kind === "out") {
      // Lines that are left out one after the other are one stretch.
      out.splice(-2, 2, { ...before, end: stretch.end });
    } else out.push(stretch);
  }
  return out;
}

function kindOf(line: string, headings: ReadonlySet<string>): "mark" | "heading" | "out" {
  const plain = line
    .replace(/<[^>]*>|\*\*|__|^#+\s*/g, "")
    .replace(FOOTNOTE_MARK, "")
    .trim();
  // Bullets and printed numbers say nothing that could be quoted.
  if (!/\p{L}/u.test(plain) && !/\d{4}|\d\s+\d/.test(plain)) return "mark";
  return headings.has(plain) ? "heading" : "out";
}

function findingsOf(
  document: Document,
  passages: readonly Passage[],
  stretches: readonly Stretch[],
): string[] {
  const { info, text } = document;
  const findings: string[] = [];
  if (passages.length === 0)
    findings.push("There is nothing that could be quoted: no paragraph, list or table.");
  const unknown = (["publisher", "published"] as const).filter((key) => info[key] === undefined);
  if (unknown.length > 0)
    findings.push(`Not found in the file: ${unknown.join(", ")}. sources.json can say it.`);
  findings.push(...numberFindings(passages));
  for (const passage of passages) {
    const name = nameOf(passage);
    if (textOf(text, passage.pieces) !== passage.text) findings.push(`${name} can't be proved.`);
    if (passage.text.length > LONG)
      findings.push(`${name} has ${passage.text.length} characters: are several paragraphs taken for one?`);
    if (passage.text.includes("\ufffd")) findings.push(`${name} holds signs that could not be decoded.`);
  }
  const out = stretches.filter(({ kind }) => kind === "out");
  const lines = out.flatMap(({ start, end }) =>
    text
      .slice(start, end)
      .split("\n")
      .filter((line) => line.trim() !== ""),
  );
  if (lines.length > 0)
    findings.push(
      `${lines.length} ${lines.length === 1 ? "line is" : "lines are"} in no passage, and marked as not quoted.`,
    );
  return findings;
}

/** Gaps and repetitions in the printed numbers. */
function numberFindings(passages: readonly Passage[]): string[] {
  const numbers = passages.flatMap(({ paragraph }) => (paragraph === null ? [] : [Number(paragraph)]));
  if (numbers.length < 2) return [];
  const seen = new Set(numbers);
  const last = Math.max(...numbers);
  const missing = Array.from({ length: last }, (_, i) => i + 1).filter((number) => !seen.has(number));
  const twice = [...new Set(numbers.filter((number, i) => numbers.indexOf(number) !== i))];
  return [
    ...(missing.length > 0
      ? [`Printed numbers run to ${last}, without ${missing.slice(0, 20).join(", ")}.`]
      : []),
    ...(twice.length > 0
      ? [`Printed numbers that come more than once: ${twice.slice(0, 20).join(", ")}.`]
      : []),
  ];
}

/** `¶ 105`, or what it begins with. */
export function nameOf({ paragraph, text }: Passage): string {
  return paragraph === null ? `“${text.slice(0, 40)}…”` : `¶ ${paragraph}`;
}
