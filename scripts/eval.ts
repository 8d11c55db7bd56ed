// npm run eval: question sets in; marks on the terminal and reports as asked for out.

import { resolve } from "node:path";
import { config as loadEnv } from "dotenv";
import { FOLDERS, folderVariables, parseCommand, text, texts } from "../src/cli/args.ts";
import { PROJECT_DIR, readConfig } from "../src/config.ts";
import { runMain } from "../src/errors.ts";
import { evaluate } from "../src/evaluation/evaluate.ts";
import { readSets } from "../src/evaluation/sets/read.ts";
import { parseThreshold } from "../src/evaluation/thresholds.ts";

const COMMAND = {
  usage: "npm run eval -- --questions FILE…",
  about:
    "Answers question sets as the bot would and marks the answers. Exits with 1 when a bound is missed,\nwith 2 when something given can't be used.",
  positionals: "FILE",
  options: {
    questions: texts("FILE", "Question sets: .jsonl"),
    json: text("FILE", "Write summary and results as JSON"),
    "fail-under": texts("METRIC=NUMBER", "Fail when a metric is lower, such as success@1=0.75"),
    "fail-over": texts("METRIC=NUMBER", "Fail when a metric is higher, such as latency/p95=200"),
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
  const items = await readSets([...values.questions, ...positionals]);
  loadEnv({ path: resolve(PROJECT_DIR, ".env"), quiet: true });
  const config = readConfig({ ...process.env, ...folderVariables(values) });
  // Loaded only now: mistakes in the arguments are told at once.
  const { openEngine } = await import("../src/engine.ts");
  const engine = await openEngine(config, {
    onProgress: counter("building the index: passage"),
    onNotice: (notice) => process.stderr.write(`${notice}\n`),
  });
  try {
    const passed = await evaluate(items, engine, {
      thresholds,
      json: values.json,
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
