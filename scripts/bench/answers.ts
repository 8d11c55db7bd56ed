// npm run bench: speed and memory on a corpus that is indexed in seconds, such as the shipped one.

import { join } from "node:path";
import { configFor, openForCli } from "../../src/cli/door.ts";
import { answerTimes, compareSearches, memory, quantile, row, sizeOf, timed } from "./measure.ts";

/** Measures building, starting, answering and memory; `folder` is for the indexes. */
export async function benchAnswers(corpus: string, folder: string, runs: number): Promise<void> {
  const folders = (index: string) => ["--corpus", corpus, "--index", index];
  const builds: number[] = [];
  for (let i = 0; i < runs; i++)
    builds.push((await timed("index.ts", folders(join(folder, `build${i}`)))).seconds);
  const index = join(folder, "build0");
  const starts: number[] = [];
  const question = "what was the NEET rate for care leavers?";
  for (let i = 0; i < runs; i++) starts.push((await timed("ask.ts", [question, ...folders(index)])).seconds);

  const engine = await openForCli(configFor({ corpus, index }));
  const answers = await answerTimes(engine);
  const resident = memory();
  const passages = engine.index.passages.length;
  row(
    "process: first build of the index (npm run index)",
    `${quantile(builds, 0.5).toFixed(2)} s median of ${runs}`,
  );
  row(
    "process: start to printed answer (npm run ask, index in place)",
    `${quantile(starts, 0.5).toFixed(2)} s median of ${runs}`,
  );
  row(
    "each further question",
    `${quantile(answers, 0.5).toFixed(1)} ms median, ${quantile(answers, 0.95).toFixed(1)} ms p95 of ${answers.length}`,
  );
  row("resident memory", `${resident} MB`);
  row("index", `${passages} passages, ${Math.round((await sizeOf(index)) / passages)} bytes each`);
  row("HNSW recall@10 against exact search", (await compareSearches(engine)).recall.toFixed(3));
}
