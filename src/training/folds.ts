// What is trained on and what is kept apart from it: parts of the data that share no authority, no
// story and no message, so that what is fitted on one part can be measured on another.

import type { CorporaData } from "./corpora.ts";
import { authorityOf, type TrainingData } from "./data.ts";
import type { Random } from "./random.ts";

/** Every fifth authority and story, and every second message and short question, is held back from the first encoder. */
const FOLDS = 5;

/** The data in two parts that share no authority, story, message or short question. Topics and lexicon belong to the first. */
export function split(data: TrainingData): { readonly seen: TrainingData; readonly held: TrainingData } {
  const isHeld = (report: string) =>
    [...authorityOf(report)].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7) % FOLDS ===
    0;
  const part = (held: boolean): TrainingData => ({
    reports: data.reports.filter(({ report }) => isHeld(report) === held),
    queries: data.queries.filter((query) => isHeld(query.report) === held),
    lists: data.lists.filter((list) => isHeld(list.report) === held),
    stories: data.stories.filter((_, i) => (i % FOLDS === 0) === held),
    messages: data.messages.filter((_, i) => (i % 2 === 0) === held),
    questions: data.questions.filter((_, i) => (i % 2 === 0) === held),
    times: data.times,
    followUps: data.followUps.filter((_, i) => (i % 2 === 0) === held),
    topics: held ? [] : data.topics,
    lexicon: held ? [] : data.lexicon,
  });
  return { seen: part(false), held: part(true) };
}

/**
 * Data in parts that share no authority and no story, with about these shares of their queries, of their
 * questions of time, and of their stories; together 1. Reports are in every part: the corpora are made of
 * them.
 */
export function inParts(data: CorporaData, shares: readonly number[], random: Random): CorporaData[] {
  const asked = countBy(data.queries, ({ report }) => authorityOf(report));
  const timed = countBy(data.times, ({ authority }) => authority);
  for (const authority of asked.keys()) timed.delete(authority);
  const deal = (counts: Map<string, number>) =>
    dealt(random.shuffle([...counts]), shares, ([, count]) => count).map((part) =>
      part.map(([authority]) => authority),
    );
  const withQueries = deal(asked);
  const withTimes = deal(timed);
  const stories = dealt(random.shuffle([...data.stories]), shares, () => 1);
  return shares.map((_, i) => {
    const own = new Set([...withQueries[i]!, ...withTimes[i]!]);
    return {
      reports: data.reports,
      queries: data.queries.filter(({ report }) => own.has(authorityOf(report))),
      lists: data.lists.filter(({ report }) => own.has(authorityOf(report))),
      times: data.times.filter(({ authority }) => own.has(authority)),
      stories: stories[i]!,
    };
  });
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** Items in their order, cut where the shares of their weight end. */
function dealt<T>(items: readonly T[], shares: readonly number[], weightOf: (item: T) => number): T[][] {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  const out: T[][] = shares.map(() => []);
  let before = 0;
  let part = 0;
  let end = shares[0]! * total;
  for (const item of items) {
    const weight = weightOf(item);
    while (part < shares.length - 1 && before + weight / 2 > end) end += shares[++part]! * total;
    out[part]!.push(item);
    before += weight;
  }
  return out;
}
