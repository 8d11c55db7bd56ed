// Reports -> their files. Parts go to a temporary folder as they come and are put together at the end, so
// that memory does not grow with the length of the answers.

import { createReadStream } from "node:fs";
import { appendFile, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Comparison } from "./baseline.ts";
import type { Marks } from "./judge.ts";
import { attempt, prepareFile } from "./output.ts";
import type { Report } from "./reports/report.ts";
import type { AnsweredItem } from "./run.ts";
import type { Summary } from "./summary-schema.ts";

export interface ReportFiles {
  add(item: AnsweredItem, marks: readonly Marks[]): Promise<void>;
  /** Writes the files. Throws `UserError` naming one that can't be written. */
  finish(summary: Summary, marks: readonly Marks[], comparison: Comparison | null): Promise<void>;
  /** Removes what is temporary; to be called whatever happens. */
  close(): Promise<void>;
}

/** Throws `UserError` naming a file that can't be written, before anything is asked. */
export async function openReports(reports: readonly Report[]): Promise<ReportFiles> {
  for (const { file } of reports) await prepareFile(file);
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-eval-"));
  const partsOf = (i: number): string => join(folder, String(i));
  const begun = new Set<number>();
  return {
    async add(item, marks) {
      for (const [i, { part, between }] of reports.entries()) {
        const text = part(item, marks);
        if (text === "") continue;
        await attempt(partsOf(i), () => appendFile(partsOf(i), (begun.has(i) ? between : "") + text));
        begun.add(i);
      }
    },
    async finish(summary, marks, comparison) {
      for (const [i, { file, around }] of reports.entries()) {
        const { before, after } = around(summary, marks, comparison);
        await attempt(file, async () => {
          const handle = await open(file, "w");
          try {
            await handle.writeFile(before);
            if (begun.has(i))
              for await (const chunk of createReadStream(partsOf(i))) await handle.writeFile(chunk as Buffer);
            await handle.writeFile(after);
          } finally {
            await handle.close();
          }
        });
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
