// What an index folder holds and what is wrong with it -> lines for a terminal: one for each version.

import type { Manifest } from "../index/store.ts";
import type { IndexReport, VersionReport } from "../indexing/check.ts";
import { warningsOf } from "../indexing/calibrate.ts";
import type { Rollback } from "../indexing/rollback.ts";
import { count, describeRefusal } from "./indexing.ts";
import { printable } from "./render.ts";

/** The report, ending with a newline. `isOutdated`: whether the corpus has changed since. */
export function renderReport(report: IndexReport, indexDir: string, isOutdated: boolean): string {
  const { current, problem, versions, refusal } = report;
  const lines = versions.flatMap((version) => lineOf(version, version.version === current?.version));
  if (refusal !== null) lines.push(describeRefusal(refusal), ...warningsOf(refusal));
  if (problem !== null) lines.push(`damaged: ${problem}`);
  lines.push(verdict(report, indexDir, isOutdated));
  return lines.map((line) => `${printable(line)}\n`).join("");
}

/** Whether an index can be opened and every version is whole. */
export function isSound({ current, problem, versions }: IndexReport): boolean {
  const own = versions.find(({ version }) => version === current?.version);
  return (
    problem === null && own?.unusable === null && versions.every(({ problems }) => problems.length === 0)
  );
}

function lineOf({ version, manifest, problems, unusable }: VersionReport, inUse: boolean): string[] {
  const state = problems.length > 0 ? "damaged" : unusable === null ? "whole" : `whole; it ${unusable}`;
  const about = manifest?.documents === undefined ? "" : `  ${describe(manifest)}`;
  return [
    `${version}  ${inUse ? "in use" : "kept  "}  ${state}${about}`,
    ...problems.map((problem) => `  damaged: ${problem}`),
  ];
}

function verdict(
  { current, problem, versions, unchecked }: IndexReport,
  indexDir: string,
  isOutdated: boolean,
): string {
  if (versions.length === 0 && problem === null)
    return `${indexDir}: there is no index. npm run index makes one.`;
  const own = versions.find(({ version }) => version === current?.version);
  if (own === undefined || own.problems.length > 0)
    return "The index in use can't be used. npm run index builds it anew from the corpus; npm run index -- --rollback takes an earlier one.";
  if (own.unusable !== null)
    return `The index in use can't be used: it ${own.unusable}. npm run index builds it anew.`;
  if (current?.rolledBack)
    return `The index was rolled back to ${own.version} and stays so, whatever the corpus holds, until npm run index.`;
  if (unchecked)
    return "Refusal has not been checked on this corpus with the trained models in use. npm run index does that, and takes in what is new.";
  if (isOutdated) return "The corpus has changed since. npm run index takes in what is new.";
  return "The index in use is whole and fits the corpus.";
}

/** What was rolled back, ending with a newline. */
export function renderRollback({ from, to, manifest, passedOver }: Rollback): string {
  const lines = [
    ...passedOver.map((reason) => `Passed over: ${reason}`),
    `Rolled back${from === null ? "" : ` from ${from}`} to ${to}: ${describe(manifest)}.`,
    "It stays in use, whatever the corpus holds, until the next npm run index.",
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function describe({ documents, passages, builtAt, files }: Manifest): string {
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  const built = builtAt.slice(0, 16).replace("T", " ");
  return `${count(documents, "document")}, ${count(passages, "passage")}, ${(bytes / 1e6).toFixed(1)} MB, built ${built} UTC`;
}
