import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";
import { UserError } from "../../src/errors.ts";
import {
  askedIn,
  type Baseline,
  baselineText,
  compare,
  type Comparison,
  parseBaseline,
} from "../../src/evaluation/baseline.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { comparisonText } from "../../src/evaluation/reports/comparison.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { readSets } from "../../src/evaluation/sets/read.ts";
import { answer, fakeEngine, folder, HEALTH, NEET } from "./room.ts";

/** A baseline with questions q0, q1, …: `+` right, `-` wrong, `0` refused though the right one is first. */
function baseline(results: string, metrics: Record<string, number> = {}): Baseline {
  const rows = [...results].map((result, i) => {
    const first = result === "-" ? 0 : 1;
    return [`q${i}`, [first, first, first, null, { "+": 1, "-": -1 }[result] ?? 0]] as const;
  });
  return {
    encoder: "fake@1",
    ranking: "ranker",
    metrics,
    names: ["success@1", "recall@5", "mrr@10", "answer-in-quote", "headline"],
    values: new Map(rows),
    asked: new Map(rows.map(([id]) => [id, "same"])),
  };
}
const decisive = ({ paired }: Comparison) =>
  paired.filter(({ name }) => name === "success@1" || name === "headline");

test("questions won and lost are named, and the exact test says whether it is chance", () => {
  const comparison = compare(baseline("++--0"), baseline("-+++0"));
  expect(decisive(comparison)).toEqual([
    { name: "success@1", n: 5, before: 0.6, now: 0.8, won: ["q2", "q3"], lost: ["q0"], p: 1 },
    { name: "headline", n: 5, before: 0, now: 0.4, won: ["q2", "q3"], lost: ["q0"], p: 1 },
  ]);
  expect(comparison.verdict).toBe("same");
});

test("five of five lost is chance, six of six is not", () => {
  expect(compare(baseline("+++++"), baseline("-----")).verdict).toBe("same");
  expect(compare(baseline("++++++"), baseline("------")).verdict).toBe("worse");
  expect(compare(baseline("------"), baseline("++++++")).verdict).toBe("better");
});

test("right answers that are now refused are lost, though the ranking is as good", () => {
  const comparison = compare(baseline("++++++"), baseline("000000"));
  expect(decisive(comparison).map(({ lost }) => lost.length)).toEqual([0, 6]);
  expect(comparison.verdict).toBe("worse");
});

test("questions that only one has, or that were changed, are left out and counted", () => {
  const now = baseline("--+", { aurc: 0.5 });
  const reworded = { ...now, asked: new Map([...now.asked, ["q1", "other"]]) };
  const comparison = compare(baseline("++++++", { aurc: 0.1 }), { ...reworded, asked: reworded.asked });
  expect(comparison).toMatchObject({ shared: ["q0", "q2"], added: 0, gone: 3, changed: 1, metrics: [] });
  expect(comparison.paired[0]).toMatchObject({ n: 2, before: 1, now: 0.5, lost: ["q0"] });
  expect(comparisonText(comparison)).toContain(
    "the questions have changed since: 3 are gone, 1 was changed. Once that is settled, make a new baseline with --update-baseline.",
  );
});

test("what changes a question's fingerprint: its words, the turns before it, what is expected; not its file", () => {
  const lines = [
    { id: "a", question: "NEET?", answer: "62%" },
    { id: "b", turns: [{ question: "NEET?" }, { question: "and nationally?" }] },
  ];
  const prints = (set: readonly unknown[], file = "set.jsonl") =>
    askedIn(readJsonl(set.map((line) => JSON.stringify(line)).join("\n"), file));
  const before = prints(lines);
  expect(prints(lines, "other.jsonl")).toEqual(before);
  const changed = (set: readonly unknown[]) =>
    [...prints(set)].filter(([id, print]) => before.get(id) !== print).map(([id]) => id);
  expect(changed([{ ...lines[0], answer: "42%" }, lines[1]])).toEqual(["a"]);
  expect(
    changed([lines[0], { id: "b", turns: [{ question: "why?" }, { question: "and nationally?" }] }]),
  ).toEqual(["b/1", "b/2"]);
});

test("a comparison reads like this", () => {
  const before = baseline("++--++", { "success@1": 0.75, aurc: 0.1, "refusal/f1": 0.5 });
  const now = baseline("-+++++", { "success@1": 0.8, aurc: 0.1, "refusal/f1": 0.6 });
  expect(comparisonText(compare({ ...before, encoder: "other@2", ranking: "lexical" }, now)))
    .toMatchInlineSnapshot(`
      "
      Against the baseline, over 6 questions that both asked:
        the baseline was made otherwise: encoder other@2, ranked by lexical
        success@1   66.7 %  →  83.3 %  2 won, 1 lost, p = 1.000
        recall@5     0.667  →   0.833  2 won, 1 lost, p = 1.000
        mrr@10       0.667  →   0.833  2 won, 1 lost, p = 1.000
        headline     0.333  →   0.667  2 won, 1 lost, p = 1.000
        refusal/f1   0.500  →   0.600
        success@1 won: q2, q3
        success@1 lost: q0
        headline won: q2, q3
        headline lost: q0
      Verdict: no change beyond chance against the baseline.
      "
    `);
});

const items = (count: number) =>
  readJsonl(
    Array.from({ length: count }, (_, i) =>
      JSON.stringify({
        id: `q${i}`,
        question: "NEET?",
        evidence: [{ document: "report", paragraph: "105" }],
      }),
    ).join("\n"),
    "set.jsonl",
  );
const good = fakeEngine({ "NEET?": answer([NEET]) });
const bad = fakeEngine({ "NEET?": answer([HEALTH]) });

async function run(engine: typeof good, options: { baseline?: string; updateBaseline?: boolean }, count = 6) {
  let printed = "";
  const passed = await evaluate(items(count), engine, {
    print: (text) => void (printed += text),
    ...options,
  });
  return { passed, printed };
}

test("what was written is compared with, and the outcome agrees with the printed verdict", async () => {
  const file = join(await folder(), "baseline.json");
  expect((await run(good, { baseline: file, updateBaseline: true })).printed).toContain(
    `Baseline written to ${file}.`,
  );
  expect(JSON.parse(await readFile(file, "utf8")).metrics["latency/p50"]).toBeUndefined();

  const same = await run(good, { baseline: file });
  expect(same.passed).toBe(true);
  expect(same.printed).toContain("Verdict: no change beyond chance against the baseline.");

  const worse = await run(bad, { baseline: file });
  expect(worse.passed).toBe(false);
  expect(worse.printed).toMatch(
    /Verdict: WORSE than the baseline, beyond chance\.\nFAILED: worse than the baseline\n$/,
  );

  const accepted = await run(bad, { baseline: file, updateBaseline: true });
  expect(accepted.passed).toBe(true);
  expect((await run(good, { baseline: file })).printed).toContain(
    "Verdict: better than the baseline, beyond chance.",
  );
});

test("a missing baseline is an error that says how to make one", async () => {
  const file = join(await folder(), "baseline.json");
  await expect(run(good, { baseline: file })).rejects.toThrow(
    new UserError(`${file}: there is no baseline. Write it with --update-baseline.`),
  );
  await expect(run(good, { updateBaseline: true })).rejects.toThrow(
    new UserError("--update-baseline needs --baseline FILE."),
  );
});

test("a baseline is read as it was written, a line for each question", () => {
  const written = baseline("+-0", { "success@1": 0.75 });
  const text = baselineText(written);
  expect(parseBaseline(text, "b.json")).toEqual(written);
  expect(text.split("\n").filter((line) => line.includes('["q'))).toEqual([
    '  ["q0","same",1,1,1,null,1],',
    '  ["q1","same",0,0,0,null,-1],',
    '  ["q2","same",1,1,1,null,0]',
  ]);
});

const FILE = {
  format: 1,
  encoder: "x",
  ranking: null,
  metrics: {},
  columns: ["success@1"],
  questions: [["a", "p", 1]],
};
const REMEDY = "Make it anew with --update-baseline.";
test.each([
  ["{", /^b\.json: not JSON: .* Make it anew with --update-baseline\.$/],
  ["[]", `b.json: the file must be an object, got []. ${REMEDY}`],
  ['{"metrics": {}, "questions": {}}', `b.json: format must be 1. ${REMEDY}`],
  [{ ...FILE, format: 2 }, `b.json: format must be 1. ${REMEDY}`],
  [{ ...FILE, questions: [] }, `b.json: questions is empty. ${REMEDY}`],
  [{ ...FILE, questions: [["a"]] }, /^b\.json: questions\[0\]/],
  [{ ...FILE, questions: [["a", "p", "1"]] }, `b.json: questions[0][2] must be a number, got "1". ${REMEDY}`],
  [{ ...FILE, questions: [["a", "p"]] }, `b.json: questions[0] has 0 values for 1 columns. ${REMEDY}`],
  [
    { ...FILE, questions: [...FILE.questions, ...FILE.questions] },
    `b.json: questions[1] has the id "a" of one before it. ${REMEDY}`,
  ],
])("the baseline %j is refused by name", (content, message) => {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  expect(() => parseBaseline(text, "b.json")).toThrow(message);
});

test("a baseline of other questions is refused before anything is asked, and replaced by an update", async () => {
  const file = join(await folder(), "baseline.json");
  await writeFile(file, baselineText(baseline("++")));
  const engine = fakeEngine({ "NEET?": answer([NEET]) });
  await expect(run(engine, { baseline: file })).rejects.toThrow(
    /baseline\.json: none of its 2 questions is asked now, .* make it anew with --update-baseline\.$/,
  );
  expect(engine.asked).toEqual([]);
  expect((await run(engine, { baseline: file, updateBaseline: true })).passed).toBe(true);
  expect((await run(engine, { baseline: file })).printed).toContain("no change beyond chance");
});

test("the committed baseline is of the shipped sets as they are", async () => {
  const path = (name: string) => resolve(PROJECT_DIR, "test/questions", name);
  const baseline = parseBaseline(await readFile(path("baseline.json"), "utf8"), "baseline.json");
  const items = await readSets([path("dev.jsonl"), path("dev-chains.jsonl")]);
  expect([...baseline.asked]).toEqual([...askedIn(items)]);
});
