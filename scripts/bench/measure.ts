// What the parts of the benchmark share: the questions, whole processes timed, quantiles, rows.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { PROJECT_DIR } from "../../src/config.ts";

export interface BenchOptions {
  readonly corpusDir: string;
  /** How often what takes seconds is done. */
  readonly runs: number;
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

/** Prints one figure. */
export function row(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(64)} ${value}\n`);
}

/** Seconds that a script takes as a whole process. */
export function timed(script: string, args: readonly string[]): Promise<number> {
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

/** The value that a share (0 to 1) of the values lies below. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
