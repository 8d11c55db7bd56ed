// Parts of the program that run in a process of their own, both ends of it: how a TypeScript module is
// started as a child that speaks messages, and how a child sees to it that it ends with its parent. What
// they say to each other is left to those who start them.

import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

export interface ChildOptions {
  /** Its environment; by default this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Node's own options for it. */
  readonly nodeOptions?: readonly string[];
  /** `pipe` keeps its standard error for the message when it can't start. */
  readonly stderr?: "pipe" | "inherit";
}

const START_MS = 60_000;
/** Characters of standard error kept. */
const KEPT = 4_000;

/**
 * Starts a module as a child process and waits for its first message, which says that it listens.
 * Rejects when it ends before, or says nothing for a minute.
 */
export async function startChild(module: URL, options: ChildOptions = {}): Promise<ChildProcess> {
  const { env = process.env, nodeOptions = [], stderr = "pipe" } = options;
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = fork(module, [], {
    execArgv: [...nodeOptions, "--import", loader],
    env,
    serialization: "advanced",
    stdio: ["ignore", "ignore", stderr, "ipc"],
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-KEPT);
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new Error(`The process of ${module.pathname} ${what}`));
    };
    const timer = setTimeout(() => fail(`did not start in ${START_MS / 1000} seconds.`), START_MS);
    const onClose = () => fail(`ended at its start: ${errors}`);
    child.on("error", (error) => fail(`can't be started: ${error.message}`));
    child.once("close", onClose);
    child.once("message", () => {
      clearTimeout(timer);
      child.off("close", onClose);
      resolve();
    });
  });
  return child;
}

/** In a child: ends this process when its parent has ended, even while work keeps this thread busy. */
export function endWithParent(): void {
  process.on("disconnect", () => process.exit());
  const watch = `
    setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, "SIGKILL"), 2000);
  `;
  new Worker(watch, { eval: true }).unref();
}
