// Work done so far -> a progress bar on standard error with rate and time left: rewritten on a terminal,
// a plain line every quarter elsewhere.

import type { ProgressStream } from "../encoder/progress.ts";

const REDRAW_MS = 80;
/** Characters of the bar. */
const BAR = 20;
/** What takes less than this, in seconds, needs no lines in a log. */
const SHORT = 2;

/**
 * A listener that shows `Encoding  ████████░░░░░░░░░░░░  120 of 319  410 a second, 1 s left`. `stage` is what
 * is being done, by default `label`; with another stage, counting begins anew.
 */
export function showWork(
  label: string,
  stream: ProgressStream = process.stderr,
  now: () => number = Date.now,
): (done: number, total: number, stage?: string) => void {
  let current = label;
  let started = now();
  let drawn = -Infinity;
  let quarter = 0;
  let open = false;
  return (done, total, stage = label) => {
    if (stage !== current) {
      // A stage that ended early leaves its bar as it is.
      if (open) stream.write("\n");
      [current, started, drawn, quarter, open] = [stage, now(), -Infinity, 0, false];
    }
    const seconds = (now() - started) / 1000;
    const line = `${stage}  ${bar(done, total)}  ${done} of ${total}${pace(done, total, seconds)}`;
    if (stream.isTTY === true) {
      if (done < total && now() - drawn < REDRAW_MS) return;
      drawn = now();
      open = done < total;
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}${open ? "" : "\n"}`);
    } else if (total > 0 && Math.floor((done / total) * 4) > quarter) {
      quarter = Math.floor((done / total) * 4);
      if (seconds >= SHORT) stream.write(`${line}\n`);
    }
  };
}

function bar(done: number, total: number): string {
  const full = total > 0 ? Math.floor((done / total) * BAR) : BAR;
  return "█".repeat(full) + "░".repeat(BAR - full);
}

/** `  410 a second, 1 s left`. */
function pace(done: number, total: number, seconds: number): string {
  if (seconds <= 0 || done === 0) return "";
  const rate = done / seconds;
  const left = done < total ? `, ${duration((total - done) / rate)} left` : "";
  return `  ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second${left}`;
}

/** `duration(7)` is `7 s`, `duration(125)` is `2 min 5 s`. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
