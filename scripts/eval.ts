// npm run eval: question sets in; marks on the terminal and reports as asked for out. Reads the flags and
// opens the engine; src/evaluation does the rest.

import { join } from "node:path";
import { choices, flag, FOLDERS, text, texts } from "../src/cli/args.ts";
import { configFor, configForEncoder, openForCli, runDoor } from "../src/cli/door.ts";
import { showWork } from "../src/cli/progress.ts";
import { printable } from "../src/cli/render.ts";
import type { OpenEngine } from "../src/engine.ts";
import { UserError } from "../src/errors.ts";
import { compareConfigurations } from "../src/evaluation/configurations.ts";
import { evaluate } from "../src/evaluation/evaluate.ts";
import { reportsIn, type WantedReports } from "../src/evaluation/measure.ts";
import { readSets } from "../src/evaluation/sets/read.ts";
import { writeSquadCorpus } from "../src/evaluation/sets/squad-corpus.ts";
import { parseThreshold } from "../src/evaluation/thresholds.ts";
import { VARIANTS } from "../src/retrieval/rank.ts";
import { reviewCandidates } from "./review.ts";

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
    out: text("DIR", "Write all of these into one folder; with --review: the file to add questions to"),
    baseline: text("FILE", "Compare with an earlier evaluation, question by question"),
    "update-baseline": flag("Make this evaluation the baseline"),
    "fail-under": texts("METRIC=NUMBER", "Fail when a metric is lower, such as success@1=0.75"),
    "fail-over": texts("METRIC=NUMBER", "Fail when a metric is higher, such as latency/p95=200"),
    "squad-corpus": text("DIR", "Write the paragraphs of SQuAD sets here and ask them instead of the corpus"),
    variant: choices(VARIANTS, "Compare what ranks the passages, in one table"),
    encoder: texts("NAME", "Compare encoders, named as ENCODER_MODEL is, in one table"),
    review: text("FILE", "Go through candidate questions (.jsonl) and add those decided on to --out FILE"),
    ...FOLDERS,
  },
} as const;

await runDoor(COMMAND, async ({ values, positionals }) => {
  if (values.review !== undefined) return reviewCandidates(values.review, values);
  const thresholds = [
    ...values["fail-under"].map((given) => parseThreshold(given, "under")),
    ...values["fail-over"].map((given) => parseThreshold(given, "over")),
  ];
  const files = [...values.questions, ...positionals];
  const onNotice = (notice: string) => process.stderr.write(`${printable(notice)}\n`);
  const items = await readSets(files, onNotice);
  const squad = values["squad-corpus"];
  if (squad !== undefined) await writeSquadCorpus(files, squad);
  // A SQuAD corpus has its index beside it, so that the usual corpus keeps its own.
  const config = configFor({
    corpus: values.corpus ?? squad,
    index: values.index ?? (squad === undefined ? undefined : join(squad, ".index")),
  });
  const encoders = values.encoder.length > 0 ? [...new Set(values.encoder)] : [config.encoderModel];
  const variants = values.variant.length > 0 ? values.variant : (["ranker"] as const);
  const several = encoders.length * variants.length > 1;
  if (several) refuseSingle(values);
  const print = (output: string) => process.stdout.write(printable(output));
  const onProgress = showWork("Questions");

  const engines: OpenEngine[] = [];
  for (const encoder of encoders)
    engines.push(await openForCli(configForEncoder(config, encoder), variants[0]));
  if (several) {
    const { engineOf } = await import("../src/engine.ts");
    const configurations = engines.flatMap(({ index, models, version, builtAt }, i) =>
      variants.map((variant) => ({
        name: encoders.length === 1 ? variant : `${encoders[i]} ${variant}`,
        engine: engineOf({ index, version, builtAt }, { ...models, variant }),
      })),
    );
    const { json, out } = values;
    await compareConfigurations(items, configurations, { print, onNotice, onProgress, json, out });
    return;
  }
  const { json, html, junit, trec } =
    values.out === undefined ? ({} as WantedReports) : reportsIn(values.out);
  const passed = await evaluate(items, engines[0]!, {
    thresholds,
    json: values.json ?? json,
    html: values.html ?? html,
    junit: values.junit ?? junit,
    trec: values.trec ?? trec,
    baseline: values.baseline,
    updateBaseline: values["update-baseline"],
    print,
    onNotice,
    onProgress,
  });
  if (!passed) process.exitCode = 1;
});

/** What is about one configuration only. Throws `UserError` naming the option. */
function refuseSingle(values: Readonly<Record<string, unknown>>): void {
  for (const name of ["html", "junit", "trec", "baseline", "update-baseline", "fail-under", "fail-over"]) {
    const given = values[name];
    if (given === undefined || given === false || (Array.isArray(given) && given.length === 0)) continue;
    throw new UserError(
      `--${name} is about one configuration, and several are asked for. Leave it out, or name one --variant and one --encoder; --out DIR writes every configuration's reports.`,
    );
  }
}
