// The text of a CSV file (RFC 4180, or as spreadsheets save it: with semicolons or tabs, a line `sep=;`,
// any line ends) -> test items. Columns by their header, in any order: question, and as far as there is
// something to score by answer, document, paragraph, quote, page, type, answerable, aliases (separated by
// `|`) and id (without it, the file's name and the line).

import { basename } from "node:path";
import { fault, parsed } from "./fault.ts";
import { questionLine } from "./line.ts";
import { noticeMisspelt, type OnNotice } from "./misspelt.ts";
import { testQuestion } from "./question.ts";
import { type TestItem, UNTYPED } from "./types.ts";

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

const COLUMNS = "id question answer document paragraph quote page type answerable aliases".split(" ");

/** Throws `UserError` naming file and line on a broken file, a header without questions or an unusable cell. */
export function readCsv(text: string, file: string, onNotice: OnNotice = () => {}): TestItem[] {
  const [header, ...rows] = csvRows(text, file);
  if (header === undefined) return [];
  const columns = header.cells.map((cell) => cell.trim().toLowerCase());
  const at = `${file}:${header.line}`;
  if (!columns.includes("question")) {
    const there = columns.filter((column) => column !== "").join(", ");
    throw fault(at, `the header has no column "question"; it has ${there}.`);
  }
  const twice = columns.find((column, i) => column !== "" && columns.indexOf(column) < i);
  if (twice !== undefined) throw fault(at, `the header has "${twice}" twice.`);
  noticeMisspelt(Object.fromEntries(columns.map((column) => [column, true])), COLUMNS, at, onNotice);
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

/** What Excel may put above the header to name its separator. */
const SEPARATOR_LINE = /^sep=([,;\t])(?:\r\n|\r|\n)/i;

/** The separator that the first line names, or that leaves a column "question" in the header; a comma else. */
function separatorOf(text: string): string {
  const named = SEPARATOR_LINE.exec(text)?.[1];
  const [header = ""] = text.trimStart().split(/[\r\n]/, 1);
  const isOne = (separator: string): boolean =>
    header.split(separator).some((cell) => /^"?\s*question\s*"?$/i.test(cell.trim()));
  return named ?? [",", ";", "\t"].find(isOne) ?? ",";
}

/** Rows of cells with the line each begins at; empty lines are skipped. */
function csvRows(text: string, file: string): Row[] {
  const separator = separatorOf(text);
  const above = SEPARATOR_LINE.exec(text)?.[0] ?? "";
  const rows: Row[] = [];
  let cells: string[] = [];
  let line = above === "" ? 1 : 2;
  let begins = line;
  const token = new RegExp(`("(?:[^"]|"")*"|[^"${separator}\\r\\n]*)(${separator}|\\r\\n|\\r|\\n|$)`, "y");
  token.lastIndex = above.length;
  while (token.lastIndex < text.length || cells.length > 0) {
    const match = token.exec(text);
    if (match === null)
      throw fault(`${file}:${begins}`, "a quotation mark that is never closed or stands inside a cell.");
    const [all, raw, end] = match as unknown as [string, string, string];
    cells.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    line += all.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (end !== separator) {
      if (cells.some((cell) => cell.trim() !== "")) rows.push({ line: begins, cells });
      cells = [];
      begins = line;
    }
  }
  return rows;
}
