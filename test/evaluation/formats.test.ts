import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { checkItems } from "../../src/evaluation/sets/check.ts";
import { readCsv } from "../../src/evaluation/sets/csv.ts";
import { readSets } from "../../src/evaluation/sets/read.ts";
import { writeSquadCorpus } from "../../src/evaluation/sets/squad-corpus.ts";
import { readSquad } from "../../src/evaluation/sets/squad.ts";
import { file, folder, TEXTS } from "./room.ts";

test("a CSV file's columns are found by their header, cells may hold commas, quotation marks and lines", () => {
  const text =
    'Question,answer,document,paragraph,type\r\n"What, in ""2014""\nand all?",62%,report,105,numeric\r\n\r\nhow much?,£13m,news,,\r\nhello,,,,chitchat\r\n';
  const turns = readCsv(text, "dir/set.csv").flatMap((item) => item.turns);
  expect(turns).toEqual([
    {
      id: "set.csv:2",
      at: "dir/set.csv:2",
      text: 'What, in "2014"\nand all?',
      type: "numeric",
      answerable: true,
      need: "any",
      evidence: [{ document: "report", paragraph: "105", page: null, quote: null }],
      answers: ["62%"],
    },
    {
      id: "set.csv:5",
      at: "dir/set.csv:5",
      text: "how much?",
      type: "untyped",
      answerable: true,
      need: "any",
      // Without a paragraph, the answer is what the passage must hold.
      evidence: [{ document: "news", paragraph: undefined, page: null, quote: "£13m" }],
      answers: ["£13m"],
    },
    {
      id: "set.csv:6",
      at: "dir/set.csv:6",
      text: "hello",
      type: "chitchat",
      answerable: null,
      need: "any",
      evidence: [],
      answers: [],
    },
  ]);
});

test.each([
  [
    "semicolons, a byte order mark and Windows line ends",
    "\uFEFFQuestion;Answer;Document\r\nhow much?;£13m;news\r\n",
    2,
  ],
  ["tabs", "question\tanswer\tdocument\nhow much?\t£13m\tnews\n", 2],
  ["old line ends", "question,answer,document\rhow much?,£13m,news\r", 2],
  ["a line that names the separator", "sep=;\r\nanswer;question;document\r\n£13m;how much?;news\r\n", 3],
  [
    "quoted headers and empty columns",
    '"Question";"Answer";"Document";;\r\n"how much?";"£13m";news;;\r\n;;;;\r\n',
    2,
  ],
])("a CSV file may have %s", async (_, text, line) => {
  const path = await file("set.csv", text);
  const items = await readSets([path]);
  expect(items.map(({ at }) => at)).toEqual([`${path}:${line}`]);
  expect(items[0]!.turns[0]).toMatchObject({
    text: "how much?",
    answers: ["£13m"],
    evidence: [{ document: "news", quote: "£13m" }],
  });
});

test("a comma stays a comma in a file with semicolons, and the other way round", () => {
  const text = (csv: string) => readCsv(csv, "set.csv").map(({ turns }) => turns[0]!.text);
  expect(text("question;type\nwhat, exactly?;x")).toEqual(["what, exactly?"]);
  expect(text('question,type\nwhat; exactly?,x\n"a, b",y')).toEqual(["what; exactly?", "a, b"]);
});

test("further columns say what a line of JSON could", () => {
  const text =
    "id,question,answerable,aliases,document,quote,page\na,b?,yes,x| y,news,A new board,3\nc,d?,FALSE,,,,";
  const turns = readCsv(text, "set.csv").flatMap((item) => item.turns);
  expect(turns.map(({ id, answerable, answers }) => [id, answerable, answers])).toEqual([
    ["a", true, ["x", "y"]],
    ["c", false, []],
  ]);
  expect(turns[0]?.evidence).toEqual([
    { document: "news", paragraph: undefined, page: 3, quote: "A new board" },
  ]);
});

test.each([
  ["question,answer\nwhy?", "set.csv:2: 1 cells, but the header has 2."],
  ["frage\nwarum?", 'set.csv:1: the header has no column "question"; it has frage.'],
  ["question,question\na,b", 'set.csv:1: the header has "question" twice.'],
  [
    'question\nok?\n"never closed',
    "set.csv:3: a quotation mark that is never closed or stands inside a cell.",
  ],
  ['question\nso "called"', "set.csv:2: a quotation mark that is never closed or stands inside a cell."],
  ["question,answer\n,x", "set.csv:2: question is missing."],
  ["question,page,document,answer\n?,one,news,x", 'set.csv:2: page must be a number from 1, got "one".'],
  ["question,answerable\n?,perhaps", 'set.csv:2: answerable must be true or false, got "perhaps".'],
  ["question,document\n?,news", "set.csv:2: a document needs a paragraph, a quote or an answer."],
  ["question,document,answer\n?,news,£14m", 'set.csv:2: the quote isn\'t in news: "£14m".'],
  ["id,question\na,b\na,c", 'set.csv:3: id "a" is used before, at set.csv:2.'],
  ["question", "set.csv: holds no questions."],
])("the CSV file %j is refused", async (text, message) => {
  const path = await file("set.csv", text);
  const read = readSets([path]).then((items) => checkItems(items, Object.keys(TEXTS), (id) => TEXTS[id]));
  const error = await read.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message.replaceAll(path, basename(path))).toBe(message);
});

/** The form of dev-v2.0.json, with two of its questions. */
const SQUAD = {
  version: "v2.0",
  data: [
    {
      title: "Normans",
      paragraphs: [
        {
          context: "The Normans were the people who gave their name to Normandy,\na region in France.",
          qas: [
            {
              question: "In what country is Normandy located?",
              id: "56ddde6b9a695914005b9628",
              answers: [
                { text: "France", answer_start: 70 },
                { text: "France", answer_start: 70 },
              ],
              is_impossible: false,
            },
            {
              plausible_answers: [{ text: "Normans", answer_start: 4 }],
              question: "Who gave their name to Normandy in the 1000's?",
              id: "5ad39d53604f3c001a3fe8d1",
              answers: [],
              is_impossible: true,
            },
          ],
        },
      ],
    },
  ],
};

test("SQuAD questions have their paragraph as evidence, impossible ones none", () => {
  const turns = readSquad(JSON.stringify(SQUAD, null, 1), "dev.json").flatMap((item) => item.turns);
  expect(
    turns.map(({ id, at, type, answerable, answers }) => ({ id, at, type, answerable, answers })),
  ).toEqual([
    {
      id: "56ddde6b9a695914005b9628",
      at: "dev.json:12",
      type: "squad",
      answerable: true,
      answers: ["France"],
    },
    {
      id: "5ad39d53604f3c001a3fe8d1",
      at: "dev.json:33",
      type: "unanswerable_near_miss",
      answerable: false,
      answers: [],
    },
  ]);
  expect(turns[0]?.evidence[0]).toMatchObject({
    document: "Normans",
    quote: SQUAD.data[0]?.paragraphs[0]?.context,
  });
});

test("SQuAD's paragraphs become a corpus that its questions fit", async () => {
  const path = await file("dev.json", JSON.stringify(SQUAD));
  const corpus = join(await folder(), "squad");
  await writeSquadCorpus([path, "other.jsonl"], corpus);
  const text = await readFile(join(corpus, "Normans.txt"), "utf8");
  expect(text.split("\n\n")[1]).toBe(
    "The Normans were the people who gave their name to Normandy, a region in France.",
  );
  checkItems(await readSets([path]), ["Normans"], () => text);
  await expect(writeSquadCorpus(["a.jsonl"], corpus)).rejects.toThrow("none of the question sets is SQuAD");
});

test.each([
  [
    '{"data": [\n{"title": }]}',
    /^dev\.json: not JSON: .* A \.json file must be SQuAD 2\.0; use \.jsonl for lines\.$/,
  ],
  ['{"data": [{"title": "A"}]}', "dev.json: data[0].paragraphs is missing."],
  ["[]", "dev.json: the file must be an object, got []."],
  [
    '{"data": [{"title": "A", "paragraphs": [{"context": "x",\n"qas": [{"id": "q", "question": "?"}]}]}]}',
    'dev.json:2: question "q" has no answers and isn\'t marked is_impossible.',
  ],
])("the SQuAD file %j is refused", (text, message) => {
  expect(() => readSquad(text, "dev.json")).toThrow(message);
});
