// npm run bench: speed and memory on the shipped corpus, printed as a table. Timing is measured here
// and asserted nowhere: machines differ.

import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FOLDERS, wholeNumber } from "../src/cli/args.ts";
import { configFor, openForCli, runDoor } from "../src/cli/door.ts";
import { PROJECT_DIR } from "../src/config.ts";
import { nearestExact } from "../src/index/vector-store.ts";

const COMMAND = {
  usage: "npm run bench",
  about: "Measures building, starting, answering and memory.",
  options: { ...FOLDERS, runs: wholeNumber("N", "Runs of each whole process (5)", { min: 1, max: 50 }) },
} as const;

const QUESTIONS = [
  "what was the NEET rate for care leavers?",
  "who led the inspection in june 2014?",
  "how many children are waiting for CAMHS?",
  "why did the council get an improvement notice?",
  "what do inspectors say about supervision of foster carers?",
  "which councils were judged inadequate in 2013?",
  "what still needs improving according to the newest report?",
  "do young people get a say in how services are run?",
];
const ROUNDS = 25;

await runDoor(COMMAND, async ({ values }) => {
  const runs = values.runs ?? 5;
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-bench-"));
  try {
    const corpus = configFor(values).corpusDir;
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
    await engine.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

function row(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(64)} ${value}\n`);
}

/** Seconds that a script takes as a whole process. */
function timed(script: string, args: readonly string[]): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", join(PROJECT_DIR, "scripts", script), ...args],
      { cwd: PROJECT_DIR, stdio: ["ignore", "ignore", "inherit"] },
    );
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0
        ? resolve((performance.now() - started) / 1000)
        : reject(new Error(`${script} ended with ${code}`)),
    );
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
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
