import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Config, readConfig } from "../src/config.ts";
import { MAX_QUESTION, openEngine, type OpenEngine, openVersion } from "../src/engine.ts";
import { UserError } from "../src/errors.ts";
import { FORMAT, PARTS } from "../src/index/store.ts";
import { sha256 } from "../src/index/versions.ts";
import type { Encoder, Question } from "../src/types.ts";
import { CORPUS } from "./fakes/corpus.ts";
import { fakeEncoder } from "./fakes/encoder.ts";
import { makeTinyReranker } from "./fakes/tiny-reranker.ts";
import { plainPassage } from "./index/room.ts";

const model = vi.hoisted(() => ({ id: "fake@1", encoded: [] as string[] }));

vi.mock("../src/encoder/open.ts", () => ({
  openEncoder: (): Promise<Encoder> => {
    const fake = fakeEncoder(model.id, { wordVectors: true });
    return Promise.resolve({
      ...fake,
      encode(texts: readonly string[], purpose: "query" | "passage") {
        if (purpose === "passage") model.encoded.push(...texts);
        return fake.encode(texts, purpose);
      },
    });
  },
}));

let folder: string;
let config: Config;
const folders: string[] = [];
const notices: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-test-"));
  folders.push(folder);
  config = readConfig({ CORPUS_DIR: join(folder, "corpus"), INDEX_DIR: join(folder, "index") });
  await mkdir(config.corpusDir);
  for (const { info, text } of CORPUS) await put(info.file, text);
  await put(
    "sources.json",
    JSON.stringify({ documents: { "report-2014.txt": { published: "2014-08-08" } } }),
  );
  model.id = "fake@1";
});

afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true, force: true }))));

const put = (file: string, text: string | Uint8Array) => writeFile(join(config.corpusDir, file), text);
const versions = async () =>
  (await readdir(config.indexDir)).filter((name) => name.startsWith("v")).toSorted();

/** Opens the engine; afterwards `model.encoded` and `notices` hold what this took. */
function open(): Promise<OpenEngine> {
  model.encoded.length = 0;
  notices.length = 0;
  return openEngine(config, { onNotice: (notice) => notices.push(notice) });
}

test("a missing index is built by itself, and opened without encoding the next time", async () => {
  const built = await open();
  expect(model.encoded).toHaveLength(built.index.passages.length);
  expect(await versions()).toEqual(["v000001"]);
  const opened = await open();
  expect(model.encoded).toEqual([]);
  expect(notices).toEqual([]);
  expect(await versions()).toEqual(["v000001"]);
  expect(opened.index.passages.map(plainPassage)).toEqual(built.index.passages.map(plainPassage));
  expect(opened.index.lexicon).toEqual(built.index.lexicon);
  expect(new Date(opened.builtAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
});

test("an engine answers the same whether its index was built just now or opened", async () => {
  const question = { text: "What was the NEET rate for care leavers in March 2014?" };
  const [built, opened] = [await (await open()).ask(question), await (await open()).ask(question)];
  expect({ ...opened, ms: 0 }).toEqual({ ...built, ms: 0 });
  expect(built.passages[0]?.text).toContain("62%");
});

test("it knows its documents and how many passages each has", async () => {
  const engine = await open();
  expect(engine.documents.map(({ id }) => id)).toEqual(["report-2014", "report-2019", "story-2013"]);
  expect(engine.passageCount("report-2019")).toBe(
    engine.index.passages.filter((passage) => passage.document === "report-2019").length,
  );
  expect(engine.passageCount("report-1900")).toBe(0);
  expect(engine.textOf("story-2013")).toBe(CORPUS[2]!.text);
  expect(engine.textOf("story-1900")).toBeUndefined();
  expect(engine.encoder).toBe("fake@1");
});

test("when a document is added, only its passages are encoded", async () => {
  await open();
  await put("note.txt", "A note\n\nThe new centre in Ely opened in May. It has forty places.\n");
  const engine = await open();
  expect(engine.passageCount("note")).toBeGreaterThan(0);
  expect(model.encoded).toHaveLength(engine.passageCount("note"));
  expect(model.encoded.join()).toContain("forty places");
  expect(notices).toEqual([]);
});

test("when one paragraph changes, it alone is encoded", async () => {
  await open();
  await put("report-2019.txt", CORPUS[1]!.text.replace("38%", "39%"));
  await open();
  expect(model.encoded).toEqual(["In March 2019, 39% of care leavers were NEET."]);
});

describe("an index is outdated when", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["a document's text changes", () => put("story-2013.txt", `${CORPUS[2]!.text}\nMore was said.\n`)],
    ["a document goes", () => rm(join(config.corpusDir, "story-2013.txt"))],
    [
      "a document is renamed",
      () => rename(join(config.corpusDir, "story-2013.txt"), join(config.corpusDir, "tale.txt")),
    ],
    [
      "the sources change",
      () => put("sources.json", JSON.stringify({ documents: { "report-2014.txt": { published: "2015" } } })),
    ],
    ["the sources go", () => rm(join(config.corpusDir, "sources.json"))],
    ["a lexicon comes", () => put("lexicon.txt", "boss, director\n")],
  ])("%s", async (_, change) => {
    await open();
    await change();
    await open();
    expect(await versions()).toEqual(["v000001", "v000002"]);
    await open();
    expect(await versions()).toEqual(["v000001", "v000002"]);
  });

  test("another encoder is used: then everything is encoded anew", async () => {
    await open();
    model.id = "fake@2";
    const engine = await open();
    expect(model.encoded).toHaveLength(engine.index.passages.length);
    expect(await versions()).toHaveLength(2);
  });
});

test("a version is opened as it stands, whatever the corpus holds by now, and nothing is built", async () => {
  const first = await open();
  await put("note.txt", "A note\n\nThe new centre in Ely opened in May. It has forty places.\n");
  const second = await open();
  expect([first.version, second.version]).toEqual(["v000001", "v000002"]);
  await rm(config.corpusDir, { recursive: true });
  model.encoded.length = 0;
  for (const engine of [first, second]) {
    const opened = await openVersion(config, engine.version!);
    expect(opened.version).toBe(engine.version);
    expect(opened.builtAt).toBe(engine.builtAt);
    expect(opened.documents).toEqual(engine.documents);
  }
  expect([model.encoded, await versions()]).toEqual([[], ["v000001", "v000002"]]);
});

test("a version of another format, encoder or word index, or damaged, is refused by its name", async () => {
  await open();
  const manifest = join(config.indexDir, "v000001", "manifest.json");
  const written = await readFile(manifest, "utf8");
  const body = written.slice(written.indexOf("\n") + 1).replace(`"format": ${FORMAT}`, '"format": 99');
  await writeFile(manifest, `${sha256(body)}\n${body}`);
  await expect(openVersion(config, "v000001")).rejects.toThrow(
    `v000001 was made in format 99, but this program reads format ${FORMAT}. `,
  );
  const words = written
    .slice(written.indexOf("\n") + 1)
    .replace(`"lexical": ${PARTS.lexical}`, '"lexical": 99');
  await writeFile(manifest, `${sha256(words)}\n${words}`);
  await expect(openVersion(config, "v000001")).rejects.toThrow(
    `v000001 was made with version 99 of the word index, but this program has version ${PARTS.lexical}. `,
  );
  await writeFile(manifest, written);
  model.id = "fake@2";
  await expect(openVersion(config, "v000001")).rejects.toThrow(
    new UserError(
      "v000001 was made with the encoder fake@1, but this program uses fake@2. Restart it, or run npm run index with its settings.",
    ),
  );
  model.id = "fake@1";
  await writeFile(join(config.indexDir, "v000001", "passages.json"), "[]");
  await expect(openVersion(config, "v000001")).rejects.toThrow(/^v000001\/passages\.json: is not what was/);
  await expect(openVersion(config, "v000007")).rejects.toThrow(/^v000007\/manifest\.json: /);
});

test("a file that can't be read is told once, and makes no new version", async () => {
  await open();
  await put("scan.xyz", "?");
  await open();
  expect([notices, await versions()]).toEqual([
    [expect.stringMatching(/^scan\.xyz: left out: /)],
    ["v000001"],
  ]);
  await open();
  expect([notices, await versions()]).toEqual([[], ["v000001"]]);
});

test("what a changed lexicon or source says counts at once", async () => {
  await open();
  await put("lexicon.txt", "boss, chair\n");
  await put("sources.json", JSON.stringify({ documents: { "story-2013.txt": { title: "Another title" } } }));
  const engine = await open();
  expect(engine.index.lexicon.expansions.get("boss")).toEqual([["chair"]]);
  expect(engine.documents.at(-1)?.title).toBe("Another title");
  expect(model.encoded).toEqual([]);
});

test("lines of the lexicon that can't be read are told with their number", async () => {
  await put("lexicon.txt", "boss, chair\nalone\n");
  await open();
  expect(notices).toEqual([expect.stringMatching(/^lexicon\.txt line 2: .*; the line is left out$/)]);
});

describe("a damaged index is built anew from the corpus, with a notice:", () => {
  test.each([
    "CURRENT",
    "v000001/manifest.json",
    "v000001/documents.json",
    "v000001/texts.utf16",
    "v000001/passages.json",
    "v000001/passages.bin",
    "v000001/words.json",
    "v000001/words.bin",
    "v000001/lexicon.json",
    "v000001/calibration.json",
    "v000001/vectors.f32",
    "v000001/dense.hnsw",
    "v000001/dense.bin",
    "v000001/word-units.f32",
    "v000001/word-weights.f32",
  ])("%s", async (file) => {
    const { index } = await open();
    const path = join(config.indexDir, file);
    const bytes = await readFile(path);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(path, bytes);
    const engine = await open();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^The index is damaged \(.*\); it is built anew from the corpus\.$/);
    expect(notices[0]).toContain(file);
    expect(engine.index.passages.map(plainPassage)).toEqual(index.passages.map(plainPassage));
    await open();
    expect([notices, model.encoded]).toEqual([[], []]);
  });
});

test("a version that is gone is built anew", async () => {
  await open();
  await rm(join(config.indexDir, "v000001"), { recursive: true });
  await open();
  expect(notices).toEqual([expect.stringContaining("v000001/manifest.json")]);
  // Not under the name that CURRENT has for the one that is gone.
  expect(await versions()).toEqual(["v000002"]);
});

test("where the index can't be kept it is used from memory, with a notice", async () => {
  await writeFile(config.indexDir, "a file in the folder's place");
  const engine = await open();
  expect(notices).toEqual([
    expect.stringContaining(`${config.indexDir}: the index can't be kept there`),
    "The index is used from memory, and built again at the next start.",
  ]);
  expect(notices[0]).toContain("--index or INDEX_DIR");
  const answer = await engine.ask({ text: "How many care leavers were NEET in March 2014?" });
  expect(answer.passages.length).toBeGreaterThan(0);
});

test("while another process writes the index, the second writer is told which", async () => {
  await mkdir(config.indexDir);
  await writeFile(join(config.indexDir, "writer.lock"), `${process.ppid}\n`);
  await expect(open()).rejects.toThrow(
    new UserError(
      `The index is being written by another process (${process.ppid}). Wait for it, or stop it, and run this again.`,
    ),
  );
});

test("while another process writes a newer index, the one in use answers, with a notice", async () => {
  await open();
  await put("note.txt", "A note\n\nThe new centre in Ely opened in May.\n");
  await writeFile(join(config.indexDir, "writer.lock"), `${process.ppid}\n`);
  const engine = await open();
  expect(engine.documents.map(({ id }) => id)).not.toContain("note");
  expect(notices).toEqual([
    expect.stringMatching(/^Another process is writing the index; .* answers come from the one built 20/),
  ]);
  await rm(join(config.indexDir, "writer.lock"));
  expect((await open()).documents.map(({ id }) => id)).toContain("note");
});

test("files that can't be read are named, and the others are indexed", async () => {
  await put("scan.txt", Uint8Array.of(0x89, 0x50, 0, 1, 2, 3));
  await put("empty.txt", " \n");
  await put("table.xyz", "?");
  const engine = await open();
  expect(engine.documents).toHaveLength(3);
  expect(notices.toSorted()).toEqual([
    expect.stringMatching(/^empty\.txt: left out: .*empty/),
    expect.stringMatching(/^scan\.txt: left out: .*not a text file/),
    expect.stringMatching(/^table\.xyz: left out: \.xyz is not a format that can be read/),
  ]);
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  ["isn't there", () => rm(config.corpusDir, { recursive: true }), /corpus: no such folder\. .*--corpus/],
  [
    "is a file",
    async () => {
      await rm(config.corpusDir, { recursive: true });
      await writeFile(config.corpusDir, "");
    },
    /corpus: can't be read as a folder/,
  ],
  [
    "holds no document",
    async () => {
      await rm(config.corpusDir, { recursive: true });
      await mkdir(config.corpusDir);
      await put("scan.png", "?");
    },
    /there is no document to index.*\n {2}scan\.png: /,
  ],
  ["has sources that are no JSON", () => put("sources.json", "{"), /sources\.json: is not valid JSON/],
])("a corpus that %s is refused", async (_, change, message) => {
  await change();
  const refusal = await open().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(UserError);
  expect((refusal as UserError).message).toMatch(message);
});

test("a question or filter that can't be used is refused, and says what can", async () => {
  const engine = await open();
  const refused = async (question: Question) => {
    const reason = await engine.ask(question).catch((error: unknown) => error);
    expect(reason).toBeInstanceOf(UserError);
    return (reason as UserError).message;
  };
  expect(await refused({ text: " \n\t" })).toMatch(/^The question is empty\. Ask, for example: /);
  expect(await refused({ text: "x".repeat(10_000) })).toBe(
    `The question has 10000 characters; ${MAX_QUESTION} is the limit. Ask in a sentence or two.`,
  );
  const text = "Who is the chair?";
  for (const top of [0, -1, 1.5, Number.NaN, Infinity])
    expect(await refused({ text, top })).toBe(
      `Expected \`top\` to be a whole number from 1 and up, got ${top}.`,
    );
  for (const document of ["", "report-2014.txt", "__proto__"])
    expect(await refused({ text, filter: { document } })).toBe(
      `There is no document "${document}". The documents are: report-2014, report-2019, story-2013.`,
    );
  for (const since of ["", "soon", "14", "2014-13", "2014-8", "2014-08-32", "2014-08-08T00:00"])
    expect(await refused({ text, filter: { since } })).toBe(
      `Expected \`since\` to be a date such as 2014, 2014-08 or 2014-08-08, got "${since}".`,
    );
  expect(await refused({ text, filter: { until: "later" } })).toContain("`until`");
});

test.each([
  "?",
  "😀",
  "\0\u001b[31m",
  "the of and",
  "x".repeat(MAX_QUESTION),
  "( [ \\ * $& ${x} %s",
  "\ud800",
])("any other text is answered: %j", async (text) => {
  const answer = await (await open()).ask({ text });
  expect(answer.question).toBe(text);
  expect(["answer", "unsure", "none"]).toContain(answer.outcome);
});

test("a filter restricts every passage that is shown", async () => {
  const engine = await open();
  const documents = async (filter: NonNullable<Question["filter"]>) => {
    const answer = await engine.ask({ text: "How many care leavers were NEET?", filter, top: 100 });
    const shown = [...answer.quotes, ...answer.related, ...answer.passages];
    return [...new Set(shown.map(({ document }) => document))].toSorted();
  };
  expect(await documents({ document: "report-2019" })).toEqual(["report-2019"]);
  expect(await documents({ since: "2014-08", until: "2014" })).toEqual(["report-2014"]);
  expect(await documents({ until: "2000" })).toEqual([]);
});

describe("a reranker", () => {
  /** Knows what "dark" has to do with "night". */
  const tiny = async () => {
    const made = await makeTinyReranker({ meanings: { dark: 0, night: 0 } });
    folders.push(made.folder);
    return made.folder;
  };
  const question = { text: "What happens after dark in Fenmere?", top: 100 };
  const isAboutNights = ({ text }: { text: string }) =>
    text.includes("lacks capacity to meet demand at night");

  test("puts first what it finds best; the scores stay those of the ranking", async () => {
    const plain = await (await open()).ask(question);
    expect(isAboutNights(plain.passages[0]!)).toBe(false);
    config = { ...config, rerankerModel: await tiny() };
    const engine = await open();
    expect(engine.reranker).toMatch(/^tiny-reranker.*@[0-9a-f]{16}$/);
    const { passages, quotes, related } = await engine.ask(question);
    expect(isAboutNights(passages[0]!)).toBe(true);
    expect(isAboutNights([...quotes, ...related][0]!)).toBe(true);
    expect(passages.map(({ score }) => score)).toEqual(plain.passages.map(({ score }) => score));
    expect(passages.map(({ passage }) => passage).toSorted()).toEqual(
      plain.passages.map(({ passage }) => passage).toSorted(),
    );
  });

  test("keeps to the filter, and needs no other index", async () => {
    await open();
    config = { ...config, rerankerModel: await tiny() };
    const engine = await open();
    expect(model.encoded).toEqual([]);
    const { passages } = await engine.ask({ ...question, filter: { document: "report-2019" } });
    expect(new Set(passages.map(({ document }) => document))).toEqual(new Set(["report-2019"]));
  });

  test("is none when none is set", async () => {
    const engine = await open();
    expect("reranker" in engine).toBe(false);
    expect(engine.models.reranker).toBeNull();
  });

  test("that can't be opened is told before an index is built", async () => {
    config = { ...config, rerankerModel: "./no-such-folder" };
    await expect(open()).rejects.toThrow(UserError);
    expect(model.encoded).toEqual([]);
  });
});

test("as many passages are ranked as were asked for", async () => {
  const engine = await open();
  const ranks = async (top?: number) =>
    (await engine.ask({ text: "What about care leavers?", ...(top !== undefined && { top }) })).passages.map(
      ({ rank }) => rank,
    );
  expect(await ranks(2)).toEqual([1, 2]);
  expect((await ranks()).length).toBeLessThanOrEqual(10);
});

test("it shows a paragraph with its neighbours, and finds paragraphs by number; unknown ones are none", async () => {
  const engine = await open();
  const [found] = await engine.find("report-2014", "2");
  expect(found?.text).toContain("62%");
  const { before, itself, after } = (await engine.around(found!.passage))!;
  expect([before, itself, after].map(([first]) => first?.paragraph)).toEqual(["1", "2", "3"]);
  expect(await engine.paragraphs("report-2019")).toEqual([
    {
      number: "1",
      text: "The emergency duty team now has enough staff. Adoption performance is outstanding.",
    },
    { number: "2", text: "In March 2019, 38% of care leavers were NEET." },
  ]);
  expect(await engine.around("report-2014#999")).toBe(null);
  expect(await engine.find("report-2014", "99")).toEqual([]);
  const unknown = 'There is no document "report-1900".';
  await expect(engine.find("report-1900", "1")).rejects.toThrow(unknown);
  await expect(engine.paragraphs("report-1900")).rejects.toThrow(UserError);
});
