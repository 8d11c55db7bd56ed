import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { PROJECT_DIR } from "../../src/config.ts";
import { readCorpus } from "../../src/documents/read.ts";
import { checkItems } from "../../src/evaluation/sets/check.ts";
import { lineSchema } from "../../src/evaluation/sets/line.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { readSets } from "../../src/evaluation/sets/read.ts";
import { file } from "./room.ts";

const shipped = ["dev", "dev-chains"].map((name) => resolve(PROJECT_DIR, `test/questions/${name}.jsonl`));

test("the shipped sets fit the shipped documents, quote for quote", async () => {
  const items = await readSets(shipped);
  const { documents } = await readCorpus(resolve(PROJECT_DIR, "corpus"));
  const texts = new Map(documents.map(({ info, text }) => [info.id, text]));
  checkItems(items, [...texts.keys()], (id) => texts.get(id));
  expect(items.filter(({ isConversation }) => !isConversation)).toHaveLength(140);
  expect(items.filter(({ isConversation }) => isConversation).flatMap(({ turns }) => turns)).toHaveLength(23);
});

test("a line with only id and question is asked but not scored", () => {
  const [item] = readJsonl('{"id": "a", "question": " why? "}', "set.jsonl");
  expect(item?.turns).toEqual([
    {
      id: "a",
      at: "set.jsonl:1",
      text: " why? ",
      type: "untyped",
      answerable: null,
      need: "any",
      evidence: [],
      answers: [],
    },
  ]);
});

test("blank lines, Windows line ends, a byte order mark and unknown fields don't matter", async () => {
  const path = await file(
    "set.jsonl",
    '\uFEFF{"id": "a", "question": "?", "reason": 1}\r\n\r\n{"id": "b", "question": "?"}',
  );
  expect((await readSets([path])).map(({ at }) => at)).toEqual([`${path}:1`, `${path}:3`]);
});

test("a conversation's turns get ids and types of their own", () => {
  const line =
    '{"id": "c", "turns": [{"question": "a?"}, {"question": "b?", "type": "numeric"}, {"question": "c?", "id": "x"}]}';
  const [item] = readJsonl(line, "set.jsonl");
  expect(item?.turns.map(({ id, type }) => [id, type])).toEqual([
    ["c/1", "first_turn"],
    ["c/2", "numeric"],
    ["x", "follow_up"],
  ]);
});

test("what is missing follows from what is there", () => {
  const set = [
    { id: "a", question: "?", answer: "62%", aliases: ["", "62 per cent"], need: null },
    { id: "b", question: "?", evidence: [{ document: "report", paragraph: null, quote: " NEET " }] },
    { id: "c", question: "?", answerable: false, evidence: null, answer: null },
  ];
  const turns = readJsonl(set.map((line) => JSON.stringify(line)).join("\n"), "set.jsonl").flatMap(
    (item) => item.turns,
  );
  expect(turns.map(({ answerable }) => answerable)).toEqual([true, true, false]);
  expect(turns[0]?.answers).toEqual(["62%", "62 per cent"]);
  expect(turns[1]?.evidence).toEqual([{ document: "report", paragraph: null, page: null, quote: "NEET" }]);
});

test("a quote is found whatever its markup, quotation marks and line breaks", () => {
  const quote = '62% of care leavers aged 19 years were NEET. 106. Health care is "good"';
  const line = JSON.stringify({ id: "a", question: "?", evidence: [{ document: "r", quote }] });
  const text = "105. <u>62%</u> of care leavers aged 19\nyears were NEET.\n\n106. Health care is “good”.";
  expect(() => checkItems(readJsonl(line, "s"), ["r"], () => text)).not.toThrow();
});

test("the JSON Schema of a line is the one that is kept, and every shipped line fits it", async () => {
  const path = resolve(PROJECT_DIR, "src/evaluation/schemas/questions.schema.json");
  const schema = JSON.parse(await readFile(path, "utf8"));
  expect(schema).toEqual(lineSchema());
  const validator = z.fromJSONSchema(schema);
  for (const set of shipped) {
    for (const line of (await readFile(set, "utf8")).trim().split("\n")) validator.parse(JSON.parse(line));
  }
  expect(validator.safeParse({ id: "a" }).success).toBe(false);
});
