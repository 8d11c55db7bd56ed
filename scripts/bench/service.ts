// npm run bench -- service: a running service under twenty questions a second while the index is built
// anew and swapped, and while its engine is killed; how long its own process, the bot's, is held up, and
// the memory of both.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { configFor, openForCli } from "../../src/cli/door.ts";
import { openService } from "../../src/service/service.ts";
import type { Engine } from "../../src/types.ts";
import { type BenchOptions, QUESTIONS, quantile, row, timed } from "./measure.ts";

/** Milliseconds between two questions. */
const PACE = 50;
const ALONE = 200;

/** Measures, and prints a table. */
export async function run({ corpusDir, runs }: BenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-bench-"));
  const corpus = join(folder, "corpus");
  const index = join(folder, "index");
  await cp(corpusDir, corpus, { recursive: true });
  const publish = async (n: number) => {
    await writeFile(join(corpus, "bench.txt"), `A note for measuring, edition ${n}.\n`);
    const { seconds } = await timed("index.ts", ["--corpus", corpus, "--index", index]);
    return { seconds, at: performance.now() };
  };
  await publish(0);
  const config = configFor({ corpus, index });
  const events: { msg: string; version?: string; ms?: number; at: number }[] = [];
  const log = pino(
    { base: null },
    { write: (line: string) => void events.push({ ...JSON.parse(line), at: performance.now() }) },
  );
  const service = await openService(config, { log });
  const event = async (msg: string, count: number) => {
    while (events.filter((one) => one.msg === msg).length < count) await sleep(5);
    return events.findLast((one) => one.msg === msg)!;
  };
  try {
    const beside = await waits(service);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const load = startLoad(service);
    const noticed: number[] = [];
    let peak = 0;
    const watching = setInterval(
      () => void memory().then(({ engines }) => (peak = Math.max(peak, engines))),
      100,
    );
    for (let n = 1; n <= runs; n++) {
      const { at } = await publish(n);
      noticed.push((await event("a new index is in use", n)).at - at);
      await sleep(500);
    }
    clearInterval(watching);
    const swapped = await load.stop();
    const held = delay.max / 1e6;
    const after = await memory();

    const back: number[] = [];
    for (let n = 1; n <= runs; n++) {
      const killed = performance.now();
      for (const pid of await enginePids()) process.kill(pid, "SIGKILL");
      await sleep(1);
      await service.ask({ text: QUESTIONS[0]! });
      back.push(performance.now() - killed);
    }
    // The same, opened in this process: what holds up a bot that does it all by itself.
    delay.reset();
    const own = await openForCli(config);
    await sleep(20);
    const heldByItself = delay.max / 1e6;
    const inside = await waits(own);

    row("questions asked at 20 a second, over so many swaps", `${swapped.asked}, over ${runs}`);
    row("…answered", `${swapped.waits.length}`);
    row("…waited", milliseconds(swapped.waits));
    row(
      "from the end of npm run index to the new index in use",
      `${(quantile(noticed, 0.5) / 1000).toFixed(2)} s median of ${runs}`,
    );
    row("the bot's process held up, at most, all the while", `${held.toFixed(0)} ms`);
    row("…when it opens the same index by itself", `${heldByItself.toFixed(0)} ms`);
    row(
      "from a killed engine to the next answer",
      `${(quantile(back, 0.5) / 1000).toFixed(2)} s median of ${runs}`,
    );
    row("a question alone, through the service", milliseconds(beside));
    row("a question alone, without it", milliseconds(inside));
    if (after.engines > 0) {
      row("resident memory of the engine's process", `${after.engines} MB; ${peak} MB while two are open`);
      row("resident memory of the process that asks, without Discord", `${after.own} MB`);
    }
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds that one question after the other takes. */
async function waits(engine: Engine): Promise<number[]> {
  const out: number[] = [];
  for (let i = 0; i < ALONE; i++) {
    const asked = performance.now();
    await engine.ask({ text: QUESTIONS[i % QUESTIONS.length]! });
    out.push(performance.now() - asked);
  }
  return out;
}

/** Asks at a steady pace until it is stopped; then all answers are waited for, and a lost one is an error. */
function startLoad(engine: Engine): { stop(): Promise<{ asked: number; waits: number[] }> } {
  const answers: Promise<number>[] = [];
  const asking = setInterval(() => {
    const asked = performance.now();
    const text = QUESTIONS[answers.length % QUESTIONS.length]!;
    answers.push(engine.ask({ text }).then(() => performance.now() - asked));
  }, PACE);
  return {
    async stop() {
      clearInterval(asking);
      return { asked: answers.length, waits: await Promise.all(answers) };
    },
  };
}

/** Children of this process that hold an engine; none where the system doesn't say. */
async function enginePids(): Promise<number[]> {
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").catch(
    () => "",
  );
  const out: number[] = [];
  for (const pid of children.trim().split(" ").filter(Boolean)) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes("engine-child")) out.push(Number(pid));
  }
  return out;
}

/** Megabytes held by this process and by all engines'. */
async function memory(): Promise<{ own: number; engines: number }> {
  let engines = 0;
  for (const pid of await enginePids()) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    engines += Number(/VmRSS:\s*(\d+) kB/.exec(status)?.[1] ?? 0) / 1000;
  }
  return { own: Math.round(process.memoryUsage().rss / 1e6), engines: Math.round(engines) };
}

function milliseconds(values: readonly number[]): string {
  const [half, most] = [quantile(values, 0.5), quantile(values, 0.95)].map((value) => value.toFixed(1));
  return `${half} ms median, ${most} ms p95, ${Math.max(...values).toFixed(0)} ms at most`;
}
