// corpus/sources.json: what the documents' text does not say. Keyed by file; overrides what was read.

import { join } from "node:path";
import { z } from "zod";
import { messageOf, UserError } from "../errors.ts";
import { isDate } from "./dates.ts";
import type { Metadata } from "./metadata.ts";

const date = z.string().refine(isDate, {
  error: ({ input }) => `must be a date such as "2014", "2014-08" or "2014-08-08", not "${String(input)}"`,
});

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
 * Reads what `sources.json` of a corpus folder holds (nothing where there is none): file -> metadata.
 * Throws `UserError` naming the entry that can't be used.
 */
export function parseSources(raw: string, corpusDir: string): ReadonlyMap<string, Metadata> {
  if (raw.trim() === "") return new Map();
  const path = join(corpusDir, SOURCES_FILE);
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
