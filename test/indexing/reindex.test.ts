import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import * as isolated from "../../src/documents/isolated.ts";
import { UserError } from "../../src/errors.ts";
import { IndexLocked } from "../../src/index/lock.ts";
import { loadIndex, loadTexts } from "../../src/index/store.ts";
import { currentVersion, sha256 } from "../../src/index/versions.ts";
import { planReindex, reindex } from "../../src/indexing/reindex.ts";
import type { Encoder } from "../../src/types.ts";
import { CORPUS, NEW_REPORT } from "../fakes/corpus.ts";
import { makePdf, write } from "../fakes/pdf.ts";
import { prose } from "../documents/pdf-room.ts";
import { plainPassage, temporaryFolder, wordsOf } from "../index/room.ts";
import { openRoom, type Room } from "./room.ts";

let room: Room;
beforeEach(async () => {
  room = await openRoom();
});

const NONE = { added: [], changed: [], renamed: [], removed: [], lost: [], unchanged: [] };
const FILES = CORPUS.map(({ info }) => info.file).toSorted();
const open = async () => {
  const version = await currentVersion(room.config.indexDir);
  return (await loadIndex(room.config.indexDir, version!, room.encoder())).index;
};

test("the first index holds everything, and says so", async () => {
  const summary = await room.index();
  expect(summary).toMatchObject({ outcome: "new", version: "v000001", failures: [], documents: 3 });
  expect(summary.changes).toEqual({ ...NONE, added: FILES });
  expect(summary.encoded).toBe(summary.passages);
  expect(room.encoded).toHaveLength(summary.passages);
});

test("where nothing has changed, nothing is written", async () => {
  await room.index();
  const summary = await room.index();
  expect(summary).toMatchObject({ outcome: "same", version: "v000001", encoded: 0 });
  expect(summary.changes).toEqual({ ...NONE, unchanged: FILES });
  expect([room.encoded, await room.versions()]).toEqual([[], ["v000001"]]);
});

test("what was added, changed, renamed and removed is told, and only new words are encoded", async () => {
  await room.index();
  await room.put("note.txt", "A note\n\nThe new centre in Ely opened in May. It has forty places.\n");
  await room.put("report-2019.txt", NEW_REPORT.text.replace("38%", "39%"));
  await room.move("report-2014.txt", "old/report.txt");
  await room.remove("story-2013.txt");
  const summary = await room.index();
  expect(summary.changes).toEqual({
    added: ["note.txt"],
    changed: ["report-2019.txt"],
    renamed: [{ from: "report-2014.txt", to: "old/report.txt" }],
    removed: ["story-2013.txt"],
    lost: [],
    unchanged: [],
  });
  expect(room.encoded.toSorted()).toEqual([
    "In March 2019, 39% of care leavers were NEET.",
    "The new centre in Ely opened in May. It has forty places.",
  ]);
  expect((await open()).passages.map(({ document }) => document)).toContain("old/report");
});

test("an index made step by step is the one that is made at once", async () => {
  await room.index();
  await room.put(
    "note.txt",
    "A note\n\nThe Integrated Access Team (IAT) opened. The IAT has forty places.\n",
  );
  await room.index();
  await room.remove("report-2014.txt");
  await room.put("report-2019.txt", NEW_REPORT.text.replace("38%", "39%"));
  await room.index();
  const grown = await open();
  const fresh = await openRoom();
  for (const file of ["note.txt", "report-2019.txt", "story-2013.txt"])
    await fresh.put(file, await readFile(join(room.config.corpusDir, file)));
  await fresh.remove("report-2014.txt");
  await fresh.index();
  const { index } = await loadIndex(fresh.config.indexDir, "v000001", fresh.encoder());
  expect(grown.passages.map(plainPassage)).toEqual(index.passages.map(plainPassage));
  expect(wordsOf(grown)).toEqual(wordsOf(index));
  expect(grown.vectors).toEqual(index.vectors);
  expect(grown.words).toEqual(index.words);
  for (let place = 0; place < index.passages.length; place++) {
    const vector = index.vectors.slice(place * 32, place * 32 + 32);
    expect(await grown.store.nearest(vector, 1)).toEqual(await index.store.nearest(vector, 1));
  }
});

describe("files whose content is known are not read again:", () => {
  test("a PDF that is unchanged, renamed, or described otherwise in sources.json", async () => {
    const opened = vi.spyOn(isolated, "openIsolation");
    await room.put("a.pdf", makePdf([write().paragraph(prose(3), { mark: "1." }).page]));
    const first = await room.index();
    expect(first.failures).toEqual([]);
    // From here on the readers' children can't be started.
    const read = vi.fn(() => Promise.reject(new UserError("read again")));
    opened.mockImplementation(() => ({ read, close: () => {} }));
    await room.put("note.txt", "A note\n\nMore words.\n");
    expect((await room.index()).failures).toEqual([]);
    await room.move("a.pdf", "b.pdf");
    expect((await room.index()).changes.renamed).toEqual([{ from: "a.pdf", to: "b.pdf" }]);
    await room.put("sources.json", JSON.stringify({ documents: { "b.pdf": { title: "Known" } } }));
    const described = await room.index();
    expect([described.changes.changed, described.encoded]).toEqual([["b.pdf"], 0]);
    expect((await open()).documents.get("b")!.info).toMatchObject({ title: "Known", file: "b.pdf" });
    await room.remove("sources.json");
    expect((await room.index()).changes.changed).toEqual(["b.pdf"]);
    expect((await open()).documents.get("b")!.info.title).toBe("b");
    expect(read).not.toHaveBeenCalled();
    opened.mockRestore();
  });
});

test("another encoder encodes everything anew, and reads nothing again", async () => {
  await room.index();
  room.model = "fake@2";
  const summary = await room.index();
  expect([summary.encoded, summary.outcome]).toEqual([summary.passages, "new"]);
  expect(summary.changes.unchanged).toEqual(FILES);
  expect((await open()).passages).toHaveLength(summary.passages);
});

test("a changed lexicon makes a new version without encoding", async () => {
  await room.index();
  await room.put("lexicon.txt", Buffer.from("\ufeffboss, chair\r\n", "utf16le"));
  const summary = await room.index();
  expect(summary).toMatchObject({ outcome: "new", version: "v000002", encoded: 0 });
  expect((await open()).lexicon.expansions.get("boss")).toEqual([["chair"]]);
});

test("sources.json may begin with a byte order mark", async () => {
  await room.put(
    "sources.json",
    `\ufeff${JSON.stringify({ documents: { "story-2013.txt": { title: "T" } } })}`,
  );
  await room.index();
  expect((await open()).documents.get("story-2013")!.info.title).toBe("T");
});

test("an entry of sources.json for a file that isn't there is told", async () => {
  await room.put("sources.json", JSON.stringify({ documents: { "story-2031.txt": { title: "T" } } }));
  expect((await room.index()).outcome).toBe("new");
  expect(room.notices).toEqual([
    'sources.json: there is no file "story-2031.txt" in the corpus; what is said of it counts for nothing.',
  ]);
});

test("a file that can't be read is left out with the reason, and comes back when it is mended", async () => {
  await room.index();
  await room.put("report-2019.txt", Uint8Array.of(0, 1, 2));
  const summary = await room.index();
  const unchanged = FILES.filter((file) => file !== "report-2019.txt");
  expect(summary.changes).toEqual({ ...NONE, unchanged, lost: ["report-2019.txt"] });
  expect(summary.failures).toEqual([{ file: "report-2019.txt", reason: expect.stringContaining("binary") }]);
  await room.put("report-2019.txt", NEW_REPORT.text);
  expect((await room.index()).changes.added).toEqual(["report-2019.txt"]);
});

test("a file that can't be read makes no version when it never was in the index", async () => {
  await room.index();
  await room.put("scan.txt", Uint8Array.of(0, 1, 2));
  const summary = await room.index();
  expect(summary).toMatchObject({ outcome: "same", version: "v000001" });
  expect(summary.failures.map(({ file }) => file)).toEqual(["scan.txt"]);
  expect(await room.versions()).toEqual(["v000001"]);
});

test("a document of headings only is left out with the reason", async () => {
  await room.put("headings.md", "# One\n\n## Two\n\n### Three\n");
  const { failures, documents } = await room.index();
  expect(documents).toBe(3);
  expect(failures).toEqual([
    {
      file: "headings.md",
      reason: "holds nothing that could be quoted: no paragraph, list or table, only headings.",
    },
  ]);
});

test("a corpus of nothing else is refused with the reasons, and the index stays", async () => {
  await room.index();
  for (const file of FILES) await room.remove(file);
  await room.put("headings.md", "# One\n");
  await expect(room.index()).rejects.toThrow(
    /there is no document to index\..*\n {2}headings\.md: holds nothing/,
  );
  expect(await currentVersion(room.config.indexDir)).toBe("v000001");
});

test("a dry run says the same and writes nothing", async () => {
  await room.index();
  await room.put("note.txt", "A note\n\nMore words are here.\n");
  await room.put("bad.txt", Uint8Array.of(0));
  room.encoded.length = 0;
  const planned = await planReindex(room.config, room.encoder(), {});
  expect([room.encoded, await room.versions()]).toEqual([[], ["v000001"]]);
  expect(planned).toMatchObject({ outcome: "planned", version: "v000001", encoded: 1 });
  const done = await room.index();
  expect(done).toEqual({ ...planned, calibration: expect.anything(), outcome: "new", version: "v000002" });
});

test("a dry run makes no folder, and minds no other writer", async () => {
  await planReindex(room.config, room.encoder(), {});
  await expect(room.versions()).rejects.toThrow("ENOENT");
  await mkdir(room.config.indexDir);
  await writeFile(join(room.config.indexDir, "writer.lock"), `${process.ppid}\n`);
  expect((await planReindex(room.config, room.encoder(), {})).documents).toBe(3);
  await expect(room.index()).rejects.toThrow(IndexLocked);
});

test("of two that index at once, the second is told before it does any work", async () => {
  let opened: (encoder: Encoder) => void = () => {};
  const first = reindex(room.config, new Promise<Encoder>((resolve) => (opened = resolve)));
  const lock = join(room.config.indexDir, "writer.lock");
  await vi.waitFor(async () => expect(await readFile(lock, "utf8")).toContain(`${process.pid}`));
  await expect(room.index()).rejects.toThrow(IndexLocked);
  expect(room.encoded).toEqual([]);
  opened(room.encoder());
  expect((await first).summary.outcome).toBe("new");
  expect((await room.index()).outcome).toBe("same");
});

test.skipIf(process.getuid?.() === 0)(
  "in a folder that can't be written, the index stays as it was",
  async () => {
    await room.index();
    await room.put("note.txt", "A note\n\nMore words are here.\n");
    await chmod(room.config.indexDir, 0o500);
    const summary = await room.index();
    await chmod(room.config.indexDir, 0o700);
    expect(summary).toMatchObject({ outcome: "unkept", version: "v000001" });
    expect(room.notices).toEqual([
      expect.stringMatching(/the index can't be kept there \(EACCES.*--index or INDEX_DIR/),
    ]);
    expect(await currentVersion(room.config.indexDir)).toBe("v000001");
  },
);

test("a fault of the program's own is not taken for a folder that can't be written", async () => {
  const encoder = { ...room.encoder(), wordVectors: () => Promise.reject(new TypeError("a bug")) };
  await expect(reindex(room.config, encoder)).rejects.toThrow("a bug");
  expect((await room.index()).outcome).toBe("new");
});

test("an encoder that can't be opened ends the reading, and leaves no lock", async () => {
  for (let i = 0; i < 50; i++) await room.put(`more/${i}.txt`, `Words of number ${i}.\n`);
  const read: number[] = [];
  const failing = Promise.reject(new UserError("The encoder isn't there."));
  const run = reindex(room.config, failing, { onProgress: (done) => read.push(done) });
  await expect(run).rejects.toThrow("The encoder isn't there.");
  const soFar = read.length;
  expect(soFar).toBeLessThan(50);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(read.length).toBeLessThanOrEqual(soFar + 4);
  expect((await room.index()).outcome).toBe("new");
});

test("an interrupted run leaves the index as it was, and no lock", async () => {
  await room.index();
  await room.put("note.txt", "A note\n\nMore words are here.\n");
  for (const stage of ["Reading", "Encoding", "Linking"]) {
    const stop = new AbortController();
    const onProgress = (_done: number, _total: number, at: string) =>
      at === stage && stop.abort(new Error("stopped"));
    await expect(room.index({ signal: stop.signal, onProgress })).rejects.toThrow("stopped");
  }
  expect(await room.versions()).toEqual(["v000001"]);
  expect((await room.index()).changes.added).toEqual(["note.txt"]);
});

test("a damaged index is told and built anew", async () => {
  await room.index();
  await writeFile(join(room.config.indexDir, "v000001/vectors.f32"), "?");
  const summary = await room.index();
  expect(room.notices).toEqual([
    expect.stringMatching(
      /^The index is damaged \(v000001\/vectors\.f32: .*\); it is built anew from the corpus\.$/,
    ),
  ]);
  expect(summary).toMatchObject({ outcome: "new", version: "v000002", encoded: summary.passages });
});

test("an index of another format is left alone and built anew", async () => {
  await room.index();
  const folder = join(room.config.indexDir, "v000001");
  const [, body] = (await readFile(join(folder, "manifest.json"), "utf8")).split(/\n(.*)/s);
  const other = body!.replace(/"format": \d+/, '"format": 1');
  await writeFile(join(folder, "manifest.json"), `${sha256(other)}\n${other}`);
  const current = join(room.config.indexDir, "CURRENT");
  const [, said] = (await readFile(current, "utf8")).split(/\n(.*)/s);
  const names = said!.replace(sha256(body!), sha256(other));
  await writeFile(current, `${sha256(names)}\n${names}`);
  expect(await room.index()).toMatchObject({ outcome: "new", version: "v000002" });
  expect(room.notices).toEqual([]);
});

test("a clock that goes backwards changes nothing", async () => {
  await room.index();
  const now = vi.spyOn(Date, "now").mockReturnValue(1_000);
  vi.useFakeTimers({ now: 1_000, toFake: ["Date"] });
  await room.put("note.txt", "A note\n\nMore words are here.\n");
  expect(await room.index()).toMatchObject({ outcome: "new", version: "v000002" });
  vi.useRealTimers();
  now.mockRestore();
  expect(await currentVersion(room.config.indexDir)).toBe("v000002");
  expect((await room.index()).outcome).toBe("same");
  const { manifest } = await loadTexts(room.config.indexDir, "v000002");
  expect(manifest).toMatchObject({ builtAt: "1970-01-01T00:00:01.000Z", replaces: "v000001" });
});

test("nothing is left in the folder for temporary files", async () => {
  const folder = await temporaryFolder();
  vi.stubEnv("TMPDIR", folder);
  await room.index();
  vi.unstubAllEnvs();
  const { readdir } = await import("node:fs/promises");
  expect(await readdir(folder)).toEqual([]);
});
