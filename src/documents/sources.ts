// corpus/sources.json: what the documents' text does not say. Keyed by file; overrides what was read.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { messageOf, UserError } from "../errors.ts";
import type { Metadata } from "./metadata.ts";

const date = z.string().regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, 'must be "2014", "2014-08" or "2014-08-08"');

const entry = z.strictObject({
  title: z.string().min(1).optional(),
  publisher: z.string().min(1).optional(),
  authority: z.string().min(1).optional(),
  kind: z.string().min(1).optional(),
  published: date.optional(),
  inspected: z.strictObject({ from: date, to: date }).optional(),
  rights: z.string().min(1).optional(),
});

const schema = z.strictObject({ documents: z.record(z.string(), entry) });

export const SOURCES_FILE = "sources.json";

/**
 * Reads `sources.json` of a corpus folder: file name -> metadata. An absent file is an empty one.
 * Throws `UserError` naming the entry that can't be used.
 */
export async function readSources(corpusDir: string): Promise<ReadonlyMap<string, Metadata>> {
  const path = join(corpusDir, SOURCES_FILE);
  let raw: string;
  try {
    raw = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Map();
    throw new UserError(`${path}: can't be read (${messageOf(error)}).`);
  }
  const parsed = schema.safeParse(parseJson(raw, path));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UserError(`${path}: ${issue?.path.join(" › ")}: ${issue?.message}. Mend that entry.`);
  }
  return new Map(
    Object.entries(parsed.data.documents).map(([file, { rights: _rights, ...metadata }]) => [
      file,
      Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined)) as Metadata,
    ]),
  );
}

function parseJson(raw: string, path: string): unknown {
  try {
    return JSON.parse(raw);
  } catch (error) {
    throw new UserError(`${path}: is not valid JSON (${messageOf(error)}).`);
  }
}
