// The indexer ended at random moments, in the middle of whatever it was doing: by SIGKILL, and by being
// stopped while the folder is copied, which leaves on the disk what SIGKILL would. Each time the index is
// the old one or the new one, whole. What power loss does beyond that is crash.test.ts's: the order of
// flushes.
//
// This takes time, so that npm test does it a few times only; CRASHES=200 does it 200 times each way.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { PROJECT_DIR, readConfig } from "../../src/config.ts";
import { loadIndex, loadTerms } from "../../src/index/store.ts";
import { readCurrent } from "../../src/index/versions.ts";
import { reindex } from "../../src/indexing/reindex.ts";
import { NEW_REPORT, OLD_REPORT } from "../fakes/corpus.ts";
import { ENCODER, namesIn, temporaryFolder } from "./room.ts";

const KILLS = Number(process.env["CRASHES"] ?? 4);
const STOPS = Number(process.env["CRASHES"] ?? 30);
const MINUTES = 60_000;
/** An indexing of the small corpus takes about this long: milliseconds. */
const WITHIN = 30;

async function openRoom(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "corpus"));
  for (const { info, text } of [OLD_REPORT, NEW_REPORT])
    await writeFile(join(folder, "corpus", info.file), text);
  return folder;
}

interface Indexer {
  readonly child: ChildProcess;
  /** The last number that it announced. */
  last(): number;
  errors(): string;
  /** Resolves when it announces one above `number`. */
  past(number: number): Promise<void>;
}

function start(folder: string, first: number): Indexer {
  const args = ["--import", "tsx", join(PROJECT_DIR, "test/index/indexer.ts"), folder, String(first)];
  const child = spawn(process.execPath, args, { cwd: PROJECT_DIR });
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-100)));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const last = () => Number(output.split("\n").at(-2) ?? first - 1);
  return {
    child,
    last,
    errors: () => errors,
    async past(number) {
      while (last() <= number) {
        if (child.exitCode !== null) throw new Error(errors);
        await sleep(2);
      }
    },
  };
}

/** The number in the index's note; null where there is no index. Throws when it is not whole. */
async function numberIn(indexDir: string): Promise<number | null> {
  const current = await readCurrent(indexDir);
  if (current === null) return null;
  const { index, manifest } = await loadIndex(indexDir, current.version, ENCODER);
  await loadTerms(indexDir, current.version);
  expect(manifest.documents).toBe(3);
  expect(index.documents.size).toBe(3);
  const note = index.passages.filter(({ document }) => document === "note");
  expect(note.map(({ text }) => text.replace(/\d+/, "N"))).toEqual(["The number of this note is N."]);
  const vector = index.vectors.slice(
    index.places.get("note#0")! * 32,
    (index.places.get("note#0")! + 1) * 32,
  );
  expect((await index.store.nearest(vector, 1))[0]?.place).toBe(index.places.get("note#0"));
  return Number(/\d+/.exec(note[0]!.text)![0]);
}

test(
  `killed ${KILLS} times, it leaves the old index or the new one, and stands in nobody's way`,
  async () => {
    await Promise.all(
      [0, 1].map(async (side) => {
        const folder = await openRoom();
        const index = join(folder, "index");
        let first = 1;
        for (let i = side; i < KILLS; i += 2) {
          const indexer = start(folder, first);
          await indexer.past(first);
          await sleep(Math.random() * WITHIN);
          const exited = new Promise((resolve) => indexer.child.on("exit", resolve));
          indexer.child.kill("SIGKILL");
          await exited;
          const announced = indexer.last();
          const found = await numberIn(index);
          expect(indexer.errors()).toBe("");
          // It may have died between the commit and its announcement.
          expect([announced, announced + 1]).toContain(found);
          first = announced + 3;
        }
        const config = readConfig({ CORPUS_DIR: join(folder, "corpus"), INDEX_DIR: index });
        await writeFile(join(folder, "corpus/note.txt"), "A note\n\nThe number of this note is 0.\n");
        await reindex(config, ENCODER);
        expect(await numberIn(index)).toBe(0);
        expect((await namesIn(index)).filter((name) => !/^v\d{6}$/.test(name))).toEqual(["CURRENT"]);
      }),
    );
  },
  10 * MINUTES,
);

const stateOf = (pid: number) => /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];

test.skipIf(!existsSync("/proc/self/stat"))(
  `stopped ${STOPS} times, it has left on the disk the old index or the new one`,
  async () => {
    const folder = await openRoom();
    const indexer = start(folder, 1);
    const { pid } = indexer.child;
    const seen = new Set<string>();
    try {
      await indexer.past(0);
      for (let i = 0; i < STOPS; i++) {
        await sleep(Math.random() * WITHIN);
        const announced = indexer.last();
        indexer.child.kill("SIGSTOP");
        while (stateOf(pid!) !== "T") await sleep(1);
        const image = join(folder, `image${i % 4}`);
        await cp(join(folder, "index"), image, { recursive: true, force: true });
        indexer.child.kill("SIGCONT");
        const names = await namesIn(image);
        seen.add(names.some((name) => name.startsWith("tmp-")) ? "in the middle of writing" : "between");
        expect(await numberIn(image)).toBeGreaterThanOrEqual(announced);
        await rm(image, { recursive: true });
      }
    } finally {
      indexer.child.kill("SIGKILL");
    }
    expect(indexer.errors()).toBe("");
    expect([...seen].toSorted()).toEqual(["between", "in the middle of writing"]);
  },
  10 * MINUTES,
);
