import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { type Baseline, compare, parseBaseline } from "../../src/evaluation/baseline.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { comparisonText } from "../../src/evaluation/reports/comparison.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { answer, fakeEngine, folder, HEALTH, NEET } from "./room.ts";

/** A baseline with questions q0, q1, …: `+` right, `-` wrong, `0` refused though the right one is first. */
function baseline(results: string): Baseline {
  const questions = [...results].map((result, i) => [
    `q${i}`,
    { question: "NEET?", success1: result !== "-", points: { "+": 1, "-": -1 }[result] ?? 0 },
  ]);
  return {
    encoder: "fake@1",
    metrics: { headline: results.length },
    questions: Object.fromEntries(questions),
  };
}

test("questions won and lost are named, and the exact test says whether it is chance", () => {
  const { paired, verdict } = compare(baseline("++--0"), baseline("-+++0"));
  expect(paired).toEqual([
    { name: "success@1", won: ["q2", "q3"], lost: ["q0"], p: 1 },
    { name: "headline", won: ["q2", "q3"], lost: ["q0"], p: 1 },
  ]);
  expect(verdict).toBe("same");
});

test("five of five lost is chance, six of six is not", () => {
  expect(compare(baseline("+++++"), baseline("-----")).verdict).toBe("same");
  expect(compare(baseline("++++++"), baseline("------")).verdict).toBe("worse");
  expect(compare(baseline("------"), baseline("++++++")).verdict).toBe("better");
});

test("right answers that are now refused are lost, though the ranking is as good", () => {
  const { paired, verdict } = compare(baseline("++++++"), baseline("000000"));
  expect(paired.map(({ lost }) => lost.length)).toEqual([0, 6]);
  expect(verdict).toBe("worse");
});

test("questions that only one has, or that were reworded, are left out", () => {
  const now = baseline("--");
  const reworded = {
    ...now,
    questions: { ...now.questions, q1: { ...now.questions["q1"]!, question: "other?" } },
  };
  const { shared, paired } = compare(baseline("++++++"), reworded);
  expect(shared).toBe(1);
  expect(paired[0]?.lost).toEqual(["q0"]);
});

test("a comparison reads like this", () => {
  const before = { ...baseline("++--++"), metrics: { "success@1": 0.75, headline: 0.2, aurc: 0.1 } };
  const now = { ...baseline("-+++++"), metrics: { "success@1": 0.8, headline: 0.25, aurc: 0.1 } };
  expect(comparisonText(compare(before, now))).toMatchInlineSnapshot(`
    "
    Against the baseline, over 6 questions that both asked:
      success@1  75.0 %  →  80.0 %
      headline    0.200  →   0.250
      success@1: 2 won, 1 lost (p = 1.000)
        won: q2, q3
        lost: q0
      headline: 2 won, 1 lost (p = 1.000)
        won: q2, q3
        lost: q0
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

test("a file that is no baseline is refused by name", async () => {
  const file = join(await folder(), "baseline.json");
  await writeFile(file, '{"encoder": "x"}');
  await expect(run(good, { baseline: file })).rejects.toThrow(new UserError(`${file}: metrics is missing.`));
  expect(() => parseBaseline("{", "b.json")).toThrow(
    /^b\.json: not JSON: .* Write it with --update-baseline\.$/,
  );
});
