// Reports -> their files. Parts go to a temporary folder as they come and are put together at the end, so
// that memory does not grow with the length of the answers.

import { mkdtemp, open, rm } from "node:fs/promises";
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
  const parts = await Promise.all(reports.map((_, i) => open(join(folder, String(i)), "w+")));
  const begun = new Set<Report>();
  return {
    async add(item, marks) {
      for (const [i, report] of reports.entries()) {
        const text = report.part(item, marks);
        if (text === "") continue;
        await attempt(folder, () => parts[i]!.appendFile((begun.has(report) ? report.between : "") + text));
        begun.add(report);
      }
    },
    async finish(summary, marks, comparison) {
      for (const [i, { file, around }] of reports.entries()) {
        const { before, after } = around(summary, marks, comparison);
        await attempt(file, async () => {
          const handle = await open(file, "w");
          try {
            await handle.writeFile(before);
            for await (const chunk of parts[i]!.createReadStream({ start: 0, autoClose: false }))
              await handle.writeFile(chunk as Buffer);
            await handle.writeFile(after);
          } finally {
            await handle.close();
          }
        });
      }
    },
    async close() {
      for (const handle of parts) await handle.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
