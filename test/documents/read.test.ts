import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { listCorpus } from "../../src/documents/corpus-files.ts";
import { documentId, readDocument } from "../../src/documents/read-document.ts";
import { MAX_FILE_BYTES, readBytes } from "../../src/documents/read-file.ts";
import { readCorpus } from "../../src/documents/read.ts";
import { UserError } from "../../src/errors.ts";
import { makeDocx, paragraph } from "../fakes/docx.ts";
import { makePdf, write } from "../fakes/pdf.ts";
import { prose } from "./pdf-room.ts";

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
    await expect(readBytes(file!)).rejects.toThrow(/^a\.txt: can't be read/);
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

test("a document's key is its path without the extension", () => {
  expect(documentId("area/report 2.1.pdf")).toBe("area/report 2.1");
});
