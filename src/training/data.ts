// Training files -> plain records. Knows the files' formats and nothing of what is done with them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { Passage } from "../types.ts";
import type { LabelledMessage } from "./message-kind.ts";
import type { Random } from "./random.ts";
import { type CutReport, passageFinder, type PassageReference } from "./reports.ts";

export const QUERY_KINDS = ["direct", "lay", "colloquial", "terse", "oblique"] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

/** Queries written for one passage; see models/README.md for what each kind is. */
export interface QueryRecord extends PassageReference, Partial<Record<QueryKind, string>> {
  /** The shortest span of the passage that answers `direct`, verbatim. */
  readonly answer: string;
  /** On the subject, but not answered by the passage. */
  readonly near_misses: readonly string[];
}

/** Queries for a whole list; the reference is to one of its items. */
export interface ListRecord extends PassageReference {
  readonly questions: readonly string[];
  /** Asks for the item of the reference alone. */
  readonly item: string;
  readonly answer: string;
  readonly near_misses: readonly string[];
}

/** An invented news story; its paragraphs carry queries of the same kinds, or none. */
export interface StoryRecord {
  readonly title: string;
  readonly kind: string;
  readonly year: string;
  readonly paragraphs: readonly (Partial<Record<QueryKind, string>> & {
    readonly text: string;
    readonly answer?: string;
    readonly near_misses?: readonly string[];
  })[];
}

/** A question to several reports of one authority, where the time or the report matters. */
export interface TimeRecord {
  readonly authority: string;
  readonly question: string;
  /** The passages that answer, best first; empty where none does. */
  readonly passages: readonly PassageReference[];
}

/** A conversation about one passage. */
export interface FollowUpRecord extends PassageReference {
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

/** A record whose passage was found in the reports. */
export type Located<T extends PassageReference> = T & { readonly passage: Passage };

export interface TrainingData {
  readonly reports: readonly CutReport[];
  readonly queries: readonly Located<QueryRecord>[];
  readonly lists: readonly Located<ListRecord>[];
  readonly stories: readonly StoryRecord[];
  readonly topics: readonly TopicRecord[];
  readonly times: readonly TimeRecord[];
  readonly followUps: readonly Located<FollowUpRecord>[];
  readonly messages: readonly LabelledMessage[];
  /** Short everyday questions, to no passage in particular. */
  readonly questions: readonly { readonly text: string }[];
  /** Lines of the lexicon file. */
  readonly lexicon: readonly string[];
}

/** Reads all training data; records whose passage is not in `reports` are left out. */
export function readTrainingData(
  folder: string,
  reports: readonly CutReport[],
  lexiconFile: string,
): TrainingData {
  const find = passageFinder(reports);
  const read = <T>(name: string) => readJsonLines<T>(join(folder, name));
  const located = <T extends PassageReference>(name: string) =>
    read<T>(name).flatMap((record): Located<T>[] => {
      const passage = find(record);
      return passage ? [{ ...record, passage }] : [];
    });
  return {
    reports,
    queries: located<QueryRecord>("queries.jsonl"),
    lists: located<ListRecord>("lists.jsonl"),
    stories: read<StoryRecord>("stories.jsonl"),
    topics: read<TopicRecord>("topics.jsonl"),
    times: read<TimeRecord>("times.jsonl").filter(({ passages }) => passages.every((p) => find(p))),
    followUps: located<FollowUpRecord>("followups.jsonl"),
    messages: read<LabelledMessage>("messages.jsonl"),
    questions: read<{ readonly text: string }>("questions.jsonl"),
    lexicon: readFileSync(lexiconFile, "utf8").split("\n"),
  };
}

/** `80449_bradford/children's services inspection - …` -> `bradford`. */
export function authorityOf(report: string): string {
  return report.split("/")[0]!.replace(/^\d+_/, "");
}

/** People also ask by telling: an order is no command when it asks the documents. */
const ORDERS = [
  "list",
  "tell me",
  "show me",
  "give me",
  "find",
  "name",
  "please list",
  "can you list",
  "can someone paste",
];
const ORDERED = 0.12;
/** On a phone a question mark is often left out. */
const UNMARKED = 0.5;
/** Queries among the messages: some times as many as messages of all other kinds. */
const QUESTIONS = 20_000;

/** Queries, a share of them, short questions and follow-ups as messages of the kind "question". */
export function questionMessages(
  {
    queries,
    stories,
    followUps,
    times,
    questions,
  }: Pick<TrainingData, "queries" | "stories" | "followUps" | "times" | "questions">,
  random: Random,
): LabelledMessage[] {
  const records = [...queries, ...stories.flatMap(({ paragraphs }) => paragraphs)];
  const asked = records.flatMap((record) => QUERY_KINDS.flatMap((kind) => record[kind] ?? []));
  const again = followUps.flatMap((record) => record.turns.map((turn) => turn.follow_up));
  const ordered = random
    .shuffle(asked)
    .map((text) => (random.next() < ORDERED ? asOrder(text, random) : text))
    .map((text) => (random.next() < UNMARKED ? text.replace(/\?$/, "") : text));
  const short = questions.map(({ text }) => text);
  return [...ordered.slice(0, QUESTIONS), ...short, ...again, ...times.map((record) => record.question)].map(
    (text) => ({ kind: "question", text }),
  );
}

/** `Which partners attend the panel?` -> `list partners attend the panel`. */
function asOrder(question: string, random: Random): string {
  const rest = question
    .replace(/^(?:what|which|who|how many|is|are|do|does|has|have)\b\s*(?:is|are|was|were)?\s*/i, "")
    .replace(/\?$/, "");
  return `${ORDERS[random.below(ORDERS.length)]} ${rest}`;
}
