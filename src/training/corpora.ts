// Training records -> small corpora like the ones people index: a report with a few news stories,
// several reports of one authority, or reports of several; and the questions to them with the passages
// that answer.

import type { Document, Passage } from "../types.ts";
import { authorityNames } from "../retrieval/place.ts";
import { acronymQuestions } from "./acronym-questions.ts";
import { naming, withPlaceOrYear } from "./place-and-year.ts";
import {
  authorityOf,
  QUERY_KINDS,
  type ListRecord,
  type Located,
  type QueryRecord,
  type StoryRecord,
  type TimeRecord,
} from "./data.ts";
import type { Random } from "./random.ts";
import { type CutReport, passageFinder } from "./reports.ts";
import { cutStory } from "./stories.ts";

export interface LabelledQuestion {
  readonly text: string;
  /** Ids of the passages that answer; empty where none does. */
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

/** Reports, of as many authorities, in a corpus of several; and the passages asked for in each. */
const AUTHORITIES = 6;
const NAMED = 12;

export interface CorporaData {
  readonly reports: readonly CutReport[];
  readonly queries: readonly Located<QueryRecord>[];
  readonly lists: readonly Located<ListRecord>[];
  readonly stories: readonly StoryRecord[];
  readonly times: readonly TimeRecord[];
}

/**
 * One corpus for each report with queries, one for each authority with questions of time, and as many
 * of several authorities as the reports with queries make.
 */
export function makeCorpora(data: CorporaData, random: Random): TrainingCorpus[] {
  const stories = data.stories.map(asked);
  const some = (count: number) => random.shuffle([...stories]).slice(0, count);
  const reports = new Map(data.reports.map((report) => [report.report, report]));
  const queriesOf = groupBy(data.queries, (query) => query.report);
  const listsOf = groupBy(data.lists, (list) => list.report);
  const single = [...queriesOf].map(([report, queries]): TrainingCorpus => {
    const beside = some(STORIES);
    const passages = reports.get(report)!.passages;
    const all = [...passages, ...beside.flatMap((story) => story.passages)];
    return {
      documents: [reports.get(report)!.document, ...beside.map(({ document }) => document)],
      questions: [
        ...queries.flatMap((query) => {
          const questions = questionsOf(query, passages);
          return [
            ...questions,
            ...withPlaceOrYear(questions, query.passage, reports.get(report)!.document, random),
          ];
        }),
        ...(listsOf.get(report) ?? []).flatMap((list) => listQuestions(list, passages)),
        ...beside.flatMap(({ questions }) => questions),
        ...acronymQuestions(all, random),
      ],
    };
  });
  const find = passageFinder(data.reports);
  const timed = [...groupBy(data.times, (record) => record.authority)].map(
    ([authority, records]): TrainingCorpus => ({
      documents: [...data.reports.filter(({ report }) => authorityOf(report) === authority), ...some(2)].map(
        ({ document }) => document,
      ),
      questions: records.map((record) => ({
        text: record.question,
        answers: record.passages.map((reference) => find(reference)!.id),
        span: null,
        kind: record.passages.length > 0 ? "time" : "near_miss",
      })),
    }),
  );
  return [...single, ...timed, ...severalAuthorities(data, queriesOf, random)];
}

/** Corpora of several authorities' reports, whose questions name the authority in one of the ways people do. */
function severalAuthorities(
  data: CorporaData,
  queriesOf: ReadonlyMap<string, readonly Located<QueryRecord>[]>,
  random: Random,
): TrainingCorpus[] {
  const asked = data.reports.filter(({ report }) => queriesOf.has(report));
  const byAuthority = groupBy(asked, ({ report }) => authorityOf(report));
  const out: TrainingCorpus[] = [];
  for (let i = 0; i < Math.ceil(asked.length / AUTHORITIES); i++) {
    const part = random
      .shuffle([...byAuthority.values()])
      .slice(0, AUTHORITIES)
      .map((own) => random.pick(own));
    out.push({
      documents: part.map(({ document }) => document),
      questions: part.flatMap(({ report, document, passages }) => {
        const names = authorityNames(document.info.authority ?? "");
        if (names.length === 0) return [];
        return random
          .shuffle([...queriesOf.get(report)!])
          .slice(0, NAMED)
          .flatMap((query) => questionsOf(query, passages))
          .filter(({ kind }) => kind !== "near_miss")
          .map((question) => ({
            ...question,
            text: naming(question.text, random.pick(names), random),
            span: null,
            kind: "place",
          }));
      }),
    });
  }
  return out;
}

function questionsOf(query: Located<QueryRecord>, passages: readonly Passage[]): LabelledQuestion[] {
  const answers = sameText(query.passage, passages);
  return [
    ...QUERY_KINDS.flatMap((kind) =>
      query[kind]
        ? [{ text: query[kind], answers, span: kind === "direct" ? query.answer : null, kind }]
        : [],
    ),
    ...query.near_misses.map((text) => ({ text, answers: [], span: null, kind: "near_miss" })),
  ];
}

function listQuestions(list: Located<ListRecord>, passages: readonly Passage[]): LabelledQuestion[] {
  const items = passages.filter((passage) => passage.list === list.passage.list).map(({ id }) => id);
  return [
    ...list.questions.map((text) => ({ text, answers: items, span: null, kind: "list" })),
    { text: list.item, answers: sameText(list.passage, passages), span: list.answer, kind: "colloquial" },
    ...list.near_misses.map((text) => ({ text, answers: [], span: null, kind: "near_miss" })),
  ];
}

/** What says the same, word for word, answers as well. */
function sameText(passage: Passage, passages: readonly Passage[]): string[] {
  return passages.filter((other) => other.text === passage.text).map(({ id }) => id);
}

/** A story as a document, with the questions to it. */
function asked(story: StoryRecord) {
  const { document, passages, paragraphs } = cutStory(story);
  const questions = paragraphs.flatMap(({ paragraph, passage }): LabelledQuestion[] => [
    ...QUERY_KINDS.flatMap((kind) => {
      const text = paragraph[kind];
      if (text === undefined || passage === null) return [];
      const span = kind === "direct" ? (paragraph.answer ?? null) : null;
      return [{ text, answers: [passage.id], span, kind: `story ${kind}` }];
    }),
    ...(paragraph.near_misses ?? []).map((text) => ({ text, answers: [], span: null, kind: "near_miss" })),
  ]);
  return { document, passages, questions };
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
