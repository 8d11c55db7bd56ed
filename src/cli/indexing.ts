// What indexing did, or would do -> lines for a terminal: what became of each document, then one line
// with the numbers.

import type { Probed, StoredCalibration } from "../index/calibration.ts";
import type { Summary } from "../indexing/reindex.ts";
import { printable } from "./render.ts";

/** Names shown of each kind; the rest is counted. */
const SHOWN = 10;

const LOST = " It was in the index until now, and is not any more.";

/** The summary, ending with a newline. `seconds`: how long it took. */
export function renderSummary(summary: Summary, seconds: number, indexDir: string): string {
  const { changes, failures, documents, passages, encoded, version, outcome } = summary;
  const lost = new Set(changes.lost);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["added", changes.added],
    ["changed", changes.changed],
    ["renamed", changes.renamed.map(({ from, to }) => `${from} → ${to}`)],
    ["removed", changes.removed],
    ["left out", failures.map(({ file, reason }) => `${file}: ${reason}${lost.has(file) ? LOST : ""}`)],
  ];
  const lines = rows
    .filter(([, names]) => names.length > 0)
    .flatMap(([kind, names]) => {
      const head = `${kind.padEnd(9)} ${String(names.length).padStart(4)}`;
      // A reason is a sentence: it has a line of its own. Names stand beside each other.
      if (kind === "left out") return [head, ...names.map((name) => `  ${name}`)];
      const more = names.length > SHOWN ? `, … and ${names.length - SHOWN} more` : "";
      return [`${head}  ${names.slice(0, SHOWN).join(", ")}${more}`];
    });
  if (changes.unchanged.length > 0)
    lines.push(`${"unchanged".padEnd(9)} ${String(changes.unchanged.length).padStart(4)}`);
  const place = `${indexDir}/${version}`;
  const counts = `${count(documents, "document")}, ${count(passages, "passage")}`;
  const taken = `${seconds.toFixed(1)} s`;
  const known = (passages - encoded).toLocaleString("en-GB");
  const made = encoded.toLocaleString("en-GB");
  lines.push(
    {
      new: `${counts} (${made} encoded, ${known} known already) in ${taken}: ${place}`,
      same: `The index stays as it is: ${counts} (looked at in ${taken}): ${place}`,
      unkept: `${counts} (${made} encoded) in ${taken}, but not kept${version === null ? "" : `: ${place} stays in use`}`,
      planned: `It would hold ${counts} (${made} to encode, ${known} known already); nothing was written`,
    }[outcome],
  );
  if (summary.calibration) lines.push(describeRefusal(summary.calibration));
  return lines.map((line) => `${printable(line)}\n`).join("");
}

/** What refusal came to on a corpus, in one line. */
export function describeRefusal({ offTopic, own, since }: StoredCalibration): string {
  const outcomes = ({ asked, refused, asserted }: Probed) =>
    `${refused} refused, ${asked - refused - asserted} unsure, ${asserted} answered without doubt`;
  const when = since === 0 ? "" : ` before ${count(since, "passage")} came or went`;
  return `refusal checked${when}: ${offTopic.asked} questions about something else (${outcomes(offTopic)}), ${own.asked} made of the documents (${own.first} found first; ${outcomes(own)})`;
}

/** `count(1, "passage")` is `1 passage`, `count(32650, "passage")` is `32,650 passages`. */
export function count(number: number, what: string): string {
  return `${number.toLocaleString("en-GB")} ${what}${number === 1 ? "" : "s"}`;
}

/** Whether everything in the corpus is in the index. */
export function isComplete({ failures, outcome }: Summary): boolean {
  return failures.length === 0 && outcome !== "unkept";
}
