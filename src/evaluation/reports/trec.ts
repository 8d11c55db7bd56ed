// Marks -> run and qrels files as trec_eval and ir_measures read them, which score them to the same
// numbers (trec_eval with -c, so that questions without any passage count). Two pairs: passages, and
// documents.

import { join } from "node:path";
import { judgeDocuments, judgePassages } from "../match.ts";
import type { Asked } from "../run.ts";
import type { Report } from "./report.ts";

/** Four files in a folder: `run.txt`, `qrels.txt`, `run-documents.txt`, `qrels-documents.txt`. */
export function trecReports(folder: string, tag: string): Report[] {
  const report = (name: string, lines: (asked: Asked) => string): Report => ({
    file: join(folder, name),
    between: "",
    part: ({ asked }) => asked.map((one) => (one.test.evidence.length === 0 ? "" : lines(one))).join(""),
    around: () => ({ before: "", after: "" }),
  });
  return [
    report("run.txt", (asked) => runLines(asked.test.id, rankedPassages(asked).names, tag)),
    report("qrels.txt", (asked) => qrelLines(asked.test.id, rankedPassages(asked))),
    report("run-documents.txt", (asked) => runLines(asked.test.id, rankedDocuments(asked).names, tag)),
    report("qrels-documents.txt", (asked) => qrelLines(asked.test.id, rankedDocuments(asked))),
  ];
}

function rankedPassages({ test, answer }: Asked): Ranked {
  const passages = answer.passages.slice(0, 10);
  return {
    names: passages.map(({ passage }) => passage),
    ...judgePassages(test.evidence, passages),
  };
}

function rankedDocuments({ test, answer }: Asked): Ranked {
  const passages = answer.passages.slice(0, 10);
  return {
    names: [...new Set(passages.map(({ document }) => document))],
    ...judgeDocuments(test.evidence, passages),
  };
}

interface Ranked {
  readonly names: readonly string[];
  readonly gains: readonly number[];
  readonly relevant: number;
}

/** The score only keeps the order: trec_eval sorts by it, and would order equal scores its own way. */
function runLines(id: string, names: readonly string[], tag: string): string {
  return names
    .map((name, i) => `${word(id)} Q0 ${word(name)} ${i + 1} ${names.length - i} ${word(tag)}\n`)
    .join("");
}

/** What is relevant but wasn't found has no name in the index; it gets one that no run can hold. */
function qrelLines(id: string, { names, gains, relevant }: Ranked): string {
  const found = names.filter((_, i) => (gains[i] ?? 0) > 0);
  const missing = Array.from({ length: relevant - found.length }, (_, i) => `(not found ${i + 1})`);
  return [...found, ...missing].map((name) => `${word(id)} 0 ${word(name)} 1\n`).join("");
}

/** Fields are separated by white space, so a name must hold none. */
function word(name: string): string {
  return name.replace(/\s/g, (space) => encodeURIComponent(space));
}
