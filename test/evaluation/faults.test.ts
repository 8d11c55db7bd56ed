import { basename } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { checkItems, noticeParagraphs } from "../../src/evaluation/sets/check.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { readSets } from "../../src/evaluation/sets/read.ts";
import { file, HEALTH, NEET, TEXTS } from "./room.ts";

/** Reads and checks a set, and gives the message it fails with, without the folder. */
async function failure(name: string, content: string | Uint8Array): Promise<string> {
  const path = await file(name, content);
  const read = readSets([path]).then((items) => checkItems(items, Object.keys(TEXTS), (id) => TEXTS[id]));
  const error = await read.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message.replaceAll(path, basename(path));
}

const GOOD = '{"id": "a", "question": "why?"}\n';
const json = JSON.stringify;
const withFilter = (filter: unknown) => json({ id: "b", question: "why?", filter });
const withEvidence = (evidence: unknown) => json({ id: "b", question: "why?", evidence });

test.each([
  ["broken JSON", '{"id": "b", ', /^set\.jsonl:2: not JSON: .*\. Each line must be one JSON object\.$/],
  ["two objects on a line", '{"id": "b", "question": "?"} {"id": "c"}', /^set\.jsonl:2: not JSON/],
  ["a list", "[]", "set.jsonl:2: the line must be an object, got []."],
  ["null", "null", "set.jsonl:2: the line must be an object, got null."],
  ["no id", '{"question": "why?"}', "set.jsonl:2: id is missing."],
  ["an empty id", '{"id": " ", "question": "why?"}', "set.jsonl:2: id is empty."],
  ["a number as id", '{"id": 7, "question": "why?"}', "set.jsonl:2: id must be a text, got 7."],
  ["no question", '{"id": "b"}', "set.jsonl:2: question is missing."],
  ["a blank question", '{"id": "b", "question": "\\t"}', "set.jsonl:2: question is empty."],
  [
    "a list as question",
    '{"id": "b", "question": ["a"]}',
    'set.jsonl:2: question must be a text, got ["a"].',
  ],
  ["an id used twice", GOOD.trim(), 'set.jsonl:2: id "a" is used before, at set.jsonl:1.'],
  [
    "need none",
    '{"id": "b", "question": "?", "need": "some"}',
    'set.jsonl:2: need must be "any" or "all", got "some".',
  ],
  [
    "answerable as text",
    '{"id": "b", "question": "?", "answerable": "yes"}',
    'set.jsonl:2: answerable must be true or false, got "yes".',
  ],
  [
    "a number as answer",
    '{"id": "b", "question": "?", "answer": 62}',
    "set.jsonl:2: answer must be a text, got 62.",
  ],
  [
    "a text as aliases",
    '{"id": "b", "question": "?", "aliases": "x"}',
    'set.jsonl:2: aliases must be a list, got "x".',
  ],
  ["a text as evidence", withEvidence("x"), 'set.jsonl:2: evidence must be a list, got "x".'],
  [
    "evidence without a document",
    withEvidence([{ quote: "x" }]),
    "set.jsonl:2: evidence[0].document is missing.",
  ],
  [
    "evidence without a place",
    withEvidence([{ document: "report" }]),
    "set.jsonl:2: evidence[0] needs a paragraph or a quote.",
  ],
  [
    "a number as paragraph",
    withEvidence([{ document: "report", paragraph: 105 }]),
    "set.jsonl:2: evidence[0].paragraph must be a text, got 105.",
  ],
  [
    "page 0",
    withEvidence([{ document: "report", quote: "NEET", page: 0 }]),
    "set.jsonl:2: evidence[0].page must be 1 or more.",
  ],
  [
    "an unknown document",
    withEvidence([{ document: "reprot", quote: "x" }]),
    'set.jsonl:2: document "reprot" isn\'t indexed. Indexed: report, news.',
  ],
  [
    "a quote that isn't in the document",
    withEvidence([
      { document: "report", quote: "care leavers aged 19 years were NEET" },
      { document: "news", quote: "care leavers aged 19 years were NEET" },
    ]),
    'set.jsonl:2: the quote isn\'t in news: "care leavers aged 19 years were NEET".',
  ],
  [
    "evidence for what is unanswerable",
    json({ id: "b", question: "?", answerable: false, evidence: [{ document: "report", quote: "NEET" }] }),
    "set.jsonl:2: answerable is false, but there is evidence.",
  ],
  [
    "nothing to score an answerable question by",
    json({ id: "b", question: "?", answerable: true }),
    "set.jsonl:2: answerable is true, but there is neither evidence nor an answer to score by.",
  ],
  [
    "need all of nothing",
    json({ id: "b", question: "?", need: "all", answer: "x" }),
    'set.jsonl:2: need is "all", but there is no evidence.',
  ],
  [
    "a document named with its extension",
    withEvidence([{ document: "report.txt", quote: "x" }]),
    'set.jsonl:2: document "report.txt" isn\'t indexed. Leave its extension out: "report".',
  ],
  [
    "an impossible date",
    withFilter({ since: "2014-02-30" }),
    "set.jsonl:2: filter.since must be a date such as 2014, 2014-08 or 2014-08-08.",
  ],
  [
    "a date in words",
    withFilter({ until: "8 August 2014" }),
    "set.jsonl:2: filter.until must be a date such as 2014, 2014-08 or 2014-08-08.",
  ],
  [
    "a range that ends before it begins",
    withFilter({ since: "2015", until: "2014-08" }),
    "set.jsonl:2: filter.since 2015 is after filter.until 2014-08: nothing can be quoted.",
  ],
  [
    "a filter by an unknown document",
    withFilter({ document: "x" }),
    'set.jsonl:2: filter.document "x" isn\'t indexed. Indexed: report, news.',
  ],
  ["a text as filter", withFilter("report"), 'set.jsonl:2: filter must be an object, got "report".'],
  [
    "a control character in an id",
    '{"id": "b\\u001b[2J", "question": "?"}\n{"id": "b\\u001b[2J", "question": "?"}',
    'set.jsonl:3: id "b\\u001b[2J" is used before, at set.jsonl:2.',
  ],
  ["no turns", '{"id": "b", "turns": []}', "set.jsonl:2: turns is empty."],
  [
    "turns that are texts",
    '{"id": "b", "turns": ["why?"]}',
    'set.jsonl:2: turns[0] must be an object, got "why?".',
  ],
  [
    "a turn without a question",
    '{"id": "b", "turns": [{"question": "a"}, {}]}',
    "set.jsonl:2: turns[1].question is missing.",
  ],
  [
    "question and turns",
    '{"id": "b", "question": "?", "turns": []}',
    "set.jsonl:2: has both question and turns; keep one.",
  ],
  [
    "a turn's id used twice",
    '{"id": "b", "turns": [{"question": "a", "id": "a"}]}',
    'set.jsonl:2: id "a" is used before, at set.jsonl:1.',
  ],
  [
    "a turn's unknown document",
    json({ id: "b", turns: [{ question: "?", evidence: [{ document: "x", quote: "x" }] }] }),
    'set.jsonl:2: conversation "b": document "x" isn\'t indexed. Indexed: report, news.',
  ],
])("%s is reported with file and line", async (_, line, message) => {
  const text = await failure("set.jsonl", `${GOOD}${line}\n${GOOD.replace("a", "z")}`);
  if (typeof message === "string") expect(text).toBe(message);
  else expect(text).toMatch(message);
});

test.each([
  ["set.jsonl", "", "set.jsonl: holds no questions."],
  ["set.jsonl", "\n  \n", "set.jsonl: holds no questions."],
  [
    "set.jsonl",
    new Uint8Array([0x7b, 0xff, 0xfe]),
    'set.jsonl: isn\'t UTF-8 text. Save it as UTF-8 (in Excel: "CSV UTF-8").',
  ],
  ["set.docx", "x", "set.docx: not a format that can be read (.jsonl, .ndjson, .csv, .json)."],
])("%s with %j is refused", async (name, content, message) => {
  expect(await failure(name, content)).toBe(message);
});

test("a missing file is named, and so is the lack of any", async () => {
  await expect(readSets(["/nowhere/set.jsonl"])).rejects.toThrow(
    /^\/nowhere\/set\.jsonl: can't be read \(ENOENT/,
  );
  await expect(readSets([])).rejects.toThrow("No question set. Name one with --questions FILE.jsonl.");
});

test("an id used in two files is reported with both places", async () => {
  const one = await file("one.jsonl", GOOD);
  const two = await file("two.jsonl", `\n${GOOD}`);
  const items = await readSets([one, two]);
  expect(() => checkItems(items, [])).toThrow(`${two}:2: id "a" is used before, at ${one}:1.`);
});

test("fields that nothing reads but nearly are ones that are read are told, others are not", async () => {
  const set = await file(
    "set.jsonl",
    [
      { id: "a", question: "?", answers: "62%", notes: "x", reason: 1 },
      { id: "b", question: "?", evidance: [], evidence: [{ document: "d", quote: "x", paragarph: "1" }] },
      { id: "c", turns: [{ question: "?", Answer: "y" }], answer: "z" },
    ]
      .map((line) => json(line))
      .join("\n"),
  );
  const csv = await file("set.csv", "question,anwser,kind\nwhy?,x,y");
  const notices: string[] = [];
  await readSets([set, csv], (notice) => notices.push(notice.replace(/^.*\//, "")));
  expect(notices).toEqual([
    'set.jsonl:1: "answers" is not read; did you mean "answer"?',
    'set.jsonl:2: "paragarph" is not read; did you mean "paragraph"?',
    'set.jsonl:3: "Answer" is not read; did you mean "answer"?',
    'set.csv:1: "anwser" is not read; did you mean "answer"?',
  ]);
});

test("a paragraph that isn't there, or doesn't hold its quote, is told", () => {
  const items = readJsonl(
    [
      {
        id: "a",
        question: "?",
        evidence: [{ document: "report", paragraph: "105", quote: "62% of care leavers" }],
      },
      { id: "b", question: "?", evidence: [{ document: "report", paragraph: "999" }] },
      {
        id: "c",
        question: "?",
        evidence: [{ document: "report", paragraph: "106", quote: "62% of care leavers" }],
      },
      { id: "d", question: "?", evidence: [{ document: "report", quote: "62% of care leavers" }] },
    ]
      .map((line) => json(line))
      .join("\n"),
    "set.jsonl",
  );
  const passages = [NEET, HEALTH].map(([document, paragraph, text]) => ({ document, paragraph, text }));
  const notices: string[] = [];
  noticeParagraphs(items, passages, (notice) => notices.push(notice));
  expect(notices).toEqual([
    'set.jsonl:2: report has no paragraph "999".',
    'set.jsonl:3: the quote isn\'t in paragraph 106 of report: "62% of care leavers".',
  ]);
});
