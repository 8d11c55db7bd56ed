import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { listCorpus } from "../../src/documents/corpus-files.ts";
import { documentId, readDocument } from "../../src/documents/read-document.ts";
import { MAX_FILE_BYTES, readBytes, readSideFile } from "../../src/documents/read-file.ts";
import { readCorpus } from "../../src/documents/read.ts";
import { UserError } from "../../src/errors.ts";
import { makeDocx, paragraph } from "../fakes/docx.ts";
import { makePdf, write } from "../fakes/pdf.ts";
import { prose } from "./pdf-room.ts";

/** A folder that can't be read, which an administrator's tests could not make otherwise. */
const locked = vi.hoisted(() => ({ folder: "" }));
vi.mock("node:fs/promises", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs/promises")>();
  const list = (path: string, options: object) =>
    path === locked.folder ? Promise.reject(new Error("EACCES")) : fs.readdir(path, options as never);
  return { ...fs, readdir: list };
});

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A corpus folder with these files. */
async function corpus(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "corpus-"));
  folders.push(dir);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await writeFile(join(dir, file), content);
  }
  return dir;
}

const reasons = async (dir: string) =>
  Object.fromEntries((await readCorpus(dir)).failures.map(({ file, reason }) => [file, reason]));

describe("a corpus folder", () => {
  test("is read in order of path, subfolders included", async () => {
    const dir = await corpus({ "b.txt": "Two.", "a/z.md": "One.", "c.txt": "Three." });
    const { documents, failures } = await readCorpus(dir);
    expect(documents.map(({ info }) => info.id)).toEqual(["a/z", "b", "c"]);
    expect(failures).toEqual([]);
  });

  test("has side files that are no documents, and hidden ones", async () => {
    const dir = await corpus({
      "sources.json": '{"documents": {}}',
      "lexicon.txt": "",
      "README.md": "About.",
      ".draft.txt": "x",
      "a.txt": "One.",
    });
    expect((await listCorpus(dir)).files.map(({ file }) => file)).toEqual(["a.txt"]);
  });

  test("that does not exist is named, with the remedy", async () => {
    await expect(listCorpus("/no/such/folder")).rejects.toThrow(
      /^\/no\/such\/folder: no such folder.*--corpus/,
    );
  });

  test("may hold every format", async () => {
    const dir = await corpus({
      "a.txt": "Plain text.",
      "b.md": "# Title\n\nMarkdown.",
      "c.pdf": makePdf([write().paragraph(prose(3), { mark: "1." }).page]),
      "d.html": `<html><head><title>A page</title></head><body><p>${prose(3)}</p></body></html>`,
      "e.htm": `<html><head><title>Another</title></head><body><p>${prose(3)}</p></body></html>`,
      "f.docx": makeDocx([paragraph("A Word file"), paragraph("With words.")]),
    });
    const { documents, failures } = await readCorpus(dir);
    expect(failures).toEqual([]);
    expect(documents.map(({ text }) => text)).toEqual([
      "Plain text.",
      "# Title\n\nMarkdown.",
      `1. ${prose(3)}\n`,
      `A page\n\n${prose(3)}\n`,
      `Another\n\n${prose(3)}\n`,
      "A Word file\n\nWith words.\n",
    ]);
    expect(documents.map(({ pages }) => pages.length)).toEqual([0, 0, 1, 0, 0, 0]);
    expect(documents.map(({ info }) => info.title)).toEqual([
      "a",
      "Title",
      "c",
      "A page",
      "Another",
      "A Word file",
    ]);
  });
});

describe("a file that can't be read is named, and the others are read:", () => {
  test("binary data, nothing, an unknown format", async () => {
    const dir = await corpus({
      "binary.txt": Buffer.from([1, 2, 0, 4]),
      "empty.txt": " \n",
      "photo.jpg": "x",
      none: "x",
      "good.txt": "Good.",
    });
    expect(await reasons(dir)).toEqual({
      "binary.txt":
        "this is not a text file (it holds binary data). Save it as plain text (UTF-8) or remove it.",
      "empty.txt": "the file is empty.",
      "photo.jpg": ".jpg is not a format that can be read (.txt, .md, .pdf, .html, .htm, .docx)",
      none: "a file without extension is not a format that can be read (.txt, .md, .pdf, .html, .htm, .docx)",
    });
    expect((await readCorpus(dir)).documents.map(({ info }) => info.id)).toEqual(["good"]);
  });

  test("damaged PDF, DOCX and HTML", async () => {
    const dir = await corpus({
      "a.pdf": "%PDF-1.4 cut",
      "b.docx": "PK",
      "c.html": "<html></html>",
      "d.txt": "Good.",
    });
    expect(await reasons(dir)).toEqual({
      "a.pdf": expect.stringMatching(/damaged|pictures/),
      "b.docx": expect.stringMatching(/^is damaged/),
      "c.html": expect.stringMatching(/^this page holds no text/),
    });
  });

  test("a symbolic link, wherever it leads", async () => {
    const dir = await corpus({ "a.txt": "One." });
    const outside = await corpus({ "secret.txt": "Secret." });
    await symlink(join(outside, "secret.txt"), join(dir, "link.txt"));
    await symlink(outside, join(dir, "folder"));
    await symlink(join(dir, "a.txt"), join(dir, "inside.txt"));
    const reason = "is a symbolic link; put the file itself into the corpus";
    expect(await reasons(dir)).toEqual({ "link.txt": reason, folder: reason, "inside.txt": reason });
  });

  test("a link that takes a file's place after the folder was listed", async () => {
    const dir = await corpus({ "a.txt": "One." });
    const [file] = (await listCorpus(dir)).files;
    await rm(file!.path);
    await symlink("/etc/hostname", file!.path);
    await expect(readBytes(file!)).rejects.toThrow(
      "a.txt: is a symbolic link; put the file itself into the corpus.",
    );
  });

  test("a file that is gone after the folder was listed", async () => {
    const dir = await corpus({ "a.txt": "One." });
    const [file] = (await listCorpus(dir)).files;
    await rm(file!.path);
    await expect(readDocument(file!, new Map())).rejects.toThrow(UserError);
  });

  test("a file over the limit, without being read", async () => {
    const dir = await corpus({ "large.txt": "x", "a.txt": "One." });
    await truncate(join(dir, "large.txt"), MAX_FILE_BYTES + 1);
    expect(await reasons(dir)).toEqual({ "large.txt": "21 MB is over the limit of 21 MB for one document." });
  });

  test("a pipe, an empty folder under a document's name; notes of a program that has a file open are none", async () => {
    const dir = await corpus({ "a.txt": "One.", "~$report.docx": "a name", "part.html/b.txt": "Two." });
    spawnSync("mkfifo", [join(dir, "pipe.txt")]);
    await mkdir(join(dir, "x.pdf"));
    const { documents, failures } = await readCorpus(dir);
    expect(documents.map(({ info }) => info.id)).toEqual(["a", "part.html/b"]);
    expect(failures.filter(({ file }) => file !== "pipe.txt")).toEqual([
      { file: "x.pdf", reason: "is an empty folder, not a file; put the file itself into the corpus" },
    ]);
    if (existsSync(join(dir, "pipe.txt")))
      expect(failures).toContainEqual({ file: "pipe.txt", reason: "is not a regular file" });
  });

  test("a pipe that takes a file's place keeps nobody waiting", async () => {
    const dir = await corpus({ "a.txt": "One." });
    const [file] = (await listCorpus(dir)).files;
    await rm(file!.path);
    if (spawnSync("mkfifo", [file!.path]).status !== 0) return;
    await expect(readBytes(file!)).rejects.toThrow("a.txt: is not a regular file.");
  });

  test("a folder inside that can't be read", async () => {
    const dir = await corpus({ "a.txt": "One.", "sub/b.txt": "Two." });
    locked.folder = join(await realpath(dir), "sub");
    expect(await reasons(dir)).toEqual({ sub: "can't be read as a folder (EACCES)" });
    locked.folder = "";
  });

  test("the second of two that would be cited alike", async () => {
    const dir = await corpus({ "a.md": "One.", "a.txt": "Two." });
    expect(await reasons(dir)).toEqual({ "a.txt": "would be cited like a.md; rename one of them" });
  });
});

test("what a document says of itself yields to sources.json", async () => {
  const dir = await corpus({
    "a.txt": "A headline\n\n5 March 2024\n\nWords.",
    "sources.json": JSON.stringify({ documents: { "a.txt": { title: "Another", publisher: "The Daily" } } }),
  });
  const { documents } = await readCorpus(dir);
  expect(documents[0]?.info).toMatchObject({
    title: "Another",
    publisher: "The Daily",
    published: "2024-03-05",
  });
});

test("what maintainers write beside the documents may have any encoding, and may be absent", async () => {
  const dir = await corpus({
    "lexicon.txt": Buffer.from("\ufeffboss, chair\n", "utf16le"),
    "sources.json": "\ufeff{}",
  });
  expect(await readSideFile(dir, "lexicon.txt")).toBe("boss, chair\n");
  expect(await readSideFile(dir, "sources.json")).toBe("{}");
  expect(await readSideFile(dir, "none.txt")).toBe("");
});

test("but it is no link, no folder and no larger than a document", async () => {
  const dir = await corpus({ "a.txt": "One." });
  await symlink("/etc/hostname", join(dir, "lexicon.txt"));
  await expect(readSideFile(dir, "lexicon.txt")).rejects.toThrow(
    /lexicon\.txt: is a symbolic link; put the file/,
  );
  await mkdir(join(dir, "sources.json"));
  await expect(readCorpus(dir)).rejects.toThrow(/sources\.json: is not a regular file/);
  await writeFile(join(dir, "large.txt"), "x");
  await truncate(join(dir, "large.txt"), MAX_FILE_BYTES + 1);
  await expect(readSideFile(dir, "large.txt")).rejects.toThrow(/large\.txt: 21 MB is over the limit/);
});

test("dates that no calendar has are left out", async () => {
  const dir = await corpus({
    "a.txt": "A headline\n\n31 February 2024\n\nWords.",
    "b.txt": "A headline\n\n29 February 2024\n\nWords.",
  });
  const { documents } = await readCorpus(dir);
  expect(documents.map(({ info }) => info.published)).toEqual([undefined, "2024-02-29"]);
});

test("a document's key is its path without the extension", () => {
  expect(documentId("area/report 2.1.pdf")).toBe("area/report 2.1");
});
