import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Config, readConfig } from "../../src/config.ts";
import { UserError } from "../../src/errors.ts";
import { cut, inspectFile } from "../../src/indexing/inspect.ts";
import { splitDocument } from "../../src/passages/split.ts";
import { prose } from "../documents/pdf-room.ts";
import { CORPUS, OLD_REPORT, textDocument } from "../fakes/corpus.ts";
import { makePdf, write } from "../fakes/pdf.ts";
import { temporaryFolder } from "../index/room.ts";

let config: Config;
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  config = readConfig({ CORPUS_DIR: join(folder, "corpus"), INDEX_DIR: join(folder, "index") });
  await mkdir(join(config.corpusDir, "area"), { recursive: true });
  await writeFile(join(config.corpusDir, "area/report.txt"), OLD_REPORT.text);
  await writeFile(join(folder, "new.pdf"), makePdf([write().paragraph(prose(3), { mark: "1." }).page]));
});

const ODD = textDocument(
  "odd",
  "Title of the report\n\nContents\nSection 1\t3\nSection 2\t9\n\n# Section 1\n\n1. First words are here.\n\n3. Third words are here.\n\n3. Again, words.\n",
);

test("the stretches are the whole text, in order, with the words of every passage in them", () => {
  for (const document of [...CORPUS, ODD]) {
    const passages = splitDocument(document);
    const stretches = cut(document, passages);
    expect(stretches.map(({ start, end }) => document.text.slice(start, end)).join("")).toBe(document.text);
    for (const passage of passages) {
      const own = stretches.filter((stretch) => stretch.kind === "passage" && stretch.passage === passage);
      expect(own.map(({ start, end }) => ({ start, end }))).toEqual(
        passage.pieces.map(({ start, end }) => ({ start, end })),
      );
    }
  }
});

test("lines are told apart: quoted, lead-in, heading, left out, and mere marks", () => {
  const kinds = cut(OLD_REPORT, splitDocument(OLD_REPORT))
    .filter(({ kind }) => kind !== "passage" && kind !== "mark")
    .map(({ kind, start, end }) => `${kind}: ${OLD_REPORT.text.slice(start, end).trim()}`);
  expect(kinds).toMatchInlineSnapshot(`
    [
      "out: Fenmere Council",
      "leadIn: The judgements are:",
      "heading: Help and protection",
      "heading: Areas for improvement",
    ]
  `);
  const out = cut(ODD, splitDocument(ODD)).filter(({ kind }) => kind === "out");
  expect(out.map(({ start, end }) => ODD.text.slice(start, end))).toMatchInlineSnapshot(`
    [
      "Contents
    ",
    ]
  `);
});

describe("a file is found", () => {
  test("by its path in the corpus, with what sources.json says of it", async () => {
    const sources = { documents: { "area/report.txt": { published: "2014-08-08" } } };
    await writeFile(join(config.corpusDir, "sources.json"), JSON.stringify(sources));
    const { document, passages, findings } = await inspectFile("area/report.txt", config);
    expect(document.info).toMatchObject({ id: "area/report", published: "2014-08-08" });
    expect(passages.length).toBeGreaterThan(5);
    expect(findings).toContain("Not found in the file: publisher. sources.json can say it.");
  });

  test("by its path in the file system, inside the corpus or not in it yet", async () => {
    const inside = await inspectFile(join(config.corpusDir, "area/report.txt"), config);
    expect(inside.document.info.file).toBe("area/report.txt");
    const outside = await inspectFile(join(folder, "new.pdf"), config);
    expect(outside.document.info.file).toBe("new.pdf");
    expect(outside.document.pages).toHaveLength(1);
  });

  test("or refused by name: one that isn't there, a folder, a link", async () => {
    await symlink("/etc/hostname", join(folder, "link.txt"));
    for (const [file, message] of [
      ["nowhere.txt", /^nowhere\.txt: there is no such file, neither here nor in /],
      [config.corpusDir, /: is not a regular file|not a format/],
      [join(folder, "link.txt"), /^link\.txt: is a symbolic link/],
    ] as const) {
      const refused = inspectFile(file, config);
      await expect(refused).rejects.toThrow(UserError);
      await expect(refused).rejects.toThrow(message);
    }
  });
});

test("what looks like a mistake is told", async () => {
  const long = `${"Many words are in this. ".repeat(150)}\n`;
  const numbered = [1, 2, 3, 4, 6].map((number) => `${number}. Words of number ${number}.\n\n`).join("");
  await writeFile(
    join(config.corpusDir, "odd.txt"),
    `Title of it\n\n${numbered}${long}\nBad sign \ufffd in it.\n\nNumbers\n`,
  );
  const { findings } = await inspectFile("odd.txt", config);
  expect(findings).toMatchInlineSnapshot(`
    [
      "Not found in the file: publisher, published. sources.json can say it.",
      "Printed numbers run to 6, without 5.",
      "“Many words are in this. Many words are i…” has 3599 characters: are several paragraphs taken for one?",
      "“Bad sign � in it.…” holds signs that could not be decoded.",
      "2 lines are in no passage, and marked as not quoted.",
    ]
  `);
});
