// What the service's tests share: a corpus in editions that can be told apart, its index written by this
// process as another one would, and a service over it with a log that can be read.

import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { afterAll, afterEach } from "vitest";
import { isProved } from "../../src/answer/verify.ts";
import { type Config, readConfig } from "../../src/config.ts";
import { reindex } from "../../src/engine.ts";
import type { Manifest } from "../../src/index/store.ts";
import {
  type EngineService,
  openService,
  type ServiceLimits,
  type ServiceOptions,
} from "../../src/service/service.ts";
import type { Answer } from "../../src/types.ts";
import { textDocument } from "../fakes/corpus.ts";
import { sealed } from "../index/room.ts";
import { ENCODER } from "./engines.ts";

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [key: string]: unknown;
}

export interface Room {
  readonly folder: string;
  readonly config: Config;
  /** The service's log lines, parsed. */
  readonly log: LogLine[];
  readonly logger: Logger;
  /** Puts the corpus's edition `n` into the folder, without indexing it. */
  edit(n: number): Promise<void>;
  /** Writes the corpus's index, as the next version, as another process would. */
  index(): Promise<void>;
  /** Both. */
  publish(n: number): Promise<void>;
  /** Makes a version the one in use, with the manifest that it had when it was indexed. */
  name(version: string): Promise<void>;
  /** Rewrites a version's manifest, as a program that is not this one would have. */
  remake(version: string, change: (manifest: Manifest) => object): Promise<void>;
  open(limits?: Partial<ServiceLimits>, options?: Partial<ServiceOptions>): Promise<EngineService>;
}

export const MODULE = new URL("./engines.ts", import.meta.url).href;
const PLACES = ["Fenmere", "Oxbridge", "Wexcombe"];

/** The documents of an edition: every passage names it. */
export function edition(n: number): Map<string, string> {
  const paragraphs = (place: string) => [
    `In edition ${n}, ${100 + n} care leavers in ${place} were not in education, employment or training.`,
    `Foster carers in ${place} are well supported, says edition ${n}.`,
    `The emergency duty team of ${place} has ${200 + n} staff in edition ${n}.`,
  ];
  return new Map(
    PLACES.map((place) => [
      `${place.toLowerCase()}.txt`,
      paragraphs(place)
        .map((text, i) => `${i + 1}. ${text}\n`)
        .join("\n"),
    ]),
  );
}

const folders: string[] = [];
const services: EngineService[] = [];
afterEach(() => Promise.all(services.splice(0).map((service) => service.close())));
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A room with edition 1 in its corpus and no index. */
export async function openRoom(): Promise<Room> {
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-test-"));
  folders.push(folder);
  const config = readConfig({ CORPUS_DIR: join(folder, "corpus"), INDEX_DIR: join(folder, "index") });
  const log: LogLine[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void log.push(JSON.parse(line)) });
  const edit = async (n: number) => {
    await mkdir(config.corpusDir, { recursive: true });
    for (const [file, text] of edition(n)) await writeFile(join(config.corpusDir, file), text);
  };
  const seals = new Map<string, string>();
  const index = async () => {
    const { version } = await reindex(config, { encoder: ENCODER });
    const manifest = await readFile(join(config.indexDir, version!, "manifest.json"), "utf8");
    seals.set(version!, manifest.split("\n")[0]!);
  };
  await edit(1);
  return {
    folder,
    config,
    log,
    logger,
    edit,
    index,
    async publish(n) {
      await edit(n);
      await index();
    },
    async name(version) {
      const next = join(config.indexDir, "tmp-next");
      await writeFile(next, sealed({ version, manifest: seals.get(version), rolledBack: false }));
      await rename(next, join(config.indexDir, "CURRENT"));
    },
    async remake(version, change) {
      const path = join(config.indexDir, version, "manifest.json");
      const text = await readFile(path, "utf8");
      const remade = sealed(change(JSON.parse(text.slice(text.indexOf("\n"))) as Manifest));
      await writeFile(path, remade);
      seals.set(version, remade.split("\n")[0]!);
    },
    async open(limits = {}, options = {}) {
      const service = await openService(config, {
        log: logger,
        limits: { poll: 25, ...limits },
        module: MODULE,
        ...options,
      });
      services.push(service);
      return service;
    },
  };
}

export const QUESTION = { text: "How many care leavers in Fenmere were not in education?" };

/** The edition that an answer was made from. Fails unless every passage is that one's, word for word. */
export function editionOf({ quotes, related, passages }: Answer): number {
  const shown = [...quotes, ...related];
  if (shown.length === 0 || passages.length === 0) throw new Error("nothing was quoted");
  const named = new Set(
    [...shown, ...passages].flatMap(({ text }) =>
      [...text.matchAll(/edition (\d+)/g)].map(([, n]) => Number(n)),
    ),
  );
  const [n, ...others] = named;
  if (n === undefined || others.length > 0) throw new Error(`editions ${[...named].join()} in one answer`);
  for (const { document, text, pieces } of shown) {
    const source = textDocument(document, edition(n).get(`${document}.txt`)!);
    if (!isProved(source, text, pieces)) throw new Error(`not in edition ${n}: ${text}`);
  }
  return n;
}

/** The log's lines about a replaced index. */
export const swaps = ({ log }: Room): LogLine[] => log.filter(({ msg }) => msg === "a new index is in use");
/** The log's warnings and errors. */
export const complaints = ({ log }: Room): LogLine[] => log.filter(({ level }) => level >= 40);

/** Flips a bit in the middle of a file. */
export async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(path, bytes);
}

/** Waits until `find` finds something. */
export async function until<T>(
  find: () => T | undefined | false | null,
  what: string,
  ms = 60_000,
): Promise<T> {
  for (const end = performance.now() + ms; performance.now() < end;) {
    const found = find();
    if (found !== undefined && found !== false && found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what} didn't come`);
}
