// What the tests of indexing share: a corpus folder and an index folder that go away, a fake encoder that
// remembers what it encoded, and indexing with them.

import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Config, readConfig } from "../../src/config.ts";
import type { IndexingOptions } from "../../src/indexing/survey.ts";
import { reindex, type Summary } from "../../src/indexing/reindex.ts";
import type { Encoder } from "../../src/types.ts";
import { CORPUS } from "../fakes/corpus.ts";
import { fakeEncoder } from "../fakes/encoder.ts";
import { temporaryFolder } from "../index/room.ts";

export interface Room {
  readonly config: Config;
  /** The encoder's identity; another one makes other vectors. */
  model: string;
  /** Texts encoded as passages since the last indexing began. */
  readonly encoded: string[];
  readonly notices: string[];
  encoder(): Encoder;
  put(file: string, text: string | Uint8Array): Promise<void>;
  remove(file: string): Promise<void>;
  move(from: string, to: string): Promise<void>;
  index(options?: IndexingOptions): Promise<Summary>;
  versions(): Promise<string[]>;
}

/** A room with the small corpus in it, not indexed yet. */
export async function openRoom(): Promise<Room> {
  const folder = await temporaryFolder();
  const config = readConfig({
    CORPUS_DIR: join(folder, "corpus"),
    INDEX_DIR: join(folder, "index"),
    MODEL_CACHE_DIR: join(folder, "models"),
  });
  const encoded: string[] = [];
  const notices: string[] = [];
  const at = (file: string) => join(config.corpusDir, file);
  const room: Room = {
    config,
    model: "fake@1",
    encoded,
    notices,
    encoder() {
      const fake = fakeEncoder(room.model, { wordVectors: true });
      return {
        ...fake,
        encode(texts, purpose) {
          if (purpose === "passage") encoded.push(...texts);
          return fake.encode(texts, purpose);
        },
      };
    },
    async put(file, text) {
      await mkdir(dirname(at(file)), { recursive: true });
      await writeFile(at(file), text);
    },
    remove: (file) => rm(at(file), { recursive: true }),
    async move(from, to) {
      await mkdir(dirname(at(to)), { recursive: true });
      await rename(at(from), at(to));
    },
    async index(options = {}) {
      encoded.length = 0;
      notices.length = 0;
      const onNotice = (notice: string) => notices.push(notice);
      return (await reindex(config, room.encoder(), { onNotice, ...options })).summary;
    },
    versions: async () => (await readdir(config.indexDir)).filter((name) => name.startsWith("v")).toSorted(),
  };
  await mkdir(config.corpusDir);
  for (const { info, text } of CORPUS) await room.put(info.file, text);
  return room;
}
