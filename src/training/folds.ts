// What is trained on and what is kept apart from it: parts of the data that share no authority, no
// story and no message, so that what is fitted on one part can be measured on another.

import { authorityOf, type TrainingData } from "./data.ts";
import type { Random } from "./random.ts";

/** Every fifth authority and story, and every second message, is held back from the first encoder. */
const FOLDS = 5;

/** The data in two parts that share no authority, story or message. Topics and lexicon belong to the first. */
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
    times: data.times,
    followUps: data.followUps.filter((_, i) => (i % 2 === 0) === held),
    topics: held ? [] : data.topics,
    lexicon: held ? [] : data.lexicon,
  });
  return { seen: part(false), held: part(true) };
}

/**
 * Data in parts that share no authority and no story, with about these shares of their queries and
 * stories; together 1. Reports are in every part: they hold what authorities are named with. Messages,
 * topics and lexicon are not dealt out.
 */
export function inParts(
  data: Pick<TrainingData, "reports" | "queries" | "lists" | "stories" | "times">,
  shares: readonly number[],
  random: Random,
): Pick<TrainingData, "reports" | "queries" | "lists" | "stories" | "times">[] {
  const weights = new Map<string, number>();
  const add = (authority: string) => weights.set(authority, (weights.get(authority) ?? 0) + 1);
  for (const { report } of data.queries) add(authorityOf(report));
  for (const { authority } of data.times) add(authority);
  const authorities = dealt(random.shuffle([...weights]), shares, ([, weight]) => weight).map(
    (part) => new Set(part.map(([authority]) => authority)),
  );
  const stories = dealt(random.shuffle([...data.stories]), shares, () => 1);
  return authorities.map((own, i) => ({
    reports: data.reports,
    queries: data.queries.filter(({ report }) => own.has(authorityOf(report))),
    lists: data.lists.filter(({ report }) => own.has(authorityOf(report))),
    times: data.times.filter(({ authority }) => own.has(authority)),
    stories: stories[i]!,
  }));
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
