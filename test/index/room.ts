// What the tests of the index share: a folder that goes away, a small index, passages.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { StoredCalibration } from "../../src/index/calibration.ts";
import { buildIndex, type BuiltIndex } from "../../src/index/build.ts";
import { emptyGraph } from "../../src/index/graph.ts";
import type { OpenIndex } from "../../src/index/open-index.ts";
import { sha256 } from "../../src/index/versions.ts";
import { parseLexicon } from "../../src/text/lexicon.ts";
import type { Document, DocumentInfo, Passage } from "../../src/types.ts";
import { CORPUS } from "../fakes/corpus.ts";
import { fakeEncoder } from "../fakes/encoder.ts";

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** An empty folder, removed when the file's tests are over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-test-"));
  folders.push(folder);
  return folder;
}

/** What CURRENT or a manifest is in the folder: JSON under its SHA-256. */
export function sealed(value: unknown): string {
  const body = JSON.stringify(value);
  return `${sha256(body)}\n${body}`;
}

export const ENCODER = fakeEncoder("fake@1", { wordVectors: true });

/** What refusal came to, as if it had been checked. */
export const CALIBRATION: StoredCalibration = {
  models: "models",
  thresholds: { refuse: 0.2, assert: 0.3 },
  stated: { refused: 0.03, notAsserted: 0.2 },
  offTopic: { asked: 2, refused: 1, asserted: 1, wrong: ["who won the cup?"] },
  own: { asked: 3, refused: 0, asserted: 3, wrong: [], first: 2 },
  since: 0,
};

/** The small corpus, indexed in memory. */
export function smallIndex(documents: readonly Document[] = CORPUS): Promise<BuiltIndex> {
  const { lexicon } = parseLexicon("boss, director\nnight shift => emergency duty team");
  return buildIndex(documents, ENCODER, { lexicon, emptyStore: emptyGraph(ENCODER.dimensions) });
}

/** A paragraph of its own words. */
export function paragraph(ordinal: number, text: string, more: Partial<Passage> = {}): Passage {
  return {
    id: `report#${ordinal}`,
    document: "report",
    ordinal,
    kind: "paragraph",
    paragraph: null,
    page: null,
    section: [],
    text,
    pieces: [],
    ...more,
  };
}

/** Documents by id, for `buildLexical`. */
export function titled(title: string): ReadonlyMap<string, DocumentInfo> {
  return new Map([["report", { id: "report", file: "report.txt", title, sha256: "" }]]);
}

/** The names in a folder, sorted. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).toSorted();
}

/** A passage's properties, whether it is an object or read from a file's bytes. */
export function plainPassage(passage: Passage): Passage {
  const { id, document, ordinal, kind, paragraph, page, section, text, pieces } = passage;
  const { leadIn, attribution, list, footnotes } = passage;
  const own = { id, document, ordinal, kind, paragraph, page, section, text, pieces };
  return { ...own, leadIn, attribution, list, footnotes };
}

export function plainDocument({ info, text, pages, found }: Document): Document {
  return { info, text, pages, found };
}

/** Everything that the lexical index knows. */
export function wordsOf({ lexical }: OpenIndex): unknown {
  const { stems, forms, arrays, numbers, idf, passages } = lexical;
  const plain = passages.map(({ sentences, text, context, length }) => ({
    sentences,
    text,
    context,
    length,
  }));
  return { stems, forms, arrays, numbers, idf, plain };
}
