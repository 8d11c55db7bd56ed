// The text of a CSV file (RFC 4180) -> test items. Columns by their header, in any order: question, and
// as far as there is something to score by answer, document, paragraph, quote, page, type, answerable,
// aliases (separated by `|`) and id (without it, the file's name and the line).

import { basename } from "node:path";
import { fault, parsed } from "./fault.ts";
import { questionLine } from "./line.ts";
import { testQuestion } from "./question.ts";
import { type TestItem, UNTYPED } from "./types.ts";

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Throws `UserError` naming file and line on a broken file, an unknown column or an unusable cell. */
export function readCsv(text: string, file: string): TestItem[] {
  const [header, ...rows] = csvRows(text, file);
  if (header === undefined) return [];
  const columns = header.cells.map((cell) => cell.trim().toLowerCase());
  const at = `${file}:${header.line}`;
  if (!columns.includes("question")) throw fault(at, 'the header has no column "question".');
  const twice = columns.find((column, i) => column !== "" && columns.indexOf(column) < i);
  if (twice !== undefined) throw fault(at, `the header has "${twice}" twice.`);
  return rows.map((row) => testItem(row, columns, file));
}

function testItem({ line, cells }: Row, columns: readonly string[], file: string): TestItem {
  const at = `${file}:${line}`;
  if (cells.length !== columns.length) {
    throw fault(at, `${cells.length} cells, but the header has ${columns.length}.`);
  }
  const cell = (column: string): string | undefined => cells[columns.indexOf(column)]?.trim() || undefined;
  const document = cell("document");
  const value = {
    id: cell("id") ?? `${basename(file)}:${line}`,
    question: cell("question"),
    type: cell("type"),
    answerable: answerable(cell("answerable"), at),
    answer: cell("answer"),
    aliases: cell("aliases")
      ?.split("|")
      .map((alias) => alias.trim()),
    evidence: document === undefined ? undefined : [{ document, ...place(cell, at) }],
  };
  const parsedLine = parsed(questionLine, value, at);
  const turn = testQuestion(parsedLine, { id: parsedLine.id, at, field: "", type: UNTYPED });
  return { id: parsedLine.id, at, isConversation: false, turns: [turn] };
}

/** Without a paragraph or a quote, the answer is what must be found in the document. */
function place(cell: (column: string) => string | undefined, at: string) {
  const paragraph = cell("paragraph");
  const page = cell("page");
  const quote = cell("quote") ?? (paragraph === undefined ? cell("answer") : undefined);
  if ((paragraph ?? quote) === undefined)
    throw fault(at, "a document needs a paragraph, a quote or an answer.");
  if (page !== undefined && !/^[1-9]\d*$/.test(page))
    throw fault(at, `page must be a number from 1, got "${page}".`);
  return { paragraph, quote, page: page === undefined ? undefined : Number(page) };
}

function answerable(value: string | undefined, at: string): boolean | undefined {
  if (value === undefined) return undefined;
  if (/^(?:true|yes|1)$/i.test(value)) return true;
  if (/^(?:false|no|0)$/i.test(value)) return false;
  throw fault(at, `answerable must be true or false, got "${value}".`);
}

/** Rows of cells with the line each begins at; empty lines are skipped. */
function csvRows(text: string, file: string): Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let line = 1;
  let begins = 1;
  const token = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  while (token.lastIndex < text.length || cells.length > 0) {
    const match = token.exec(text);
    if (match === null)
      throw fault(`${file}:${begins}`, "a quotation mark that is never closed or stands inside a cell.");
    const [all, raw, end] = match as unknown as [string, string, string];
    cells.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    line += all.split("\n").length - 1;
    if (end !== ",") {
      if (cells.some((cell) => cell.trim() !== "")) rows.push({ line: begins, cells });
      cells = [];
      begins = line;
    }
  }
  return rows;
}
