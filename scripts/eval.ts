// npm run eval: question sets in; marks on the terminal and reports as asked for out. Reads the flags and
// opens the engine; src/evaluation does the rest.

import { join, resolve } from "node:path";
import { config as loadEnv } from "dotenv";
import { flag, FOLDERS, folderVariables, parseCommand, text, texts } from "../src/cli/args.ts";
import { PROJECT_DIR, readConfig } from "../src/config.ts";
import { runMain } from "../src/errors.ts";
import { evaluate } from "../src/evaluation/evaluate.ts";
import { readSets } from "../src/evaluation/sets/read.ts";
import { writeSquadCorpus } from "../src/evaluation/sets/squad-corpus.ts";
import { parseThreshold } from "../src/evaluation/thresholds.ts";

const COMMAND = {
  usage: "npm run eval -- --questions FILE…",
  about: [
    "Answers question sets as the bot would and marks the answers. Exits with 1 when a bound is missed or",
    "something is worse than the baseline beyond chance, with 2 when something given can't be used.",
  ].join("\n"),
  positionals: "FILE",
  options: {
    questions: texts("FILE", "Question sets: .jsonl, .csv, or .json (SQuAD 2.0)"),
    json: text("FILE", "Write summary and results as JSON"),
    html: text("FILE", "Write a report to read, as one HTML page"),
    junit: text("FILE", "Write what failed as JUnit XML"),
    trec: text("DIR", "Write run and qrels files for trec_eval and ir_measures"),
    out: text("DIR", "Write all of these into one folder"),
    baseline: text("FILE", "Compare with an earlier evaluation, question by question"),
    "update-baseline": flag("Make this evaluation the baseline"),
    "fail-under": texts("METRIC=NUMBER", "Fail when a metric is lower, such as success@1=0.75"),
    "fail-over": texts("METRIC=NUMBER", "Fail when a metric is higher, such as latency/p95=200"),
    "squad-corpus": text("DIR", "Write the paragraphs of SQuAD sets here and ask them instead of the corpus"),
    ...FOLDERS,
  },
} as const;

await runMain(async () => {
  const { values, positionals, help } = parseCommand(COMMAND, process.argv.slice(2));
  if (help !== null) {
    process.stdout.write(help);
    return;
  }
  const thresholds = [
    ...values["fail-under"].map((given) => parseThreshold(given, "under")),
    ...values["fail-over"].map((given) => parseThreshold(given, "over")),
  ];
  const files = [...values.questions, ...positionals];
  const items = await readSets(files);
  const squad = values["squad-corpus"];
  if (squad !== undefined) await writeSquadCorpus(files, squad);
  loadEnv({ path: resolve(PROJECT_DIR, ".env"), quiet: true });
  const config = readConfig({
    ...process.env,
    // Its index lies beside it, so that the corpus keeps its own.
    ...(squad === undefined ? {} : folderVariables({ corpus: squad, index: join(squad, ".index") })),
    ...folderVariables(values),
  });
  // Loaded only now: mistakes in the arguments are told at once.
  const { openEngine } = await import("../src/engine.ts");
  const engine = await openEngine(config, {
    onProgress: counter("building the index: passage"),
    onNotice: (notice) => process.stderr.write(`${notice}\n`),
  });
  const within = (name: string): string | undefined =>
    values.out === undefined ? undefined : join(values.out, name);
  try {
    const passed = await evaluate(items, engine, {
      thresholds,
      json: values.json ?? within("results.json"),
      html: values.html ?? within("report.html"),
      junit: values.junit ?? within("junit.xml"),
      trec: values.trec ?? within("trec"),
      baseline: values.baseline,
      updateBaseline: values["update-baseline"],
      print: (output) => process.stdout.write(output),
      onProgress: counter("question"),
    });
    if (!passed) process.exitCode = 1;
  } finally {
    await engine.close();
  }
});

/** Counts on one line of standard error, where somebody watches it. */
function counter(what: string): (done: number, total: number) => void {
  return (done, total) => {
    if (!process.stderr.isTTY) return;
    process.stderr.write(`\r\x1b[K${done < total ? `${what} ${done} of ${total}` : ""}`);
  };
}
