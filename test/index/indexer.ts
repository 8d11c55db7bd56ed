// A process that indexes without end, for tests that kill it: a corpus whose note counts up, a fake encoder,
// the real indexer. Announces each version that it has committed by the note's number.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readConfig } from "../../src/config.ts";
import { reindex } from "../../src/indexing/reindex.ts";
import { fakeEncoder } from "../fakes/encoder.ts";

const [folder = "", first = "1"] = process.argv.slice(2);
const config = readConfig({ CORPUS_DIR: join(folder, "corpus"), INDEX_DIR: join(folder, "index") });
const encoder = fakeEncoder("fake@1", { wordVectors: true });

for (let number = Number(first); ; number++) {
  await writeFile(join(config.corpusDir, "note.txt"), `A note\n\nThe number of this note is ${number}.\n`);
  const { summary } = await reindex(config, encoder);
  if (summary.outcome !== "new") throw new Error(`nothing was committed: ${summary.outcome}`);
  process.stdout.write(`${number}\n`);
}
