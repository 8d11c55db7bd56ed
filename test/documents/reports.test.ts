// The publisher's own reports, where they lie beside the project: read as the index reads them. The
// sample's 60 paragraphs were compared with the printed pages by eye; `REPORTS=all` reads every report.

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";
import { openIsolation } from "../../src/documents/isolated.ts";
import { listCorpus } from "../../src/documents/corpus-files.ts";
import { readDocument } from "../../src/documents/read-document.ts";
import { UserError } from "../../src/errors.ts";
import { readBlocks } from "../../src/passages/blocks.ts";
import { textOf } from "../../src/passages/markup.ts";
import { splitDocument } from "../../src/passages/split.ts";
import type { Document, Passage } from "../../src/types.ts";

const REPORTS = resolve(PROJECT_DIR, "../shared/reports");
const ALL = process.env["REPORTS"] === "all";

interface Expected {
  /** Path without `.pdf`. */
  readonly report: string;
  readonly paragraph: number;
  readonly page: number;
  readonly printed: string;
  /** Its first five words. */
  readonly words: string;
}

const SAMPLE = JSON.parse(
  readFileSync(resolve(PROJECT_DIR, "test/documents/reports.sample.json"), "utf8"),
) as readonly Expected[];

interface Read {
  readonly document: Document;
  readonly passages: readonly Passage[];
  /** Printed paragraph numbers, in order of the text. */
  readonly numbers: readonly number[];
}

const GRADE = /\t(?:outstanding|good|requires? improvement|inadequate|adequate)\b/i;

/** Numbers behind which their report prints nothing. */
const EMPTY: Readonly<Record<string, readonly number[]>> = {
  "80517_waltham forest/children's services inspection - 20 january 2015": [89],
};

/** Whether a report's paragraphs are numbered 1, 2, 3, … to the last that is printed. */
function isComplete({ document, numbers }: Read): boolean {
  const all = [...numbers, ...(EMPTY[document.info.id] ?? [])].toSorted((a, b) => a - b);
  const next = new RegExp(`^${all.length + 1}\\. `, "m");
  const isOrdered = numbers.every((number, i) => i === 0 || number > numbers[i - 1]!);
  return isOrdered && all.every((number, i) => number === i + 1) && !next.test(document.text);
}

test.skipIf(existsSync(REPORTS))("the reports are not here", (context) => {
  context.skip("../shared/reports is absent: none was read");
});

describe.skipIf(!existsSync(REPORTS))(`${ALL ? "all" : "a sample of the"} reports`, () => {
  const read = new Map<string, Read>();
  const failures = new Map<string, string>();

  beforeAll(async () => {
    const wanted = new Set(SAMPLE.map(({ report }) => `${report}.pdf`));
    const { files } = await listCorpus(REPORTS);
    const isolation = openIsolation();
    try {
      for (const source of files.filter(({ file }) => ALL || wanted.has(file))) {
        const document = await readDocument(source, new Map(), isolation).catch((error: unknown) => error);
        if (document instanceof UserError) failures.set(source.file, document.message);
        else if (document instanceof Error) throw document;
        else {
          const own = document as Document;
          const numbers = readBlocks(own.text).flatMap(({ number }) => number ?? []);
          read.set(own.info.id, { document: own, passages: splitDocument(own), numbers });
        }
      }
    } finally {
      isolation.close();
    }
  }, 600_000);

  test("are read; a web page under a PDF's name is refused as that", () => {
    expect(read.size).toBe(ALL ? 234 : 30);
    expect(
      [...failures.values()].filter((message) => !message.includes("web page under a PDF's name")),
    ).toEqual([]);
    expect(failures.size).toBe(ALL ? 1 : 0);
  });

  test.each(SAMPLE)("$report, paragraph $paragraph stands on page $page", (expected) => {
    const { document, passages } = read.get(expected.report)!;
    const passage = passages.find(({ paragraph }) => paragraph === String(expected.paragraph));
    expect(passage?.text.split(/\s+/).slice(0, 5).join(" ")).toBe(expected.words);
    expect(passage?.page).toBe(expected.page);
    expect(document.pages.find(({ page }) => page === expected.page)?.printed).toBe(expected.printed);
  });

  test("have their numbered paragraphs in order, without gaps", () => {
    const numbered = [...read].filter(([, { numbers }]) => numbers.length >= 10);
    const broken = numbered.filter(([, own]) => !isComplete(own)).map(([report]) => report);
    expect(numbered.length).toBeGreaterThanOrEqual(ALL ? 230 : 30);
    expect(broken.length / numbered.length, broken.join("\n")).toBeLessThanOrEqual(0.03);
  });

  test("have their judgements as rows of criterion and grade", () => {
    const without = [...read].filter(
      ([, { passages }]) =>
        passages.filter(({ kind, text }) => kind === "row" && GRADE.test(text)).length < 4,
    );
    expect(without.length / read.size, without.map(([report]) => report).join("\n")).toBeLessThanOrEqual(
      0.02,
    );
  });

  test("say what they are, where and when the inspection was", () => {
    for (const [report, { document }] of read) {
      expect(document.info, report).toMatchObject({ publisher: "Ofsted", kind: "inspection report" });
      expect(document.info.title, report).not.toBe(report);
    }
    const known = (key: "authority" | "inspected") =>
      [...read.values()].filter(({ document }) => document.info[key] !== undefined).length;
    expect(known("authority")).toBeGreaterThanOrEqual(read.size * 0.99);
    expect(known("inspected")).toBeGreaterThanOrEqual(read.size * 0.99);
  });

  test("have no table of contents, page number or running footer among their passages", () => {
    for (const [report, { passages }] of read) {
      for (const { text } of passages) {
        expect(text, report).not.toMatch(/\t\d{1,3}$|^\d{1,3}$|^Inspection of .* services \d{1,2} /);
      }
    }
  });

  test("are proved, passage for passage", () => {
    for (const { document, passages } of read.values()) {
      expect(passages.length).toBeGreaterThan(40);
      for (const { text, pieces } of passages) {
        if (textOf(document.text, pieces) !== text) expect(textOf(document.text, pieces)).toBe(text);
      }
    }
  });
});
