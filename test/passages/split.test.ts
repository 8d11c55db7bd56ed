import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";
import { readCorpus } from "../../src/documents/read.ts";
import { textOf } from "../../src/passages/markup.ts";
import { splitDocument } from "../../src/passages/split.ts";
import type { Document, Passage } from "../../src/types.ts";

const LONG = "Leaders of the council listen to children and their families, and they act in good time";

function split(text: string, pages: Document["pages"] = []): Passage[] {
  return splitDocument({ info: { id: "d", file: "d.txt", title: "D", sha256: "" }, text, pages });
}

describe("what introduces a list", () => {
  const passages = split(`${LONG}.\n\nThe council should:\n\n- act at once\n- listen\n\n${LONG}.\n`);

  test("is the lead-in of its items and no passage of its own", () => {
    expect(passages.map(({ text }) => text)).toEqual([`${LONG}.`, "act at once", "listen", `${LONG}.`]);
    expect(passages.map(({ leadIn }) => leadIn?.text)).toEqual([
      undefined,
      "The council should:",
      "The council should:",
      undefined,
    ]);
  });

  test("ties the items together", () => {
    expect(passages[1]?.list).toBe(passages[2]?.list);
    expect(passages[0]?.list).toBeUndefined();
  });

  test("may itself be an item, for the items inside it", () => {
    const nested = split(
      "- Of this number:\n  - 138 live outside the area\n  - 46 do not.\n- They are safe.\n",
    );
    expect(nested.map(({ text, leadIn }) => [text, leadIn?.text])).toEqual([
      ["138 live outside the area", "Of this number:"],
      ["46 do not.", "Of this number:"],
      ["They are safe.", undefined],
    ]);
  });

  test("is quoted where it says more than that", () => {
    const passages_ = split("The service is good. The council should still:\n\n- act at once\n");
    expect(passages_[0]?.text).toBe("The service is good. The council should still:");
  });
});

describe("a table of judgements", () => {
  test("is rows, not paragraphs", () => {
    const passages = split(
      `The judgements are:\n\n1. Children who need help\tGood\n2. Leadership\tGood\n\n1. ${LONG}.\n`,
    );
    expect(passages.map(({ kind, paragraph }) => [kind, paragraph])).toEqual([
      ["row", null],
      ["row", null],
      ["paragraph", "1"],
    ]);
  });

  test("has its first row as lead-in where that names the columns", () => {
    const [first, second] = split("Judgement\tGrade\nLeaders\tGood\nCare leavers\tRequires improvement\n");
    expect(first).toMatchObject({ text: "Leaders\tGood", leadIn: { text: "Judgement\tGrade" } });
    expect(second?.list).toBe(first?.list);
  });

  test("loses no row where none names the columns", () => {
    const passages = split("Children’s services are good\n1. Help\tRequires improvement\n2. Care\tGood\n");
    expect(passages.map(({ text }) => text)).toEqual([
      "Children’s services are good",
      "1. Help\tRequires improvement",
      "2. Care\tGood",
    ]);
  });
});

test("footnotes are tied to the passages that carry their marks, and do not end a list", () => {
  const passages = split(`They should:\n\n- visit schools³\n\n³ At most 295 days.\n\n- listen\n`);
  expect(passages.map(({ kind, footnotes }) => [kind, footnotes])).toEqual([
    ["item", ["d#1"]],
    ["footnote", undefined],
    ["item", undefined],
  ]);
  expect(passages[2]?.leadIn?.text).toBe("They should:");
});

test("a passage's section is the headings above it, and a heading that says something is one itself", () => {
  const passages = split(
    `# Findings\n\n## Leaders\n\n${LONG}.\n\n## Care leavers are safe\n\n${LONG}.\n\n# More\n\n${LONG}.\n`,
  );
  expect(passages.map(({ kind, section }) => [kind, ...section])).toEqual([
    ["paragraph", "Findings", "Leaders"],
    ["heading", "Findings", "Leaders"],
    ["paragraph", "Findings", "Care leavers are safe"],
    ["paragraph", "More"],
  ]);
});

test("a passage's page is where it begins", () => {
  const text = `${LONG}.\n\n${LONG} when children need it.\n\n${LONG}.\n`;
  const second = LONG.length + 3;
  const pages = [
    { offset: 0, page: 4, printed: "2" },
    { offset: second + 30, page: 5, printed: "3" },
  ];
  expect(split(text, pages).map(({ page }) => page)).toEqual([4, 4, 5]);
  expect(split(text).map(({ page }) => page)).toEqual([null, null, null]);
});

test("markup is not shown, but proved around", () => {
  const [only] = split("The service is <u>good</u>, **they** say.\n");
  expect(only?.text).toBe("The service is good, they say.");
  expect(only?.pieces).toHaveLength(5);
});

describe("the shipped corpus", async () => {
  const { documents, failures } = await readCorpus(resolve(PROJECT_DIR, "corpus"));
  const passages = documents.flatMap((document) =>
    splitDocument(document).map((passage) => ({ document, passage })),
  );

  test("is read whole", () => {
    expect(failures).toEqual([]);
    expect(documents).toHaveLength(5);
    expect(passages.length).toBeGreaterThan(300);
  });

  test("every passage and lead-in is proved: its pieces of the source are its text", () => {
    for (const { document, passage } of passages) {
      expect(textOf(document.text, passage.pieces)).toBe(passage.text);
      if (passage.leadIn) expect(textOf(document.text, passage.leadIn.pieces)).toBe(passage.leadIn.text);
    }
  });

  test("the report of 2014 has its 158 printed paragraphs, in order", () => {
    const numbers = passages
      .filter(
        ({ document, passage }) => document.info.id === "ofsted-report-2014" && passage.paragraph !== null,
      )
      .map(({ passage }) => Number(passage.paragraph));
    expect(numbers).toEqual(Array.from({ length: 158 }, (_, i) => i + 1));
  });

  test("ids are unique, ordinals count each document's passages, and no passage is empty", () => {
    expect(new Set(passages.map(({ passage }) => passage.id)).size).toBe(passages.length);
    for (const { info } of documents) {
      const own = passages.filter(({ document }) => document.info.id === info.id);
      expect(own.map(({ passage }) => passage.ordinal)).toEqual(own.map((_, i) => i));
    }
    for (const { passage } of passages) expect(passage.text).toMatch(/[\p{L}\d]/u);
  });

  test("no table of contents and no stray markup is left", () => {
    for (const { passage } of passages) {
      expect(passage.text).not.toMatch(/\t\d{1,3}$|<\/?[a-z]+>|\*\*/);
    }
  });
});
