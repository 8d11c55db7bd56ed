// Training records -> small corpora like the ones people index: a report with a few news stories, or
// several reports of one authority; and the questions to them with the passages that answer.

import type { Document } from "../types.ts";
import { parseDate } from "../documents/dates.ts";
import {
  authorityOf,
  type PassageRecord,
  QUERY_KINDS,
  type QueryRecord,
  type StoryRecord,
  type TimeRecord,
} from "./data.ts";
import type { Random } from "./random.ts";

export interface LabelledQuestion {
  readonly text: string;
  /** The texts of the passages that answer; empty where none does. */
  readonly answers: readonly string[];
  /** The verbatim answer, where one is known. */
  readonly span: string | null;
  readonly kind: string;
}

export interface TrainingCorpus {
  readonly documents: readonly Document[];
  readonly questions: readonly LabelledQuestion[];
}

/** Stories beside each report. */
const STORIES = 5;

export interface CorporaData {
  readonly passages: readonly PassageRecord[];
  readonly queries: readonly QueryRecord[];
  readonly stories: readonly StoryRecord[];
  readonly times: readonly TimeRecord[];
}

/** One corpus for each report with queries, and one for each authority with questions of time. */
export function makeCorpora(data: CorporaData, random: Random): TrainingCorpus[] {
  const byReport = groupBy(data.passages, (passage) => passage.report);
  const queriesOf = groupBy(data.queries, (query) => query.report);
  const textOf = new Map(data.passages.map((passage) => [passage.id, oneLine(passage.text)]));
  const out: TrainingCorpus[] = [];
  for (const [report, queries] of queriesOf) {
    const stories = random.shuffle([...data.stories]).slice(0, STORIES);
    out.push({
      documents: [reportDocument(report, byReport.get(report) ?? []), ...stories.map(storyDocument)],
      questions: [
        ...queries.flatMap((query) => questionsOf(query, textOf.get(query.passage) ?? "")),
        ...stories.flatMap(storyQuestions),
      ],
    });
  }
  for (const [authority, records] of groupBy(data.times, (record) => record.authority)) {
    const reports = [...byReport.keys()].filter((report) => authorityOf(report) === authority);
    const asked = new Set(records.flatMap((record) => record.passages));
    const used = reports.filter((report) => byReport.get(report)!.some((passage) => asked.has(passage.id)));
    const stories = random.shuffle([...data.stories]).slice(0, 2);
    out.push({
      documents: [
        ...(used.length > 0 ? used : reports).map((report) => reportDocument(report, byReport.get(report)!)),
        ...stories.map(storyDocument),
      ],
      questions: records.map((record) => ({
        text: record.question,
        answers: record.passages.flatMap((id) => textOf.get(id) ?? []),
        span: null,
        kind: record.passages.length > 0 ? "time" : "near_miss",
      })),
    });
  }
  return out;
}

function questionsOf(query: QueryRecord, text: string): LabelledQuestion[] {
  return [
    ...QUERY_KINDS.flatMap((kind) =>
      query[kind]
        ? [{ text: query[kind], answers: [text], span: kind === "direct" ? query.answer : null, kind }]
        : [],
    ),
    { text: query.near_miss, answers: [], span: null, kind: "near_miss" },
  ];
}

function storyQuestions(story: StoryRecord): LabelledQuestion[] {
  return story.paragraphs.flatMap((p) => [
    ...QUERY_KINDS.flatMap((kind) =>
      p[kind]
        ? [
            {
              text: p[kind],
              answers: [oneLine(p.text)],
              span: kind === "direct" ? (p.answer ?? null) : null,
              kind: `story ${kind}`,
            },
          ]
        : [],
    ),
    ...(p.near_miss ? [{ text: p.near_miss, answers: [], span: null, kind: "near_miss" }] : []),
  ]);
}

/** A report's passages as the text of a report, so that it is cut as a real one is. */
function reportDocument(report: string, passages: readonly PassageRecord[]): Document {
  const authority = authorityOf(report).replace(/\b\w/g, (letter) => letter.toUpperCase());
  const day = /(\d+ \w+ \d{4})/.exec(report)?.[1] ?? "";
  const plain = passages.filter((passage) => passage.paragraph === null).map((passage) => passage.text);
  const rows = plain.filter((text) => text.includes("\t"));
  const items = plain.filter((text) => !text.includes("\t"));
  const numbered = passages.filter((passage) => passage.paragraph !== null);
  const text = [
    `${authority} Council`,
    "Inspection of children's services",
    `Report published: ${day}`,
    `The judgements are:\n${rows.map((row) => row.replace(/[ \r\n]+/g, " ")).join("\n")}`,
    "Information about this local authority area",
    items.map((item) => `- ${oneLine(item)}`).join("\n"),
    "Inspection judgements about the local authority",
    numbered.map((passage, i) => `${i + 1}. ${oneLine(passage.text)}`).join("\n"),
  ].join("\n\n");
  const title = `${authority} Council: Inspection of children's services`;
  const published = parseDate(day);
  return {
    info: {
      id: report,
      file: report,
      title,
      kind: "inspection report",
      sha256: "",
      ...(published && { published }),
    },
    text,
    pages: [],
  };
}

function storyDocument(story: StoryRecord): Document {
  const text = [
    story.title,
    ...story.paragraphs.filter((p) => p.text !== story.title).map((p) => oneLine(p.text)),
  ].join("\n\n");
  return {
    info: {
      id: story.title,
      file: story.title,
      title: story.title,
      kind: "news article",
      published: story.year,
      sha256: "",
    },
    text,
    pages: [],
  };
}

/** One line, as the text of a corpus holds it; tabs between a row's cells stay. */
export function oneLine(text: string): string {
  return text.replace(/[ \r\n]+/g, " ").trim();
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const out = new Map<string, T[]>();
  for (const item of items) {
    const group = out.get(key(item));
    if (group) group.push(item);
    else out.set(key(item), [item]);
  }
  return out;
}
