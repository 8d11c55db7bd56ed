// Download progress -> lines for people on standard error: one line that is rewritten on a terminal, a
// plain line every tenth of the way elsewhere (logs, CI). What is downloaded is left to download.ts.

import type { DownloadProgress } from "./fetch-file.ts";

/** What of a stream is used; `process.stderr` is one. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** On a terminal a line is rewritten at most this often. */
const REDRAW_MS = 80;
/** Without a total, a plain line is written every so many bytes. */
const UNKNOWN_STEP = 10e6;

/**
 * A listener for `openEncoder`'s `onProgress` that shows each file of `model` on `stream`.
 *
 *     Xenova/gte-small  onnx/model.onnx  45 %  60.1 of 133.0 MB
 */
export function showProgress(
  model: string,
  stream: ProgressStream = process.stderr,
  now: () => number = Date.now,
): (progress: DownloadProgress) => void {
  let file = "";
  let step = -1;
  let drawn = -Infinity;
  return (progress) => {
    const { received, total } = progress;
    const done = received === total;
    if (progress.file !== file) {
      file = progress.file;
      step = -1;
      drawn = -Infinity;
    }
    const line = `${model}  ${describe(progress)}`;
    if (stream.isTTY === true) {
      if (!done && now() - drawn < REDRAW_MS) return;
      drawn = now();
      // Back to the start and clear to the end; a line that wraps could not be rewritten.
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}${done ? "\n" : ""}`);
      return;
    }
    const reached =
      total === null ? Math.floor(received / UNKNOWN_STEP) : Math.floor((10 * received) / total);
    if (reached <= step) return;
    step = reached;
    stream.write(`${line}\n`);
  };
}

/** `describe({ file: "config.json", received: 500, total: 1000 })` is `config.json  50 %  0.5 of 1.0 kB`. */
export function describe({ file, received, total }: DownloadProgress): string {
  const [unit, size] = (total ?? received) >= 1e6 ? ["MB", 1e6] : ["kB", 1e3];
  const amount = (bytes: number) => (bytes / Number(size)).toFixed(1);
  if (total === null) return `${file}  ${amount(received)} ${unit}`;
  const percent = total === 0 ? 100 : Math.floor((100 * received) / total);
  return `${file}  ${percent} %  ${amount(received)} of ${amount(total)} ${unit}`;
}
