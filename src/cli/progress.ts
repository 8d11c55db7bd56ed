// Work done so far -> a progress line on standard error: rewritten on a terminal, a plain line every
// quarter elsewhere.

import type { ProgressStream } from "../encoder/progress.ts";

const REDRAW_MS = 80;

/** A listener that shows `label  120 of 319  (410 a second, 1 s left)`. */
export function showWork(
  label: string,
  stream: ProgressStream = process.stderr,
  now: () => number = Date.now,
): (done: number, total: number) => void {
  const started = now();
  let drawn = -Infinity;
  let quarter = 0;
  return (done, total) => {
    const seconds = (now() - started) / 1000;
    const rate = seconds > 0 ? done / seconds : 0;
    const left = rate > 0 ? Math.ceil((total - done) / rate) : null;
    const line = `${label}  ${done} of ${total}${rate > 0 ? `  (${Math.round(rate)} a second${left === null || done === total ? "" : `, ${left} s left`})` : ""}`;
    if (stream.isTTY === true) {
      if (done < total && now() - drawn < REDRAW_MS) return;
      drawn = now();
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}${done >= total ? "\n" : ""}`);
    } else if (total > 0 && Math.floor((done / total) * 4) > quarter) {
      quarter = Math.floor((done / total) * 4);
      stream.write(`${line}\n`);
    }
  };
}
