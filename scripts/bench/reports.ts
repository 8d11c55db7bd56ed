// npm run bench -- reports: a large corpus, indexed for the first time and again with one report more, then
// opened and asked. What it costs for each passage, and what follows for many more of them.

import { cp, mkdir, readdir, rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { configFor, openForCli } from "../../src/cli/door.ts";
import type { OpenEngine } from "../../src/engine.ts";
import { UserError } from "../../src/errors.ts";
import { passageInput } from "../../src/index/plan.ts";
import { answerTimes, compareSearches, memory, quantile, row, scanTimes, sizeOf, timed } from "./measure.ts";

/** Passages that the bare encoder is given. */
const SAMPLE = 2000;
/** What is left out is no failure of the benchmark. */
const COMPLETE_OR_NOT = [0, 2];

/** Measures indexing and answering over a copy of the corpus in `folder`. */
export async function benchReports(given: string, folder: string, runs: number): Promise<void> {
  const corpus = join(folder, "corpus");
  await mkdir(corpus);
  await cp(given, corpus, { recursive: true });
  const report = await newestReport(corpus);
  const aside = join(folder, basename(report));
  const index = join(folder, "index");
  const folders = ["--corpus", corpus, "--index", index];
  const indexed = () => timed("index.ts", folders, COMPLETE_OR_NOT);

  const whole = await indexed();
  const unchanged = await indexed();
  const added: number[] = [];
  for (let i = 0; i < runs; i++) {
    await rename(report, aside);
    await indexed();
    await rename(aside, report);
    added.push((await indexed()).seconds);
  }
  const starts: number[] = [];
  for (let i = 0; i < runs; i++) starts.push((await timed("ask.ts", ["who led it?", ...folders])).seconds);

  const started = performance.now();
  const engine = await openForCli(configFor({ corpus, index }));
  const opened = (performance.now() - started) / 1000;
  const atOpening = memory();
  const answers = await answerTimes(engine);
  const resident = memory();
  const scans = await scanTimes(engine);
  const passages = engine.index.passages.length;
  const bytes = await sizeOf(index);
  const searches = await compareSearches(engine);
  const alone = await encoderRate(engine);

  const mb = (value: number | null) => (value === null ? "not known here" : `${Math.round(value)} MB`);
  row("corpus", `${engine.documents.length} documents, ${passages} passages`);
  row(
    "first build (npm run index)",
    `${whole.seconds.toFixed(1)} s, ${(passages / whole.seconds).toFixed(0)} passages a second`,
  );
  row("the bare encoder", `${alone.toFixed(0)} passages a second`);
  row("peak memory of the indexer, and of its largest reader", `${mb(whole.peak)}, ${mb(whole.childPeak)}`);
  row("one report more (npm run index)", `${quantile(added, 0.5).toFixed(1)} s median of ${runs}`);
  row("nothing new (npm run index)", `${unchanged.seconds.toFixed(1)} s`);
  row(
    "process: start to printed answer (npm run ask)",
    `${quantile(starts, 0.5).toFixed(1)} s median of ${runs}`,
  );
  row("opening: corpus compared, index checked and read", `${opened.toFixed(2)} s`);
  row(
    "each further question",
    `${quantile(answers, 0.5).toFixed(0)} ms median, ${quantile(answers, 0.95).toFixed(0)} ms p95 of ${answers.length}`,
  );
  row(
    "of that, scores over all passages (grows with the corpus)",
    `${quantile(scans, 0.5).toFixed(1)} ms median, ${quantile(scans, 0.95).toFixed(1)} ms p95`,
  );
  row("resident memory, opened and after the questions", `${atOpening} MB, ${resident} MB`);
  row("index on disk", `${(bytes / 1e6).toFixed(0)} MB, ${Math.round(bytes / passages)} bytes a passage`);
  row("HNSW recall@10 against exact search", searches.recall.toFixed(3));
  row("a search by HNSW, and exact", `${searches.store.toFixed(2)} ms, ${searches.exact.toFixed(1)} ms`);
}

/** The last file of the last folder: one report that comes and goes. */
async function newestReport(corpus: string): Promise<string> {
  const files = (await readdir(corpus, { recursive: true })).filter((name) =>
    /\.(?:pdf|html|docx|txt)$/i.test(name),
  );
  const last = files.toSorted().at(-1);
  if (last === undefined || files.length < 2)
    throw new UserError(`${corpus}: name a corpus of reports with --corpus.`);
  return join(corpus, last);
}

/** Passages a second that the encoder does by itself. */
async function encoderRate({ index }: OpenEngine): Promise<number> {
  const step = Math.max(1, Math.floor(index.passages.length / SAMPLE));
  const inputs = index.passages.filter((_, place) => place % step === 0).map(passageInput);
  const started = performance.now();
  await index.encoder.encode(inputs, "passage");
  return inputs.length / ((performance.now() - started) / 1000);
}
