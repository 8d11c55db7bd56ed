import { beforeAll, expect, test } from "vitest";
import type { OpenIndex } from "../../src/index/open-index.ts";
import { namedIn, peopleNamed } from "../../src/retrieval/people.ts";
import { rank } from "../../src/retrieval/rank.ts";
import { terms } from "../../src/text/terms.ts";
import { textDocument } from "../fakes/corpus.ts";
import { smallIndex } from "../index/room.ts";

let index: OpenIndex;
beforeAll(async () => {
  index = await smallIndex([
    textDocument(
      "first",
      "Councillor Ann Marsh said: “We are pleased.\n\n“There is more to do.”\n\nSchools do well.",
    ),
    textDocument("second", "A marsh tit was seen by Bob Ray.\n\nIs the job done? It is finished, Ray said."),
    textDocument("third", "The job is done and finished.\n\nMarshland is wet."),
  ]);
});
const asked = (text: string) => ({ text, terms: terms(text) });
const people = (question: string) => peopleNamed(asked(question), index);

test("a surname that the documents know names somebody, in small letters too", () => {
  expect([...people("does ray think the job's done?")!.documents]).toEqual(["second"]);
  expect(people("is the job done?")).toBeNull();
  expect(people("does Smith think so?")).toBeNull();
});

test("words with apostrophes, hyphens and figures are read like others", async () => {
  const odd = await smallIndex([textDocument("odd", "Jo O'Neil-Hall said he'd go by bus 4b, C++ or §5.")]);
  expect(
    peopleNamed(asked("did O'Neil-Hall say he'd go by 4b, C++ or §5?"), odd)?.words.size,
  ).toBeGreaterThan(0);
  for (const word of odd.lexical.forms)
    expect(() => peopleNamed(asked(`is ${word} ${word}?`), odd)).not.toThrow();
});

test.each(["Hi Ray, is the job done?", "Hello, I'm Bob Ray. Is the job done?", "thanks Ray! is it done?"])(
  "whoever asks or is greeted is not asked about: %s",
  (question) => {
    expect(people(question)).toBeNull();
  },
);

test("a word that is also written small is no name", () => {
  expect(people("what does Marsh say?")).toBeNull();
});

test("what is asked of somebody is answered by the documents that name them, where they are named or quoted", async () => {
  const { candidates } = await rank("does Ray think the job is done and finished?", index, null);
  const documents = new Set(candidates.map(({ place }) => index.passages[place]!.document));
  expect([...documents]).toEqual(["second"]);
});

test("a paragraph is its speaker's, though the name stands in another one", async () => {
  const news = await smallIndex([
    textDocument(
      "news",
      "Councillor Ann Hall said: “We are pleased.\n\n“There is more to do.”\n\nSchools do well.",
    ),
  ]);
  const named = peopleNamed(asked("is Hall happy?"), news)!;
  expect(news.passages.map((_, place) => namedIn(place, named, news))).toEqual([1, 1, 0]);
});
