// npm run eval: question sets in; marks on the terminal and reports as asked for out. Reads the flags and
// opens the engine; src/evaluation does the rest.

import { join } from "node:path";
import { flag, FOLDERS, text, texts } from "../src/cli/args.ts";
import { configFor, openForCli, runDoor } from "../src/cli/door.ts";
import { showWork } from "../src/cli/progress.ts";
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

await runDoor(COMMAND, async ({ values, positionals }) => {
  const thresholds = [
    ...values["fail-under"].map((given) => parseThreshold(given, "under")),
    ...values["fail-over"].map((given) => parseThreshold(given, "over")),
  ];
  const files = [...values.questions, ...positionals];
  const items = await readSets(files);
  const squad = values["squad-corpus"];
  if (squad !== undefined) await writeSquadCorpus(files, squad);
  // A SQuAD corpus has its index beside it, so that the usual corpus keeps its own.
  const engine = await openForCli(
    configFor({
      corpus: values.corpus ?? squad,
      index: values.index ?? (squad === undefined ? undefined : join(squad, ".index")),
    }),
  );
  const within = (name: string): string | undefined =>
    values.out === undefined ? undefined : join(values.out, name);
  const passed = await evaluate(items, engine, {
    thresholds,
    json: values.json ?? within("results.json"),
    html: values.html ?? within("report.html"),
    junit: values.junit ?? within("junit.xml"),
    trec: values.trec ?? within("trec"),
    baseline: values.baseline,
    updateBaseline: values["update-baseline"],
    print: (output) => process.stdout.write(output),
    onProgress: showWork("Questions"),
  });
  if (!passed) process.exitCode = 1;
});
