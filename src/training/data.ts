// Training files -> plain records. Knows the files' formats and nothing of what is done with them.

import { readFileSync } from "node:fs";
import { UserError } from "../errors.ts";

export const QUERY_KINDS = ["direct", "lay", "colloquial", "terse", "oblique"] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

/** Queries written for one passage; see models/README.md for what each kind is. */
export interface QueryRecord extends Partial<Record<QueryKind, string>> {
  readonly passage: string;
  readonly report: string;
  readonly paragraph: string | null;
  /** The shortest span of the passage that answers `direct`, verbatim. */
  readonly answer: string;
  /** On the subject, but not answered by the passage. */
  readonly near_miss: string;
}

/** An invented news story; its paragraphs carry queries of the same kinds, or none. */
export interface StoryRecord {
  readonly title: string;
  readonly kind: string;
  readonly year: string;
  readonly paragraphs: readonly (Partial<Record<QueryKind, string>> & {
    readonly text: string;
    readonly answer?: string;
    readonly near_miss?: string;
  })[];
}

/** A question to several reports of one authority, where the time or the report matters. */
export interface TimeRecord {
  readonly authority: string;
  readonly question: string;
  /** Ids of the passages that answer, best first; empty where none does. */
  readonly passages: readonly string[];
}

/** A conversation about one passage. */
export interface FollowUpRecord {
  readonly passage: string;
  readonly question: string;
  /** `other`: another passage answers. */
  readonly turns: readonly {
    readonly follow_up: string;
    readonly rewritten: string;
    readonly other: boolean;
  }[];
}

export interface TopicRecord {
  readonly topic: string;
  readonly statements: readonly string[];
  readonly questions: readonly string[];
}

export interface PassageRecord {
  readonly id: string;
  readonly report: string;
  readonly paragraph: string | null;
  readonly text: string;
}

/** Reads a JSON-lines file. Throws `UserError` with file and line. */
export function readJsonLines<T>(path: string): T[] {
  let raw: string;
  try {
    raw = readFileSync(path, "utf8");
  } catch {
    throw new UserError(`${path}: can't be read. Name the training data's place (see models/README.md).`);
  }
  return raw.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as T];
    } catch {
      throw new UserError(`${path}:${i + 1}: is not a line of JSON.`);
    }
  });
}
