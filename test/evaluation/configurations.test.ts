import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compareConfigurations, type ConfigurationsOptions } from "../../src/evaluation/configurations.ts";
import type { EvaluatedEngine } from "../../src/evaluation/engine.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { answer, fakeEngine, folder, HEALTH, NEET } from "./room.ts";

const EVIDENCE = [{ document: "report", paragraph: "105" }];
const items = readJsonl(
  Array.from({ length: 8 }, (_, i) =>
    JSON.stringify({ id: `q${i}`, question: `NEET ${i}?`, evidence: EVIDENCE }),
  ).join("\n"),
  "set.jsonl",
);

/** Answers the first `right` questions rightly, and ranks as it says it does. */
const engine = (right: number, models?: EvaluatedEngine["models"]) => ({
  ...fakeEngine(
    Object.fromEntries(
      items.map(({ turns }, i) => [turns[0]!.text, answer(i < right ? [NEET, HEALTH] : [HEALTH, NEET])]),
    ),
  ),
  ...(models && { models }),
});

async function run(options: Partial<ConfigurationsOptions> = {}) {
  let printed = "";
  await compareConfigurations(
    items,
    [
      { name: "lexical", engine: engine(1) },
      { name: "dense", engine: engine(3) },
      { name: "./mine ranker", engine: engine(8, { variant: "ranker", ranker: null }) },
    ],
    { print: (text) => void (printed += text), ...options },
  );
  return printed;
}

test("configurations are compared in one table, each with the first by the paired test", async () => {
  expect(`\n${await run()}`).toMatchInlineSnapshot(`
    "
    8 questions, 8 scored, 8 of them answerable; 95 % intervals

                              success@1           recall@5             mrr@10                 headline  latency/p50
    lexical           12.5 % (2.2–47.1)  1.000 (0.68–1.00)  0.563 (0.26–0.83)  -0.750 (-0.96 to -0.06)       5.0 ms
    dense            37.5 % (13.7–69.4)  1.000 (0.68–1.00)  0.688 (0.36–0.90)   -0.250 (-0.73 to 0.39)       5.0 ms
    ./mine ranker  100.0 % (67.6–100.0)  1.000 (0.68–1.00)  1.000 (0.68–1.00)        1.000 (0.35–1.00)       5.0 ms

    Against lexical         success@1          recall@5            mrr@10          headline
    dense            +2 −0 p = 0.500   +0 −0 p = 1.000   +2 −0 p = 0.500   +2 −0 p = 0.500
    ./mine ranker    +7 −0 p = 0.016*  +0 −0 p = 1.000   +7 −0 p = 0.016*  +7 −0 p = 0.016*

    + won, − lost questions; p of the paired test; * beyond chance at 5 %, all rows considered (Holm)

    ./mine ranker: no ranker is fitted to fake@1; hybrid stands in.
    "
  `);
});

test("what is beyond chance is so with all comparisons considered", async () => {
  const json = join(await folder(), "out.json");
  await run({ json });
  const { configurations } = JSON.parse(await readFile(json, "utf8"));
  expect(configurations.map(({ name }: { name: string }) => name)).toEqual([
    "lexical",
    "dense",
    "./mine ranker",
  ]);
  const [none, dense, mine] = configurations.map(({ paired }: { paired: { name: string }[] }) =>
    paired.find(({ name }) => name === "success@1"),
  );
  expect(none).toBeUndefined();
  expect(dense).toMatchObject({ won: ["q1", "q2"], lost: [], p: 0.5, adjusted: 0.5 });
  // Seven of seven won: 2 / 2^7, and twice that for two comparisons.
  expect(mine.p).toBeCloseTo(2 / 128, 12);
  expect(mine.adjusted).toBeCloseTo(4 / 128, 12);
  expect(configurations[2].summary.ranking).toBe("hybrid");
});

test("every configuration's reports have a folder of their own", async () => {
  const out = await folder();
  await run({ out });
  expect((await readdir(out)).toSorted()).toEqual(["configurations.json", "dense", "lexical", "mine-ranker"]);
  expect((await readdir(join(out, "dense"))).toSorted()).toEqual([
    "junit.xml",
    "report.html",
    "results.json",
    "trec",
  ]);
});

test("progress counts the questions of all configurations", async () => {
  const seen: string[] = [];
  await run({ onProgress: (done, total) => seen.push(`${done}/${total}`) });
  expect([seen[0], seen.at(-1), seen.length]).toEqual(["1/24", "24/24", 24]);
});
