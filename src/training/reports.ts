// A folder of published reports (PDF) -> its documents and their passages, read and cut as the index
// does it; and the passage that a training record speaks of. The reports' text stays out of the
// training data, so records name passages by report and number, or by their first words.

import { listCorpus } from "../documents/corpus-files.ts";
import { readDocument } from "../documents/read-document.ts";
import { openIsolation } from "../documents/isolated.ts";
import { UserError } from "../errors.ts";
import { splitDocument } from "../passages/split.ts";
import type { Document, Passage } from "../types.ts";

export interface Report {
  /** The file's path in the folder, `/`-separated, without `.pdf`. */
  readonly report: string;
  readonly document: Document;
}

export interface CutReport extends Report {
  /** All but headings, in order. */
  readonly passages: readonly Passage[];
}

/** Names a passage without its text: by its printed number, or its first words in lower case. */
export interface PassageReference {
  readonly report: string;
  readonly paragraph?: string;
  readonly starts?: string;
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

/** Cuts a report into passages. */
export function cutReport({ report, document }: Report): CutReport {
  return { report, document, passages: splitDocument(document).filter(({ kind }) => kind !== "heading") };
}

/** Finds the passages that references name; undefined for one that is not in the reports. */
export function passageFinder(
  reports: readonly CutReport[],
): (reference: PassageReference) => Passage | undefined {
  const byReport = new Map(reports.map(({ report, passages }) => [report, passages]));
  const starts = new Map<Passage, string>();
  const startOf = (passage: Passage) => {
    let start = starts.get(passage);
    if (start === undefined) starts.set(passage, (start = wordsOf(passage.text)));
    return start;
  };
  return ({ report, paragraph, starts: wanted }) => {
    const passages = byReport.get(report) ?? [];
    return paragraph === undefined
      ? passages.find(
          (passage) => passage.paragraph === null && `${startOf(passage)} `.startsWith(`${wanted} `),
        )
      : passages.find((passage) => passage.paragraph === paragraph);
  };
}

/** The first words of a text as references write them. */
function wordsOf(text: string): string {
  return (text.slice(0, 400).match(/[\p{L}\p{N}]+/gu) ?? []).join(" ").toLowerCase();
}
