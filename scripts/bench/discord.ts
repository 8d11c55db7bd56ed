// npm run bench -- discord: the real client and the real engine under load from a fake Discord, printed as
// a table. What the users do is in discord-users.ts.

import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { pino } from "pino";
import { configFor } from "../../src/cli/door.ts";
import { PROJECT_DIR } from "../../src/config.ts";
import { openService } from "../../src/service/service.ts";
import { startBot } from "../../src/discord/bot.ts";
import { TOKEN } from "../../test/fakes/discord-payloads.ts";
import { type BenchOptions, quantile, row } from "./measure.ts";
import type { Measured, Task } from "./discord-users.ts";

const USERS = 50;
const EACH = 10;
/** Milliseconds between two samples of the event loop's delay; a sample holds them too. */
const RESOLUTION = 5;

/** Measures, and prints a row for each figure. */
export async function run({ corpusDir }: BenchOptions): Promise<void> {
  const logger = pino({ level: "warn" });
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-bench-"));
  const users = fork(join(PROJECT_DIR, "scripts/bench/discord-users.ts"), [], {
    execArgv: ["--import", "tsx"],
  });
  try {
    const { api } = await message<{ api: string }>(users);
    const config = configFor({ corpus: corpusDir, index: join(folder, "index") });
    const engine = await openService(config, { log: logger });
    const bot = await startBot({
      config: {
        ...config,
        discordToken: TOKEN,
        discordApiUrl: api,
        discordGuildId: "",
        stateFile: join(folder, "state.sqlite"),
        healthFile: "",
      },
      engine,
      logger,
    });
    const questions = await readQuestions();
    const task: Task = {
      users: Array.from({ length: USERS }, (_, user) =>
        Array.from({ length: EACH }, (__, i) => questions[(user * EACH + i) % questions.length]!),
      ),
    };
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
    delay.enable();
    users.send(task);
    const { first, answer, seconds, problems } = await message<Measured>(users);
    delay.disable();
    await bot.stop();
    await engine.close();
    if (problems.length > 0) throw new Error(`Discord would have refused: ${problems.join("; ")}`);

    const beyond = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION);
    row("users, questions, all answered in", `${USERS}, ${answer.length}, ${seconds.toFixed(1)} s`);
    row("time to first response", both(first));
    row("time to answer", both(answer));
    row(
      "event-loop delay",
      `${beyond(delay.percentile(50)).toFixed(0)} ms p50, ${beyond(delay.percentile(95)).toFixed(0)} ms p95, ${beyond(delay.max).toFixed(0)} ms most`,
    );
  } finally {
    users.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

async function message<T>(child: ChildProcess): Promise<T> {
  const [received] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) =>
      Promise.reject(new Error(`the users' process ended with ${String(code)}`)),
    ),
  ])) as [T];
  return received;
}

/** The shipped questions, short enough for Discord. */
async function readQuestions(): Promise<string[]> {
  const text = await readFile(join(PROJECT_DIR, "test/questions/dev.jsonl"), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { question: string }).question);
}

const both = (values: readonly number[]): string =>
  `${quantile(values, 0.5).toFixed(0)} ms p50, ${quantile(values, 0.95).toFixed(0)} ms p95`;
