// npm run bench: building, starting, answering, memory, size and recall of the index.

import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configFor, openForCli } from "../../src/cli/door.ts";
import { nearestExact } from "../../src/index/vector-store.ts";
import { type BenchOptions, QUESTIONS, quantile, row, timed } from "./measure.ts";

const ROUNDS = 25;

/** Measures, and prints a table. */
export async function run({ corpusDir: corpus, runs }: BenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-bench-"));
  try {
    const folders = (index: string) => ["--corpus", corpus, "--index", index];
    const builds: number[] = [];
    for (let i = 0; i < runs; i++) builds.push(await timed("index.ts", folders(join(folder, `build${i}`))));
    const index = join(folder, "build0");
    const starts: number[] = [];
    for (let i = 0; i < runs; i++) starts.push(await timed("ask.ts", [QUESTIONS[0]!, ...folders(index)]));

    const engine = await openForCli(configFor({ corpus, index }));
    for (const text of QUESTIONS) await engine.ask({ text });
    const answers: number[] = [];
    for (let round = 0; round < ROUNDS; round++)
      for (const text of QUESTIONS) answers.push((await engine.ask({ text })).ms);
    const memory = process.memoryUsage().rss / 1e6;
    const passages = engine.index.passages.length;
    const version = (await readdir(index)).find((name) => name.startsWith("v"))!;
    let bytes = 0;
    for (const name of await readdir(join(index, version)))
      bytes += (await stat(join(index, version, name))).size;

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
    row("resident memory", `${Math.round(memory)} MB`);
    row("index", `${passages} passages, ${Math.round(bytes / passages)} bytes each`);
    row("HNSW recall@10 against exact search", (await recall(engine)).toFixed(3));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Share of the ten exact nearest that the graph finds too, over passages as queries. */
async function recall({ index }: Awaited<ReturnType<typeof openForCli>>): Promise<number> {
  const d = index.encoder.dimensions;
  let found = 0;
  let all = 0;
  for (
    let place = 0;
    place < index.passages.length;
    place += Math.max(1, Math.floor(index.passages.length / 100))
  ) {
    const vector = index.vectors.slice(place * d, (place + 1) * d);
    const graph = new Set((await index.store.nearest(vector, 10)).map((hit) => hit.place));
    const exact = nearestExact(index.vectors, d, vector, 10);
    found += exact.filter((hit) => graph.has(hit.place)).length;
    all += exact.length;
  }
  return found / all;
}
