// SQuAD files -> a corpus folder of their paragraphs, so that their questions can be asked. Indexing it
// is the engine's business.

import { extname, join } from "node:path";
import { UserError } from "../../errors.ts";
import { writeText } from "../output.ts";
import { readText } from "./read.ts";
import { squadCorpus } from "./squad.ts";

/** Writes a text file for each title. Throws `UserError` when no file is SQuAD or the folder can't be written. */
export async function writeSquadCorpus(files: readonly string[], dir: string): Promise<void> {
  const squad = files.filter((file) => extname(file).toLowerCase() === ".json");
  if (squad.length === 0) throw new UserError("--squad-corpus: none of the question sets is SQuAD (.json).");
  const texts = new Map<string, string>();
  for (const file of squad) {
    for (const { id, text } of squadCorpus(await readText(file), file)) {
      texts.set(id, `${texts.get(id) ?? ""}${text}\n`);
    }
  }
  for (const [id, text] of texts) await writeText(join(dir, `${id}.txt`), text);
}
