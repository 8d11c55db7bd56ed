// npm run train: training data -> models/encoder, models/ranker.json, models/messages.json. See
// models/README.md for data and method. Users never need it: its results are in the repository.

import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fittedFile } from "../src/answer/models.ts";
import { choice, text, wholeNumber } from "../src/cli/args.ts";
import { configFor, runDoor } from "../src/cli/door.ts";
import { endWithParent } from "../src/child-process.ts";
import { type Config, PROJECT_DIR } from "../src/config.ts";
import { encoderOf } from "../src/engine.ts";
import { writeStaticEncoder } from "../src/encoder/write.ts";
import { messageOf, UserError } from "../src/errors.ts";
import { KINDS } from "../src/retrieval/message-kind.ts";
import { parseLexicon } from "../src/text/lexicon.ts";
import { fitPropensity } from "../src/training/balance.ts";
import { makeCorpora } from "../src/training/corpora.ts";
import { questionMessages, readTrainingData, type TrainingData } from "../src/training/data.ts";
import { openAskers } from "../src/training/askers.ts";
import { trainEncoder } from "../src/training/encoder.ts";
import { inParts, split } from "../src/training/folds.ts";
import { trainMessageModel } from "../src/training/message-kind.ts";
import { seeded } from "../src/training/random.ts";
import { type CutReport, cutReport, readReports } from "../src/training/reports.ts";
import { fitSmallModels } from "../src/training/small-models.ts";

const COMMAND = {
  usage: "npm run train -- --reports DIR",
  about:
    "Trains the bundled encoder, and the ranker and refusal on top of it. With another ENCODER_MODEL and --stage ranker: fits ranker and refusal to that encoder.",
  options: {
    reports: text("DIR", "Folder of the reports (PDF) that the queries were written for"),
    stage: choice(["all", "first", "encoder", "ranker"], "What to train (all)"),
    seed: wholeNumber("N", "Seed of all chance (1)", { min: 1 }),
  },
} as const;

const MODELS = join(PROJECT_DIR, "models");
/** The encoder that has not seen a fifth of the authorities: what is fitted on top is fitted on those. */
const FIRST = join(PROJECT_DIR, ".cache/training/first");
/** Of what the first encoder has not seen: for the ranker, for the refusal, and to measure both on. */
const SHARES = [0.5, 0.35, 0.15];
const BUNDLED = join(MODELS, "encoder");

await runDoor(COMMAND, async ({ values }) => {
  if (values.reports === undefined) {
    throw new UserError("Name the reports' folder: npm run train -- --reports DIR (see models/README.md).");
  }
  const reports = resolve(values.reports);
  if (!existsSync(reports)) {
    throw new UserError(`${reports}: no such folder. Name the reports' folder with --reports.`);
  }
  const started = performance.now();
  const log = (line: string) =>
    process.stderr.write(`${((performance.now() - started) / 60_000).toFixed(1)} min  ${line}\n`);
  const seed = values.seed ?? 1;
  const stage = values.stage ?? "all";
  const config = configFor({});
  if (stage !== "ranker" && config.encoderModel !== "bundled") {
    throw new UserError(
      "ENCODER_MODEL names another encoder: only the bundled one is trained. Use --stage ranker to fit ranker and refusal to it.",
    );
  }
  if (process.send) endWithParent();
  // The encoder that is shipped and the one that the ranker is fitted to know nothing of each other: each
  // has a processor of its own.
  const shipped = stage === "all" ? inOwnProcess("encoder", reports, seed) : null;
  try {
    // Missing, it is told before the work, not after.
    if (stage === "ranker") await encoderOf(config);
    const data = readTrainingData(
      join(MODELS, "training"),
      await cutReports(reports, log),
      join(PROJECT_DIR, "corpus/lexicon.txt"),
    );
    if (stage === "encoder") await trainInto(BUNDLED, data, seed, log);
    if (stage === "first" || stage === "all") await trainInto(FIRST, split(data).seen, seed, log);
    if (stage === "ranker" || stage === "all")
      await fitRanker(data, config, seed, log, shipped?.done ?? null);
  } finally {
    shipped?.stop();
  }
});

async function cutReports(dir: string, log: (line: string) => void): Promise<CutReport[]> {
  const out: CutReport[] = [];
  for await (const report of readReports(dir, (file, reason) => log(`${file}: left out: ${reason}`)))
    out.push(cutReport(report));
  log(`${out.length} reports`);
  return out;
}

async function trainInto(
  folder: string,
  data: TrainingData,
  seed: number,
  log: (line: string) => void,
): Promise<void> {
  const { vocabulary, vectors, dimensions } = await trainEncoder(data, seed, (line) =>
    log(`${folder === FIRST ? "first encoder" : "encoder"}: ${line}`),
  );
  await writeStaticEncoder(folder, { pieces: vocabulary.pieces, vectors, dimensions, storage: "int8" });
}

/** Runs one stage as a process beside this one, whose output it shares. Where it fails, this one ends too. */
function inOwnProcess(stage: string, reports: string, seed: number): { done: Promise<void>; stop(): void } {
  const own = ["--reports", reports, "--stage", stage, "--seed", String(seed)];
  const child = fork(fileURLToPath(import.meta.url), own);
  const done = new Promise<void>((resolve) => {
    child.once("exit", (code) => (code === 0 ? resolve() : process.exit(code ?? 1)));
  });
  const stop = () => {
    child.removeAllListeners("exit");
    child.kill();
  };
  return { done, stop };
}

/** Fits the small models; they are written as those of the encoder that is there once it is `shipped`. */
async function fitRanker(
  data: TrainingData,
  config: Config,
  seed: number,
  log: (line: string) => void,
  shipped: Promise<void> | null,
): Promise<void> {
  const bundled = config.encoderModel === "bundled";
  // Other encoders have seen none of the data.
  const fitted = bundled ? { ...config, encoderModel: FIRST } : config;
  await encoderOf(fitted).catch((error: unknown) => {
    throw bundled ? new UserError(`Train its encoder first (--stage first): ${messageOf(error)}`) : error;
  });
  const random = seeded(seed);
  const { seen, held } = split(data);
  const model = trainMessageModel([...seen.messages, ...questionMessages(seen, random)], KINDS, random);
  const [ranking, refusing, measuring] = inParts(
    { ...held, reports: data.reports, times: data.times },
    SHARES,
    random,
  ).map((part) => makeCorpora(part, random));
  log(`${ranking!.length} + ${refusing!.length} + ${measuring!.length} corpora`);
  const askers = await openAskers(fitted, parseLexicon(data.lexicon.join("\n")).lexicon);
  const { ranker, sentences, calibration, report } = await fitSmallModels(
    { ranking: ranking!, refusing: refusing!, measuring: measuring! },
    askers,
    { model, held: held.messages },
    fitPropensity(seen.queries, random),
    seed,
    log,
  ).finally(askers.close);
  process.stdout.write(`${report.join("\n")}\n`);
  await shipped;
  const { id } = await encoderOf(config);
  const file = bundled ? join(MODELS, "ranker.json") : fittedFile(config.modelCacheDir, id);
  await writeFile(file, `${JSON.stringify({ encoder: id, ranker, sentences, calibration }, null, 1)}\n`);
  if (bundled) {
    const all = trainMessageModel([...data.messages, ...questionMessages(data, random)], KINDS, random);
    await writeFile(join(MODELS, "messages.json"), `${JSON.stringify(all)}\n`);
  }
  log(`written: ${file}`);
}
