// npm run index: reads the corpus and builds the index; unchanged passages are not encoded again.

import { FOLDERS } from "../src/cli/args.ts";
import { configFor, runDoor } from "../src/cli/door.ts";
import { showWork } from "../src/cli/progress.ts";
import { printable } from "../src/cli/render.ts";
import { readState } from "../src/corpus-state.ts";
import { encoderOf } from "../src/engine.ts";
import { buildAndSave } from "../src/indexing/reindex.ts";

const COMMAND = {
  usage: "npm run index",
  about: "Reads the corpus and builds the index anew; a running bot keeps answering from the old one.",
  options: FOLDERS,
} as const;

await runDoor(COMMAND, async ({ values }) => {
  const started = performance.now();
  const config = configFor(values);
  const state = await readState(config);
  const encoder = await encoderOf(config);
  const { summary } = await buildAndSave(config, encoder, state, {
    onProgress: showWork("Indexing"),
    onNotice: (notice) => process.stderr.write(`${printable(notice)}\n`),
  });
  for (const { file, reason } of summary.failures)
    process.stderr.write(`${printable(`${file}: left out: ${reason}`)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${summary.documents.length} documents, ${summary.passages} passages (${summary.encoded} encoded, ${summary.passages - summary.encoded} unchanged) in ${seconds} s` +
      `${summary.version === null ? "" : `; ${config.indexDir}/${summary.version}`}\n`,
  );
  if (summary.failures.length > 0 || summary.version === null) process.exitCode = 2;
});
