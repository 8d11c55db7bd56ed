import { expect, test } from "vitest";
import type { StoryRecord, TimeRecord, TrainingData } from "../../src/training/data.ts";
import { inParts, split } from "../../src/training/folds.ts";
import { seeded } from "../../src/training/random.ts";

const authorities = Array.from({ length: 20 }, (_, i) => `authority ${String.fromCharCode(97 + i)}`);
const reports = authorities.flatMap((name, i) =>
  [2014, 2019].map((year) => ({ report: `8${i}_${name}/inspection ${year}` })),
);
const data = {
  reports,
  queries: reports.flatMap(({ report }) =>
    Array.from({ length: 10 }, (_, i) => ({ report, paragraph: `${i}` })),
  ),
  lists: reports.map(({ report }) => ({ report })),
  stories: Array.from({ length: 40 }, (_, i): StoryRecord => ({
    title: `story ${i}`,
    kind: "local paper",
    year: "2014",
    paragraphs: [],
  })),
  times: [...authorities, "elsewhere a", "elsewhere b"].map((authority): TimeRecord => ({
    authority,
    question: "and before?",
    passages: [],
  })),
  messages: Array.from({ length: 10 }, (_, i) => ({ kind: "offtopic", text: `message ${i}` })),
  questions: Array.from({ length: 10 }, (_, i) => ({ text: `question ${i}` })),
  followUps: [],
  topics: [],
  lexicon: [],
} as unknown as TrainingData;

const authorityIn = (report: string) => report.split("/")[0]!.replace(/^\d+_/, "");

test("parts share no authority and no story, and nothing is lost", () => {
  const parts = inParts(data, [0.5, 0.35, 0.15], seeded(1));
  const seen = (of: (part: (typeof parts)[number]) => string[]) =>
    parts.flatMap((part) => [...new Set(of(part))]);
  for (const of of [
    (part: (typeof parts)[number]) => part.queries.map(({ report }) => authorityIn(report)),
    (part: (typeof parts)[number]) => part.lists.map(({ report }) => authorityIn(report)),
    (part: (typeof parts)[number]) =>
      part.times.map(({ authority }) => authority).filter((name) => !name.startsWith("elsewhere")),
  ])
    expect(seen(of).toSorted()).toEqual(authorities);
  expect(seen((part) => part.stories.map(({ title }) => title))).toHaveLength(40);
  expect(parts.map(({ queries }) => queries.length)).toEqual([200, 140, 60]);
  expect(parts.map(({ stories }) => stories.length)).toEqual([20, 14, 6]);
});

test("authorities with questions of time only are dealt out too", () => {
  const parts = inParts(data, [0.5, 0.5], seeded(1));
  expect(parts.map(({ times }) => times.length)).toEqual([11, 11]);
});

test("what the first encoder sees and what is held from it share no authority, story or message", () => {
  const { seen, held } = split(data);
  const names = new Set(seen.queries.map(({ report }) => authorityIn(report)));
  expect(held.queries.length).toBeGreaterThan(0);
  expect(held.queries.filter(({ report }) => names.has(authorityIn(report)))).toEqual([]);
  expect(held.stories).toHaveLength(8);
  expect(seen.stories).toHaveLength(32);
  expect([...seen.messages, ...held.messages].map(({ text }) => text).toSorted()).toEqual(
    data.messages.map(({ text }) => text).toSorted(),
  );
  expect(held.messages).toHaveLength(5);
  expect([...seen.questions, ...held.questions].map(({ text }) => text).toSorted()).toEqual(
    data.questions.map(({ text }) => text).toSorted(),
  );
  expect(held.questions).toHaveLength(5);
});
