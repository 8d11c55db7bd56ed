import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { evaluate, type EvaluationOptions } from "../../src/evaluation/evaluate.ts";
import { ndcg, recall, reciprocalRank } from "../../src/evaluation/metrics/ranking.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { answer, BOARD, fakeEngine, folder, HEALTH, MONEY, NEET } from "./room.ts";

const SET = [
  {
    id: "a b",
    question: "NEET?",
    type: "numeric",
    evidence: [
      { document: "report", paragraph: "105" },
      { document: "news", quote: MONEY[2] },
    ],
  },
  {
    id: "money",
    question: "money <&\u0000\uD800>?",
    type: "numeric",
    evidence: [{ document: "news", quote: MONEY[2] }],
  },
  {
    id: "lost",
    question: "lost?",
    type: "entity",
    evidence: [
      { document: "news", quote: BOARD[2] },
      { document: "report", paragraph: "106" },
    ],
  },
  { id: "hello", question: "hello", type: "chitchat", answerable: false },
  { id: "open", question: "open?" },
];
const engine = fakeEngine({
  "NEET?": answer([HEALTH, NEET, BOARD]),
  "money <&\u0000\uD800>?": answer([BOARD, HEALTH, MONEY]),
});

async function reports(options: Partial<EvaluationOptions>): Promise<void> {
  const items = readJsonl(SET.map((line) => JSON.stringify(line)).join("\n"), "set.jsonl");
  await evaluate(items, engine, { print: () => {}, ...options });
}

test("the JUnit report reads like this", async () => {
  const file = join(await folder(), "junit.xml");
  await reports({ junit: file });
  expect(await readFile(file, "utf8")).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="evaluation" tests="5" failures="3" errors="0" skipped="1" time="0.025">
      <testsuite name="evaluation" tests="5" failures="3" errors="0" skipped="1" time="0.025">
        <testcase classname="numeric" name="a b: NEET?" time="0.005"><failure message="the first quote is not from a right place">expected: report, paragraph 105&#10;expected: news: The council spent £13m.&#10;quoted:   report, paragraph 106: Health care is “good”.</failure></testcase>
        <testcase classname="numeric" name="money: money &lt;&amp;��&gt;?" time="0.005"><failure message="the first quote is not from a right place">expected: news: The council spent £13m.&#10;quoted:   news: A new board meets every month to check on progress.</failure></testcase>
        <testcase classname="entity" name="lost: lost?" time="0.005"><failure message="refused, but the documents answer">expected: news: A new board meets every month to check on progress.&#10;expected: report, paragraph 106</failure></testcase>
        <testcase classname="chitchat" name="hello: hello" time="0.005"/>
        <testcase classname="untyped" name="open: open?" time="0.005"><skipped message="no gold answer"/></testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

/** What trec_eval computes from a run and qrels, read as it reads them: by score, ignoring the ranks. */
function trecEval(run: string, qrels: string) {
  const rows = (text: string) =>
    text
      .trim()
      .split("\n")
      .map((line) => line.split(" "));
  const relevant = new Map<string, Set<string>>();
  for (const [id = "", , name = "", gain] of rows(qrels)) {
    if (gain === "1") relevant.set(id, (relevant.get(id) ?? new Set()).add(name));
  }
  const ranked = new Map<string, { name: string; score: number }[]>();
  for (const [id = "", , name = "", , score] of rows(run)) {
    ranked.set(id, [...(ranked.get(id) ?? []), { name, score: Number(score) }]);
  }
  const each = [...relevant].map(([id, names]) => {
    const gains = (ranked.get(id) ?? [])
      .toSorted((a, b) => b.score - a.score)
      .map(({ name }) => (names.has(name) ? 1 : 0));
    const ideal = [...names].map(() => 1);
    return [recall(gains, names.size, 5), reciprocalRank(gains, 10), ndcg(gains, ideal, 10)];
  });
  return [0, 1, 2].map((i) => each.reduce((sum, scores) => sum + scores[i]!, 0) / each.length);
}

test("run and qrels give trec_eval the numbers of the summary, for passages and for documents", async () => {
  const dir = await folder();
  const json = join(dir, "out.json");
  await reports({ trec: join(dir, "trec"), json });
  const { metrics } = JSON.parse(await readFile(json, "utf8")).summary;
  const read = (name: string) => readFile(join(dir, "trec", name), "utf8");
  expect((await readdir(join(dir, "trec"))).toSorted()).toEqual([
    "qrels-documents.txt",
    "qrels.txt",
    "run-documents.txt",
    "run.txt",
  ]);
  for (const [suffix, prefix] of [
    ["", ""],
    ["-documents", "document/"],
  ]) {
    const scores = trecEval(await read(`run${suffix}.txt`), await read(`qrels${suffix}.txt`));
    const expected = ["recall@5", "mrr@10", "ndcg@10"].map((name) => metrics[`${prefix}${name}`].value);
    for (const [i, score] of scores.entries()) expect(score).toBeCloseTo(expected[i], 12);
  }
  expect(await read("qrels.txt")).toMatchInlineSnapshot(`
    "a%20b 0 report#1 1
    a%20b 0 (not%20found%201) 1
    money 0 news#2 1
    lost 0 (not%20found%201) 1
    lost 0 (not%20found%202) 1
    "
  `);
  expect((await read("run.txt")).split("\n")[0]).toBe("a%20b Q0 report#0 1 3 fake@1");
});
