import { expect, test } from "vitest";
import { newerThan } from "../../src/answer/newer.ts";
import type { Answer, DocumentInfo, Quote, RankedPassage } from "../../src/types.ts";

const info = (
  id: string,
  published?: string,
  kind = "inspection report",
  authority = "Fenmere",
): DocumentInfo => ({
  id,
  file: `${id}.txt`,
  title: id,
  kind,
  authority,
  sha256: "",
  ...(published !== undefined && { published }),
});
const DOCUMENTS = [
  info("old", "2014-08-08"),
  info("middle", "2016"),
  info("new", "2019-03-01"),
  info("elsewhere", "2022", "inspection report", "Oxbridge"),
  info("story", "2024", "news article"),
  info("undated"),
];

/** An answer that quotes some documents, with passages of others at distances of the first one's score. */
function answer(question: string, quoted: readonly string[], near: Record<string, number> = {}): Answer {
  const passage = (document: string, score: number) => ({ document, score }) as RankedPassage;
  return {
    question,
    understood: question,
    outcome: "answer",
    confidence: 1,
    message: null,
    quotes: quoted.map((document) => ({ document }) as Quote),
    related: [],
    passages: [passage(quoted[0]!, 5), ...Object.entries(near).map(([id, less]) => passage(id, 5 - less))],
    ms: 0,
  };
}
const QUESTION = "are plans good?";
const found = (...args: Parameters<typeof newerThan>) => {
  const newer = newerThan(...args);
  return newer && `${newer.info.id} (${newer.why})`;
};

test("the newest document of the same kind on the same authority is told", () => {
  expect(found(answer(QUESTION, ["old"]), DOCUMENTS)).toBe("new (kind)");
  expect(found(answer(QUESTION, ["middle"]), DOCUMENTS)).toBe("new (kind)");
  expect(found(answer(QUESTION, ["new"]), DOCUMENTS)).toBe(null);
});

test("else a newer document with a passage near the question is, and no other", () => {
  expect(found(answer(QUESTION, ["new"], { story: 1, elsewhere: 0.5 }), DOCUMENTS)).toBe("story (near)");
  expect(found(answer(QUESTION, ["new"], { story: 2 }), DOCUMENTS)).toBe(null);
  expect(found(answer(QUESTION, ["story"], { new: 0.1, undated: 0.1 }), DOCUMENTS)).toBe(null);
});

test("a document that is quoted too needs no telling", () => {
  expect(found(answer(QUESTION, ["middle", "new"]), DOCUMENTS)).toBe(null);
  expect(found(answer(QUESTION, ["old", "new"]), DOCUMENTS)).toBe(null);
});

test("who asks for a time or a document has it", () => {
  expect(found(answer("were plans good in 2014?", ["old"]), DOCUMENTS)).toBe(null);
  expect(found(answer(QUESTION, ["old"]), DOCUMENTS, { until: "2015" })).toBe(null);
  expect(found(answer(QUESTION, ["old"]), DOCUMENTS, { document: "old" })).toBe(null);
  expect(found(answer(QUESTION, ["old"]), DOCUMENTS, { since: "2010" })).toBe("new (kind)");
});

test("dates are compared as far as both are known, and an undated document is neither old nor new", () => {
  const documents = [info("year", "2014"), info("day", "2014-08-08"), info("undated")];
  for (const id of ["year", "day", "undated"]) expect(found(answer(QUESTION, [id]), documents)).toBe(null);
});

test("an authority is the same with and without its form; a date of inspection stands in for that of publication", () => {
  const inspected = { from: "2023-09-11", to: "2023-09-15" };
  const documents = [
    info("old", "2014-08-08", "inspection report", "Metropolitan Borough of Barnsley Council"),
    { ...info("new", undefined, "inspection report", "Barnsley"), inspected },
    { ...info("other", undefined, "inspection report", "Barnet"), inspected },
  ];
  expect(found(answer(QUESTION, ["old"]), documents)).toBe("new (kind)");
  expect(found(answer(QUESTION, ["new"]), documents)).toBe(null);
});
