// What the benchmarks share: whole processes timed and watched, quantiles, rows of the printed table.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT_DIR } from "../../src/config.ts";
import type { OpenEngine } from "../../src/engine.ts";
import { parseQuestion } from "../../src/retrieval/question.ts";
import { cheapScores, topPlaces } from "../../src/retrieval/scores.ts";
import { nearestExact } from "../../src/index/vector-store.ts";

export interface BenchOptions {
  readonly corpusDir: string;
  /** How often what takes seconds is done. */
  readonly runs: number;
}

export interface Run {
  readonly seconds: number;
  /** Peak resident memory of the process, MB; null where the system doesn't tell. */
  readonly peak: number | null;
  /** That of the largest process that it started. */
  readonly childPeak: number | null;
}

const WATCH_MS = 50;

/** Runs a script as a process of its own. `accepts`: exit codes that are no failure. */
export function timed(
  script: string,
  args: readonly string[],
  accepts: readonly number[] = [0],
): Promise<Run> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const path = join(PROJECT_DIR, "scripts", script);
    const child = spawn(process.execPath, ["--import", "tsx", path, ...args], {
      cwd: PROJECT_DIR,
      stdio: ["ignore", "ignore", "inherit"],
    });
    let [peak, childPeak] = [0, 0];
    const watch = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid!));
      for (const pid of childrenOf(child.pid!)) childPeak = Math.max(childPeak, peakOf(pid));
    }, WATCH_MS);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(watch);
      const seconds = (performance.now() - started) / 1000;
      if (accepts.includes(code ?? -1))
        resolve({ seconds, peak: peak || null, childPeak: childPeak || null });
      else reject(new Error(`${script} ended with ${code}`));
    });
  });
}

/** Peak resident memory of a process so far, MB; 0 where the system doesn't tell. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s*(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1000;
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** `quantile([3, 1, 2], 0.5)` is 2. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

export function row(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(64)} ${value}\n`);
}

/** Bytes of the newest version in an index folder. */
export async function sizeOf(indexDir: string): Promise<number> {
  const version = (await readdir(indexDir))
    .filter((name) => name.startsWith("v"))
    .toSorted()
    .at(-1)!;
  let bytes = 0;
  for (const name of await readdir(join(indexDir, version)))
    bytes += (await stat(join(indexDir, version, name))).size;
  return bytes;
}

export const QUESTIONS: readonly string[] = [
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

/** Milliseconds of answers, the first round left out. */
export async function answerTimes(engine: OpenEngine): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const text of QUESTIONS) {
      const { ms } = await engine.ask({ text });
      if (round > 0) times.push(ms);
    }
  }
  return times;
}

/**
 * How the store's search compares with comparing every vector, by the first sentences of passages as
 * queries: share of its ten hits that are as near as the ten nearest (reports repeat themselves, and of
 * the same sentence in two reports either is right), and milliseconds of each way.
 */
export async function compareSearches({
  index,
}: OpenEngine): Promise<{ recall: number; store: number; exact: number }> {
  const { encoder, vectors, passages, lexical, store } = index;
  let [found, all, storeMs, exactMs] = [0, 0, 0, 0];
  const step = Math.max(1, Math.floor(passages.length / 200));
  const queries = passages.flatMap((passage, place) => {
    const first = lexical.passages[place]!.sentences[0];
    return place % step === 0 && first ? [passage.text.slice(first.start, first.end)] : [];
  });
  for (const vector of await encoder.encode(queries, "query")) {
    const started = performance.now();
    const hits = await store.nearest(vector, 10);
    const between = performance.now();
    const exact = nearestExact(vectors, encoder.dimensions, vector, 10);
    exactMs += performance.now() - between;
    storeMs += between - started;
    const least = (exact.at(-1)?.cosine ?? 0) - 1e-6;
    found += hits.filter(({ cosine }) => cosine >= least).length;
    all += exact.length;
  }
  return { recall: found / all, store: storeMs / queries.length, exact: exactMs / queries.length };
}

/** Milliseconds of the part of a question that grows with the index: scores over all passages. */
export async function scanTimes({ index }: OpenEngine): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const text of QUESTIONS) {
      const [vector] = await index.encoder.encode([text], "query");
      const started = performance.now();
      const { expanded } = await cheapScores(parseQuestion(text), vector!, index);
      topPlaces(expanded, 30);
      if (round > 0) times.push(performance.now() - started);
    }
  }
  return times;
}

/** Resident memory of this process, MB. */
export const memory = () => Math.round(process.memoryUsage().rss / 1e6);
