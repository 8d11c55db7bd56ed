// The documents of the index before and those of now -> what became of each: the maintainer's first
// question after indexing.

import type { Document } from "../types.ts";

/** Files of the corpus, in order of path. */
export interface Changes {
  readonly added: readonly string[];
  /** Another content, or something else known of it (sources.json). */
  readonly changed: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly removed: readonly string[];
  /** Still there, but not as a file that can be read. */
  readonly lost: readonly string[];
  readonly unchanged: readonly string[];
}

/** Compares by file and content. `failed` are files that are there and could not be read. */
export function compareDocuments(
  before: readonly Document[],
  now: readonly Document[],
  failed: ReadonlySet<string> = new Set(),
): Changes {
  const old = new Map(before.map((document) => [document.info.file, document.info]));
  const files = new Set(now.map(({ info }) => info.file));
  const gone = new Map(
    before.filter(({ info }) => !files.has(info.file)).map(({ info }) => [info.file, info.sha256]),
  );
  const added: string[] = [];
  const changed: string[] = [];
  const renamed: { from: string; to: string }[] = [];
  const unchanged: string[] = [];
  for (const { info } of now) {
    const known = old.get(info.file);
    if (known) (JSON.stringify(known) === JSON.stringify(info) ? unchanged : changed).push(info.file);
    else {
      const from = [...gone].find(([file, sha256]) => sha256 === info.sha256 && !failed.has(file))?.[0];
      if (from === undefined) added.push(info.file);
      else {
        renamed.push({ from, to: info.file });
        gone.delete(from);
      }
    }
  }
  const rest = [...gone.keys()];
  const removed = rest.filter((file) => !failed.has(file));
  return { added, changed, renamed, removed, lost: rest.filter((file) => failed.has(file)), unchanged };
}

/** Whether anything became of any document. */
export function isChanged({ added, changed, renamed, removed, lost }: Changes): boolean {
  return added.length + changed.length + renamed.length + removed.length + lost.length > 0;
}
