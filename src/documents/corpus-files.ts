// A corpus folder -> its documents' files in order of path, and what of it can't be taken, with the reason.

import { readdir, realpath } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { documentId, EXTENSIONS } from "./read-document.ts";
import type { CorpusFile } from "./read-file.ts";
import { SOURCES_FILE } from "./sources.ts";

/** Files of the corpus folder that are not documents. */
const SIDE_FILES = new Set([SOURCES_FILE, "lexicon.txt", "README.md"]);

/** Hidden files, and the notes that Word keeps beside a file that it has open. */
const HIDDEN = /^(?:\.|~\$)/;

export interface Failure {
  readonly file: string;
  readonly reason: string;
}

/**
 * The corpus's document files in order of path, and those that can't be taken, with the reason.
 * Throws `UserError` when the folder itself can't be read.
 */
export async function listCorpus(corpusDir: string): Promise<{ files: CorpusFile[]; failures: Failure[] }> {
  const files: CorpusFile[] = [];
  const failures: Failure[] = [];
  const root = await realpath(corpusDir).catch(() => {
    throw new UserError(`${corpusDir}: no such folder. Name the corpus folder with --corpus or CORPUS_DIR.`);
  });
  const walk = async (folder: string): Promise<void> => {
    const here = relative(root, folder).split(sep).join("/");
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (folder !== root)
        failures.push({ file: here, reason: `can't be read as a folder (${messageOf(error)})` });
      else
        throw new UserError(
          `${folder}: can't be read as a folder (${messageOf(error)}). Name the corpus folder with --corpus or CORPUS_DIR.`,
        );
      return null;
    });
    if (entries?.length === 0 && EXTENSIONS.includes(extname(here).toLowerCase()))
      failures.push({
        file: here,
        reason: "is an empty folder, not a file; put the file itself into the corpus",
      });
    for (const entry of entries?.toSorted((a, b) => (a.name < b.name ? -1 : 1)) ?? []) {
      const path = join(folder, entry.name);
      const file = relative(root, path).split(sep).join("/");
      if (HIDDEN.test(entry.name) || SIDE_FILES.has(file)) continue;
      if (entry.isSymbolicLink())
        failures.push({ file, reason: "is a symbolic link; put the file itself into the corpus" });
      else if (entry.isDirectory()) await walk(path);
      else if (!entry.isFile()) failures.push({ file, reason: "is not a regular file" });
      else if (!EXTENSIONS.includes(extname(file).toLowerCase())) {
        failures.push({
          file,
          reason: `${extname(file) || "a file without extension"} is not a format that can be read (${EXTENSIONS.join(", ")})`,
        });
      } else files.push({ file, path });
    }
  };
  await walk(root);
  const ids = new Map<string, string>();
  const unique = files.filter(({ file }) => {
    const other = ids.get(documentId(file));
    if (other) failures.push({ file, reason: `would be cited like ${other}; rename one of them` });
    else ids.set(documentId(file), file);
    return !other;
  });
  return { files: unique, failures };
}
