import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";
import { makeTinyModel } from "../fakes/tiny-model.ts";
import { file, folder } from "./room.ts";

/** Runs `npm run eval` as npm does, without npm. */
function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = resolve(PROJECT_DIR, "scripts/eval.ts");
  return new Promise((done) => {
    execFile(
      process.execPath,
      ["--import", "tsx", script, ...args],
      { cwd: PROJECT_DIR },
      (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

test("--help lists every option", async () => {
  const { code, stdout } = await run("--help");
  expect(code).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: npm run eval -- --questions FILE… [options]

    Answers question sets as the bot would and marks the answers. Exits with 1 when a bound is missed or
    something is worse than the baseline beyond chance, with 2 when something given can't be used.

    Options:
      --questions FILE …            Question sets: .jsonl, .csv, or .json (SQuAD 2.0)
      --json FILE                   Write summary and results as JSON
      --html FILE                   Write a report to read, as one HTML page
      --junit FILE                  Write what failed as JUnit XML
      --trec DIR                    Write run and qrels files for trec_eval and ir_measures
      --out DIR                     Write all of these into one folder; with --review: the file to add questions to
      --baseline FILE               Compare with an earlier evaluation, question by question
      --update-baseline             Make this evaluation the baseline
      --fail-under METRIC=NUMBER …  Fail when a metric is lower, such as success@1=0.75
      --fail-over METRIC=NUMBER …   Fail when a metric is higher, such as latency/p95=200
      --squad-corpus DIR            Write the paragraphs of SQuAD sets here and ask them instead of the corpus
      --variant NAME …              Compare what ranks the passages, in one table: lexical, dense, hybrid, ranker; or all
      --encoder NAME …              Compare encoders, named as ENCODER_MODEL is, in one table
      --review FILE                 Go through candidate questions (.jsonl) and add those decided on to --out FILE
      --corpus DIR                  Folder of the documents (CORPUS_DIR)
      --index DIR                   Folder of the index (INDEX_DIR)
      --help                        Show this text
    "
  `);
});

test("mistakes are told in one line, with exit code 2", async () => {
  const broken = await file("set.jsonl", '{"id": "a", "question": "?"}\n{"id": "b"');
  const set = await file("good.jsonl", '{"id": "a", "question": "?"}');
  const wrong: [string[], string | RegExp][] = [
    [
      ["--qestions", "x"],
      "--qestions is not an option; did you mean --questions? npm run eval -- --help lists what there is.\n",
    ],
    [[], "No question set. Name one with --questions FILE.jsonl.\n"],
    [
      ["--questions", set, "--variant", "all", "--fail-under", "success@1=0.5"],
      "--fail-under is about one configuration, and several are asked for. Leave it out, or name one --variant and one --encoder; --out DIR writes every configuration's reports.\n",
    ],
    [["--questions", broken], /^\S*set\.jsonl:2: not JSON: [^\n]*\n$/],
  ];
  await Promise.all(
    wrong.map(async ([args, message]) => {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(message);
    }),
  );
});

test("encoders are compared over indexes of their own; one without a fitted ranker says so", async () => {
  const model = await makeTinyModel();
  onTestFinished(model.remove);
  const dir = await folder();
  await writeFile(
    join(dir, "report.txt"),
    "The board sees foster children.\n\nA good council has social workers.\n",
  );
  const evidence = [{ document: "report", quote: "The board sees foster children." }];
  const set = await file("set.jsonl", JSON.stringify({ id: "a", question: "foster children?", evidence }));
  const index = join(await folder(), "index");
  const args = ["--questions", set, "--corpus", dir, "--index", index, "--encoder", "bundled"];
  const { code, stdout } = await run(...args, "--encoder", model.folder);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^bundled ranker +100\.0 %/m);
  expect(stdout).toContain(`${model.folder} ranker: no ranker is fitted to `);
  expect((await readdir(index)).toSorted()).toEqual(["CURRENT", "encoders", "v000001"]);
  expect(await readdir(join(index, "encoders"))).toHaveLength(1);
});
