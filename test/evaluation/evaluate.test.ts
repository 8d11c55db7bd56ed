import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { z } from "zod";
import { PROJECT_DIR } from "../../src/config.ts";
import { UserError } from "../../src/errors.ts";
import { evaluate, type EvaluationOptions } from "../../src/evaluation/evaluate.ts";
import { reportsIn } from "../../src/evaluation/measure.ts";
import { resultsJsonSchema, resultsSchema } from "../../src/evaluation/results.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { parseThreshold } from "../../src/evaluation/thresholds.ts";
import { answer, BOARD, fakeEngine, folder, HEALTH, MONEY, NEET } from "./room.ts";

const SET = [
  {
    id: "neet",
    question: "NEET?",
    type: "numeric",
    evidence: [{ document: "report", paragraph: "105" }],
    answer: "62%",
  },
  {
    id: "money",
    question: "money?",
    type: "numeric",
    evidence: [{ document: "news", quote: MONEY[2] }],
    answer: "£13m",
  },
  { id: "weather", question: "weather?", type: "unanswerable_off_topic", answerable: false },
  { id: "open", question: "anything?" },
  {
    id: "talk",
    turns: [
      { question: "NEET?", evidence: [{ document: "report", paragraph: "105" }], answer: "62%" },
      { question: "and the board?", evidence: [{ document: "news", quote: BOARD[2] }] },
    ],
  },
];

const engineOf = () =>
  fakeEngine({
    "NEET?": answer([NEET, HEALTH], { mark: "62%" }),
    "money?": answer([BOARD, MONEY], { outcome: "unsure", confidence: 0.4 }),
    "and the board?": answer([BOARD]),
  });

const itemsOf = (set: readonly unknown[]) =>
  readJsonl(set.map((line) => JSON.stringify(line)).join("\n"), "set.jsonl");

/** Runs an evaluation and collects what it prints. */
async function run(set: readonly unknown[], options: Partial<EvaluationOptions> = {}, engine = engineOf()) {
  let printed = "";
  const passed = await evaluate(itemsOf(set), engine, {
    print: (text) => void (printed += text),
    ...options,
  });
  return { passed, printed, engine };
}

test("the results keep to their contract", async () => {
  const json = join(await folder(), "new", "out.json");
  await run(SET, { json });
  const out = JSON.parse(await readFile(json, "utf8"));
  resultsSchema.parse(out);
  z.fromJSONSchema(resultsJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]).parse(out);
  expect(out.results.map(({ id }: { id: string }) => id)).toEqual([
    "neet",
    "money",
    "weather",
    "open",
    "talk",
  ]);
  expect(out.results[0]).toEqual({
    id: "neet",
    question: "NEET?",
    outcome: "answer",
    answered: true,
    confidence: 0.9,
    quotes: [
      { text: NEET[2], document: "report", section: "Findings › Care leavers", paragraph: "105", page: null },
    ],
    passages: [
      {
        rank: 1,
        document: "report",
        section: "Findings › Care leavers",
        paragraph: "105",
        page: null,
        text: NEET[2],
        score: 10,
      },
      {
        rank: 2,
        document: "report",
        section: "Findings › Care leavers",
        paragraph: "106",
        page: null,
        text: HEALTH[2],
        score: 9,
      },
    ],
    ms: 5,
  });
  expect(out.results[1].quotes[0].section).toBeNull();
  expect(out.results[2]).toMatchObject({ outcome: "none", answered: false, quotes: [] });
  expect(Object.keys(out.results[4])).toEqual(["id", "turns"]);
  expect(out.results[4].turns.map(({ id }: { id: string }) => id)).toEqual(["talk/1", "talk/2"]);
});

test("the JSON Schema of the results is the one that is kept", async () => {
  const path = resolve(PROJECT_DIR, "src/evaluation/schemas/results.schema.json");
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual(resultsJsonSchema());
});

test("a refused question has no quotes in the results, even if the engine gave some", async () => {
  const json = join(await folder(), "out.json");
  const engine = fakeEngine({ "NEET?": { ...answer([NEET]), outcome: "none" } });
  await run([{ id: "a", question: "NEET?" }], { json }, engine);
  expect(JSON.parse(await readFile(json, "utf8")).results[0].quotes).toEqual([]);
});

test("at most ten passages are in the results", async () => {
  const json = join(await folder(), "out.json");
  const engine = fakeEngine({ "NEET?": answer(Array.from({ length: 12 }, () => NEET)) });
  await run([{ id: "a", question: "NEET?" }], { json }, engine);
  expect(JSON.parse(await readFile(json, "utf8")).results[0].passages).toHaveLength(10);
});

test("a conversation's turns are asked with the turns before, other questions with none", async () => {
  const { engine } = await run(SET);
  expect(engine.asked.map(({ history }) => history?.length ?? 0)).toEqual([0, 0, 0, 0, 0, 1]);
  expect(engine.asked[5]).toEqual({
    text: "and the board?",
    history: [{ question: "NEET?", understood: "NEET?", outcome: "answer", passages: ["report#0"] }],
  });
});

test("a question's filter restricts what is quoted", async () => {
  const filter = { document: "news", since: "2014", until: null };
  const { engine } = await run([{ id: "a", question: "money?", filter }]);
  expect(engine.asked).toEqual([{ text: "money?", filter: { document: "news", since: "2014" } }]);
});

test("a conversation's filter is that of its turns, but of those with their own", async () => {
  const turns = [{ question: "NEET?" }, { question: "money?", filter: { document: "report" } }];
  const { engine } = await run([{ id: "c", filter: { document: "news" }, turns }]);
  expect(engine.asked.map(({ filter }) => filter)).toEqual([{ document: "news" }, { document: "report" }]);
});

test("the summary reads like this", async () => {
  const { printed } = await run(SET);
  expect(`\n${printed}`).toMatchInlineSnapshot(`
    "
    6 questions (1 conversation): 3 answered, 1 unsure, 2 refused; 5 scored, 4 of them answerable
    encoder fake@1, index of 2024-01-01T00:00:00.000Z

                             value  95 % interval  of
    headline                 0.400  -0.40 to 0.85   5  +1 right, 0 refused, -1 wrong
    success@1               75.0 %      30.1–95.4   4  First passage is a right one
    success@5              100.0 %     51.0–100.0   4  A right one is among the first 5
    recall@1                 0.750      0.30–0.95   4  Right ones among the first 1
    recall@3                 1.000      0.51–1.00   4  Right ones among the first 3
    recall@5                 1.000      0.51–1.00   4  Right ones among the first 5
    recall@10                1.000      0.51–1.00   4  Right ones among the first 10
    mrr@10                   0.875      0.40–0.99   4  1 / rank of the first right one
    ndcg@10                  0.908      0.42–0.99   4  Discounted gain against the best order
    document/success@1     100.0 %     51.0–100.0   4  First document is a right one
    document/success@5     100.0 %     51.0–100.0   4  A right one is among the first 5
    document/recall@1        1.000      0.51–1.00   4  Right ones among the first 1
    document/recall@3        1.000      0.51–1.00   4  Right ones among the first 3
    document/recall@5        1.000      0.51–1.00   4  Right ones among the first 5
    document/recall@10       1.000      0.51–1.00   4  Right ones among the first 10
    document/mrr@10          1.000      0.51–1.00   4  1 / rank of the first right one
    document/ndcg@10         1.000      0.51–1.00   4  Discounted gain against the best order
    follow-up/success@1    100.0 %     20.7–100.0   1  success@1 of questions after a conversation's first
    answer-in-quote         75.0 %      30.1–95.4   4  The answer stands in the quotes
    answer-in-quote/right  100.0 %     43.9–100.0   3  The same, where the first passage is right
    answer-f1                0.667      0.21–0.94   3  Token F1 of the bold words
    answer-exact            66.7 %      20.8–93.9   3  The bold words are the answer
    citation-exact         100.0 %     20.7–100.0   1  Document, paragraph and page of right words
    quote-integrity        100.0 %     51.0–100.0   4  Quotes that stand word for word in their document
    asserted/right         100.0 %     43.9–100.0   3  Answers given without doubt that are right
    answerable/refused       0.0 %       0.0–49.0   4  Answerable questions refused
    answerable/asserted     75.0 %      30.1–95.4   4  Answerable questions answered without doubt
    off-topic/refused      100.0 %     20.7–100.0   1  Off-topic questions and small talk refused
    refusal/precision      100.0 %     20.7–100.0   1  Refused questions that are unanswerable
    refusal/recall         100.0 %     20.7–100.0   1  Unanswerable questions that are refused
    refusal/f1               1.000      1.00–1.00   5  Harmonic mean of the two
    refusal/auroc            1.000      1.00–1.00   5  Answerable ones have the higher confidence
    aurc                     0.130      0.00–0.54   5  Area under the risk-coverage curve
    coverage@5%wrong         0.600      0.20–1.00   5  Most confident share with 5 % wrong
    latency/p50             5.0 ms                  6  Median time of a question
    latency/p95             5.0 ms                  6  Time that 95 % of questions stay below

    By type                 n  headline  success@1  recall@5  mrr@10  answer-in-quote  answer-f1  refused
    first_turn              1     1.000    100.0 %     1.000   1.000          100.0 %      1.000    0.0 %
    follow_up               1     1.000    100.0 %     1.000   1.000          100.0 %               0.0 %
    numeric                 2     0.000     50.0 %     1.000   0.750           50.0 %      0.500    0.0 %
    unanswerable_off_topic  1     0.000                                                           100.0 %
    untyped                 1

    By document  n  headline  success@1  recall@5  mrr@10  answer-in-quote  answer-f1  refused
    news         2     0.000     50.0 %     1.000   0.750           50.0 %      0.000    0.0 %
    report       2     1.000    100.0 %     1.000   1.000          100.0 %      1.000    0.0 %
    "
  `);
});

test("questions that can't be scored are asked all the same", async () => {
  const { printed, passed } = await run([{ id: "a", question: "NEET?" }]);
  expect(passed).toBe(true);
  expect(printed).toMatch(/^1 question: 1 answered, 0 unsure, 0 refused; none is scored/);
});

test("progress tells every question", async () => {
  const seen: number[][] = [];
  await run(SET, { onProgress: (done, total) => seen.push([done, total]) });
  expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
});

test("bounds decide over success, and say what was missed", async () => {
  const under = (text: string) => parseThreshold(text, "under");
  const over = (text: string) => parseThreshold(text, "over");
  expect((await run(SET, { thresholds: [under("success@1=0.75"), over("latency/p95=5")] })).passed).toBe(
    true,
  );
  const { passed, printed } = await run(SET, {
    thresholds: [under("success@1=0.8"), over("latency/p95=4.5"), under("near-miss/refused=0.1")],
  });
  expect(passed).toBe(false);
  expect(printed.split("\n").filter((line) => line.startsWith("FAILED"))).toEqual([
    "FAILED: success@1 is 0.75, under 0.8",
    "FAILED: latency/p95 is 5, over 4.5",
    "FAILED: near-miss/refused has no value: no question counts for it",
  ]);
});

test.each([
  ["success@1", "under", '--fail-under must be METRIC=NUMBER, such as success@1=0.75; got "success@1".'],
  [
    "success@1=75%",
    "under",
    '--fail-under must be METRIC=NUMBER, such as success@1=0.75; got "success@1=75%".',
  ],
  ["aurc=0.1", "under", "--fail-under: aurc is better when lower; use --fail-over aurc=0.1."],
  ["mrr@10=0.1", "over", "--fail-over: mrr@10 is better when higher; use --fail-under mrr@10=0.1."],
] as const)("the bound %s is refused for --fail-%s", (text, side, message) => {
  expect(() => parseThreshold(text, side)).toThrow(new UserError(message));
});

test("an unknown metric is refused with those there are", () => {
  expect(() => parseThreshold("sucess=1", "under")).toThrow(
    /"sucess" is not a metric\. There are: headline, success@1, /,
  );
});

test("a question that the engine refuses is named by file and line; a bug stays a bug", async () => {
  const failing = (error: Error) => ({ ...engineOf(), ask: () => Promise.reject(error) });
  const set = [{ id: "a", question: "NEET?" }];
  await expect(run(set, {}, failing(new UserError("Too long.")))).rejects.toThrow(
    new UserError("set.jsonl:1: Too long."),
  );
  await expect(run(set, {}, failing(new TypeError("bug")))).rejects.toThrow(TypeError);
});

test("a file that can't be written is told before anything is asked", async () => {
  const dir = await folder();
  const engine = engineOf();
  await expect(run(SET, { json: dir }, engine)).rejects.toThrow(
    new UserError(`${dir}: is a folder; name a file.`),
  );
  await expect(run(SET, { json: "/dev/null/out.json" }, engine)).rejects.toThrow(
    /^\/dev\/null\/out\.json: can't be written/,
  );
  expect(engine.asked).toEqual([]);
});

test("a thousand questions are answered in one run, and none of their answers is kept", async () => {
  const out = reportsIn(await folder());
  const answers: WeakRef<object>[] = [];
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  let kept = -1;
  const engine = {
    ...engineOf(),
    ask: async () => {
      const given = answer([NEET, HEALTH], { mark: "62%" });
      answers.push(new WeakRef(given));
      if (answers.length === 1000) {
        // What was made in this turn of the event loop can't go yet.
        await new Promise(setImmediate);
        collect();
        kept = answers.filter((one) => one.deref() !== undefined).length;
      }
      return given;
    },
  };
  const set = Array.from({ length: 1000 }, (_, i) => ({ ...SET[0], id: `q${i}` }));
  const { printed } = await run(set, out, engine as unknown as ReturnType<typeof engineOf>);
  expect(printed).toContain("1000 questions: 1000 answered");
  expect(JSON.parse(await readFile(out.json, "utf8")).results).toHaveLength(1000);
  expect((await readFile(out.html, "utf8")).match(/<details class="question"/g)).toHaveLength(1000);
  expect(kept).toBeLessThan(10);
});

test("a reranker is named with what ranks", async () => {
  const json = join(await folder(), "out.json");
  await run(SET, { json }, { ...engineOf(), reranker: "tiny@2", models: { ranker: null } });
  expect(JSON.parse(await readFile(json, "utf8")).summary.ranking).toBe("hybrid, then tiny@2");
});
