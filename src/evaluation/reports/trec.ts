// Marks -> run and qrels files as trec_eval and ir_measures read them, which score them to the same
// numbers (trec_eval with -c, so that questions without any passage count). Two pairs: passages, and
// documents.

import { judgeDocuments, judgePassages } from "../match.ts";
import type { AnsweredItem } from "../run.ts";

/** Four files by name: `run.txt`, `qrels.txt`, `run-documents.txt`, `qrels-documents.txt`. */
export function trecFiles(answered: readonly AnsweredItem[], tag: string): Record<string, string> {
  const files = { run: "", qrels: "", runDocuments: "", qrelsDocuments: "" };
  for (const { test, answer } of answered.flatMap(({ asked }) => asked)) {
    if (test.evidence.length === 0) continue;
    const passages = answer.passages.slice(0, 10);
    const documents = [...new Set(passages.map(({ document }) => document))];
    const add = (run: "run" | "runDocuments", qrels: "qrels" | "qrelsDocuments", ranked: Ranked) => {
      files[run] += runLines(test.id, ranked.names, tag);
      files[qrels] += qrelLines(test.id, ranked);
    };
    add("run", "qrels", {
      names: passages.map(({ passage }) => passage),
      ...judgePassages(test.evidence, passages),
    });
    add("runDocuments", "qrelsDocuments", { names: documents, ...judgeDocuments(test.evidence, passages) });
  }
  return {
    "run.txt": files.run,
    "qrels.txt": files.qrels,
    "run-documents.txt": files.runDocuments,
    "qrels-documents.txt": files.qrelsDocuments,
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
