// A folder of published reports (PDF) -> its documents, one after the other, as the index reads them.

import { listCorpus } from "../documents/corpus-files.ts";
import { readDocument } from "../documents/read-document.ts";
import { openIsolation } from "../documents/isolated.ts";
import { UserError } from "../errors.ts";
import type { Document } from "../types.ts";

export interface Report {
  /** The file's path in the folder, `/`-separated, without `.pdf`. */
  readonly report: string;
  readonly document: Document;
}

/**
 * Reads the reports of a folder and its subfolders in order of path. A file that can't be read is
 * given to `onFailure` and left out. Throws `UserError` when the folder can't be read.
 */
export async function* readReports(
  dir: string,
  onFailure: (file: string, reason: string) => void = () => {},
): AsyncGenerator<Report, void, undefined> {
  const { files, failures } = await listCorpus(dir);
  for (const { file, reason } of failures) onFailure(file, reason);
  const isolation = openIsolation();
  try {
    for (const source of files) {
      if (!/\.pdf$/i.test(source.file)) continue;
      try {
        const document = await readDocument(source, new Map(), isolation);
        yield { report: source.file.slice(0, -".pdf".length), document };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        onFailure(source.file, error.message.replace(`${source.file}: `, ""));
      }
    }
  } finally {
    isolation.close();
  }
}
