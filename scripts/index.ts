// npm run index: what maintainers do with corpus and index. Reads the flags; src/indexing does the work.

import { flag, FOLDERS } from "../src/cli/args.ts";
import { configFor, runDoor } from "../src/cli/door.ts";
import { isComplete, renderSummary } from "../src/cli/indexing.ts";
import { showWork } from "../src/cli/progress.ts";
import { printable } from "../src/cli/render.ts";
import { encoderOf } from "../src/engine.ts";
import { planReindex, reindex } from "../src/indexing/reindex.ts";

const COMMAND = {
  usage: "npm run index",
  about: [
    "Reads what is new in the corpus and makes the next version of the index; a running bot keeps answering.",
    "Exits with 2 when something was left out or can't be used.",
  ].join("\n"),
  options: {
    "dry-run": flag("Say what would be done, and write nothing"),
    ...FOLDERS,
  },
} as const;

await runDoor(COMMAND, async ({ values }) => {
  const started = performance.now();
  const config = configFor(values);
  const options = {
    onProgress: showWork("Indexing"),
    onNotice: (notice: string) => process.stderr.write(`${printable(notice)}\n`),
  };
  const encoder = await encoderOf(config);
  const summary = values["dry-run"]
    ? await planReindex(config, encoder, options)
    : (await reindex(config, encoder, options)).summary;
  process.stdout.write(renderSummary(summary, (performance.now() - started) / 1000, config.indexDir));
  if (!isComplete(summary)) process.exitCode = 2;
});
