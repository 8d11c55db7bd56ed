// The file of reviewed questions: what stands in it already, and each decision added to it whole. A line is
// written before the next question is shown, by replacing the file in one step, so that whatever ends the
// review loses nothing.

import { open, readFile, rename } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import { attempt, exists, prepareFile } from "../output.ts";
import { readJsonl } from "../sets/jsonl.ts";
import { readText } from "../sets/read.ts";
import type { GoldLine } from "./gold.ts";

export interface Reviewed {
  /** Ids of all questions and conversations in the file. */
  readonly ids: ReadonlySet<string>;
  add(line: GoldLine): Promise<void>;
  /** Takes back the last line that was added since the file was opened. */
  undo(): Promise<void>;
}

/** Throws `UserError` naming a file that is no question set or can't be written. */
export async function openReviewed(file: string): Promise<Reviewed> {
  await prepareFile(file);
  const before = (await exists(file)) ? await readText(file) : "";
  const ids = new Set(readJsonl(before, file).map(({ id }) => id));
  const kept = before === "" || before.endsWith("\n") ? before : `${before}\n`;
  const added: GoldLine[] = [];
  const textOf = (): string => kept + added.map((line) => `${JSON.stringify(line)}\n`).join("");
  let written = before;

  const write = async (): Promise<void> => {
    const there = (await exists(file)) ? await readFile(file, "utf8") : "";
    // A byte order mark is no change.
    if (there.replace(/^\uFEFF/, "") !== written) {
      throw new UserError(
        `${file}: somebody else has changed it since it was opened; nothing was written. Start again to go on from what it holds now.`,
      );
    }
    await attempt(file, async () => {
      const temporary = `${file}.${process.pid}.tmp`;
      const handle = await open(temporary, "w");
      try {
        await handle.writeFile(textOf());
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    });
    written = textOf();
  };
  return {
    ids,
    async add(line) {
      added.push(line);
      ids.add(line.id);
      await write().catch((error: unknown) => {
        added.pop();
        ids.delete(line.id);
        throw error;
      });
    },
    async undo() {
      const line = added.pop();
      if (line === undefined) return;
      ids.delete(line.id);
      await write();
    },
  };
}
