// npm run index: what maintainers do with corpus and index. Reads the flags; src/indexing does the work.

import { writeFile } from "node:fs/promises";
import { readState, fingerprintOf } from "../src/corpus-state.ts";
import { modelsFor } from "../src/answer/models.ts";
import { flag, FOLDERS, text } from "../src/cli/args.ts";
import { isSound, renderReport, renderRollback } from "../src/cli/check.ts";
import { configFor, runDoor } from "../src/cli/door.ts";
import { count, isComplete, renderSummary } from "../src/cli/indexing.ts";
import { renderInspection } from "../src/cli/inspect.ts";
import { inspectionPage } from "../src/cli/inspect-html.ts";
import { showWork } from "../src/cli/progress.ts";
import { printable, terminalOf } from "../src/cli/render.ts";
import { Stopped, stopSignal } from "../src/cli/stop.ts";
import type { Config } from "../src/config.ts";
import { encoderOf } from "../src/engine.ts";
import { messageOf, UserError } from "../src/errors.ts";
import { fingerprintThatFits } from "../src/index/store.ts";
import { IndexLocked } from "../src/index/lock.ts";
import { checkIndex } from "../src/indexing/check.ts";
import { inspectFile } from "../src/indexing/inspect.ts";
import { planReindex, reindex } from "../src/indexing/reindex.ts";
import { rollback } from "../src/indexing/rollback.ts";
import { watchCorpus } from "../src/indexing/watch.ts";
import type { Encoder } from "../src/types.ts";

const COMMAND = {
  usage: "npm run index",
  about: [
    "Reads what is new in the corpus and makes the next version of the index; a running bot keeps answering.",
    "Exits with 2 when something was left out, is damaged or can't be used.",
  ].join("\n"),
  options: {
    "dry-run": flag("Say what would be done, and write nothing"),
    watch: flag("Index again whenever the corpus changes, until Ctrl-C"),
    check: flag("Say whether the index is whole, what it holds, and which versions are kept"),
    rollback: flag("Go back to the version before, until the next npm run index"),
    inspect: text("FILE", "Show how a file of the corpus is cut, or one that is to become it"),
    html: text("OUT", "With --inspect: write it as one HTML page"),
    ...FOLDERS,
  },
} as const;

const MODES = ["dry-run", "watch", "check", "rollback", "inspect"] as const;

await runDoor(COMMAND, async ({ values }) => {
  const given = MODES.filter((mode) => values[mode] !== undefined && values[mode] !== false);
  if (values.html !== undefined && values.inspect === undefined)
    throw new UserError("--html needs --inspect FILE: it is the page of one file.");
  if (given.length > 1) throw new UserError(`--${given[0]} and --${given[1]} can't be given together.`);
  const config = configFor(values);
  if (values.inspect !== undefined) return inspect(values.inspect, config, values.html);
  const encoder = encoderOf(config);
  // Whoever needs it waits for it, and is told then.
  encoder.catch(() => undefined);
  switch (given[0]) {
    case "check":
      return check(config, await encoder);
    case "rollback":
      return print(renderRollback(await rollback(config.indexDir, await encoder)));
    case "watch":
      return watch(config, await encoder);
    default:
      if (!(await index(config, encoder, stopSignal(), given[0] === "dry-run"))) process.exitCode = 2;
  }
});

/** Indexes once. Tells whether everything in the corpus is in the index. */
async function index(
  config: Config,
  encoder: Encoder | Promise<Encoder>,
  signal: AbortSignal,
  dryRun = false,
): Promise<boolean> {
  const started = performance.now();
  const options = { onProgress: showWork("Indexing"), onNotice: warn, signal };
  try {
    const summary = dryRun
      ? await planReindex(config, encoder, options)
      : (await reindex(config, encoder, options)).summary;
    print(renderSummary(summary, (performance.now() - started) / 1000, config.indexDir));
    return isComplete(summary);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    warn("\nStopped; the index stays as it was.");
    process.exitCode = 130;
    return true;
  }
}

/** Indexes whenever the corpus changes. What goes wrong is told, and does not end it. */
async function watch(config: Config, encoder: Encoder): Promise<void> {
  const signal = stopSignal();
  let told = "";
  await watchCorpus(
    config.corpusDir,
    async () => {
      try {
        await index(config, encoder, signal);
        told = "";
        if (!signal.aborted) warn(`Watching ${config.corpusDir}; Ctrl-C ends it.`);
        return true;
      } catch (error) {
        const message = error instanceof UserError ? error.message : String((error as Error).stack ?? error);
        if (message !== told) warn(message);
        told = message;
        return !(error instanceof IndexLocked);
      }
    },
    { signal },
  );
}

async function check(config: Config, encoder: Encoder): Promise<void> {
  const models = await modelsFor(config, encoder.id);
  const report = await checkIndex(config.indexDir, encoder, models);
  const { current, versions } = report;
  const manifest = versions.find(({ version }) => version === current?.version)?.manifest;
  const fits =
    current && manifest
      ? fingerprintThatFits({ current, manifest }) ===
        fingerprintOf(await readState(config), encoder.id, models.id)
      : true;
  print(renderReport(report, config.indexDir, !fits));
  if (!isSound(report)) process.exitCode = 2;
}

async function inspect(file: string, config: Config, page: string | undefined): Promise<void> {
  const inspection = await inspectFile(file, config);
  if (page === undefined) return print(renderInspection(inspection, terminalOf(process.stdout)));
  await writeFile(page, inspectionPage(inspection)).catch((error: unknown) => {
    throw new UserError(`${page}: can't be written (${messageOf(error)}).`);
  });
  print(
    `${page}: ${count(inspection.passages.length, "passage")} of ${printable(inspection.document.info.file)}\n`,
  );
}

function print(output: string): void {
  process.stdout.write(output);
}

function warn(notice: string): void {
  process.stderr.write(`${printable(notice)}\n`);
}
