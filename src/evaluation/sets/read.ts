// Files -> the test items of all of them, in order. The format follows from the file's extension; each
// format has its reader.

import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { messageOf, UserError } from "../../errors.ts";
import { readCsv } from "./csv.ts";
import { fault } from "./fault.ts";
import { readJsonl } from "./jsonl.ts";
import type { OnNotice } from "./misspelt.ts";
import { readSquad } from "./squad.ts";
import type { TestItem } from "./types.ts";

type Reader = (text: string, file: string, onNotice: OnNotice) => TestItem[];

const READERS: Readonly<Record<string, Reader>> = {
  ".jsonl": readJsonl,
  ".ndjson": readJsonl,
  ".csv": readCsv,
  ".json": readSquad,
};

/**
 * Throws `UserError` naming the file, and the line where there is one, on a file that can't be used;
 * `onNotice` is told what is odd but no fault.
 */
export async function readSets(files: readonly string[], onNotice: OnNotice = () => {}): Promise<TestItem[]> {
  if (files.length === 0) throw new UserError("No question set. Name one with --questions FILE.jsonl.");
  const items: TestItem[] = [];
  for (const file of files) {
    const reader = READERS[extname(file).toLowerCase()];
    if (reader === undefined) {
      throw fault(file, `not a format that can be read (${Object.keys(READERS).join(", ")}).`);
    }
    const read = reader(await readText(file), file, onNotice);
    if (read.length === 0) throw fault(file, "holds no questions.");
    items.push(...read);
  }
  return items;
}

/** A file's text, decoded strictly from UTF-8 without its mark. Throws `UserError` naming the file. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fault(file, `can't be read (${messageOf(error)}).`);
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw fault(file, `isn't UTF-8 text. Save it as UTF-8 (in Excel: "CSV UTF-8").`);
  }
}
