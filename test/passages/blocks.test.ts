import { describe, expect, test } from "vitest";
import { readBlocks } from "../../src/passages/blocks.ts";

/** Each block as its kind, number and words. */
function blocks(text: string): string[] {
  return readBlocks(text).map(
    ({ kind, number, spans, join }) =>
      `${kind}${number === null ? "" : ` ${number}`}: ${spans.map(({ start, end }) => text.slice(start, end)).join(join)}`,
  );
}

const LONG = "Leaders of the council listen to children and their families, and they act in good time";

describe("a page break", () => {
  test("does not end a paragraph in the middle of a sentence", () => {
    const whole = [`paragraph: ${LONG}. ${LONG} when children need help.`];
    expect(blocks(`${LONG}. ${LONG} when\n\nchildren need help.\n`)).toEqual(whole);
    expect(blocks(`${LONG}. ${LONG} when\fchildren need help.\n`)).toEqual(whole);
  });

  test("does not end a numbered paragraph whose next number follows", () => {
    const text = `1. ${LONG}.\n\nIt also supports those who have left its care.\n\n2. ${LONG}.\n`;
    expect(blocks(text)).toEqual([
      `paragraph 1: ${LONG}. It also supports those who have left its care.`,
      `paragraph 2: ${LONG}.`,
    ]);
  });

  test("ends it where a heading stands before the next number", () => {
    const text = `1. ${LONG}.\n\nWhat comes next\n\n2. ${LONG}.\n`;
    expect(blocks(text)).toEqual([
      `paragraph 1: ${LONG}.`,
      "heading: What comes next",
      `paragraph 2: ${LONG}.`,
    ]);
  });

  test("goes through a list item only in lower case", () => {
    expect(blocks("- children who\n\nneed help\n- others\n")).toEqual([
      "item: children who need help",
      "item: others",
    ]);
    expect(blocks("- children who need help\n\nOthers do not need it now.\n")).toHaveLength(2);
  });
});

describe("printed numbers", () => {
  test("are those of the longest run from 1; other numbered lines are items", () => {
    const text = `1. Put children first.\n2. Act at once.\n\n1. ${LONG}.\n2. ${LONG}.\n3. ${LONG}.\n`;
    expect(blocks(text).map((block) => block.slice(0, 12))).toEqual([
      "item: Put ch",
      "item: Act at",
      "paragraph 1:",
      "paragraph 2:",
      "paragraph 3:",
    ]);
  });

  test("go on after one that the document leaves out", () => {
    const text = [1, 2, 3, 4, 6, 7].map((number) => `${number}. ${LONG}.`).join("\n");
    expect(readBlocks(text).map(({ number }) => number)).toEqual([1, 2, 3, 4, 6, 7]);
  });

  test("are not those of a table of judgements", () => {
    const text = `1. Children who need help\tGood\n2. Leadership\tGood\n\n1. ${LONG}.\n`;
    expect(blocks(text)).toEqual([
      "row: 1. Children who need help\tGood",
      "row: 2. Leadership\tGood",
      `paragraph 1: ${LONG}.`,
    ]);
  });
});

describe("headings", () => {
  test("are short lines by themselves without a full stop", () => {
    expect(blocks(`${LONG}.\n\nChildren who need help\n\n${LONG}.\n`)[1]).toBe(
      "heading: Children who need help",
    );
    expect(blocks(`${LONG}.\n\nChildren are safe.\n\n${LONG}.\n`)[1]).toBe("paragraph: Children are safe.");
    expect(blocks(`Inspection date: 3 June 2014\n\n${LONG}.\n`)[0]).toBe(
      "paragraph: Inspection date: 3 June 2014",
    );
  });

  test("may be questions above numbered paragraphs", () => {
    const text = `${LONG}.\n\nWhat needs to improve?\n\n1. ${LONG}.\n`;
    expect(blocks(text)[1]).toBe("heading: What needs to improve?");
  });

  test("are only the marked ones in a text that marks them", () => {
    const text = `A report\n\n# Findings\n\n${LONG}.\n\nLead inspector: Ann Lee\n\n## More\n`;
    expect(blocks(text)).toEqual([
      "heading: A report",
      "heading: Findings",
      `paragraph: ${LONG}.`,
      "paragraph: Lead inspector: Ann Lee",
      "heading: More",
    ]);
  });

  test("of the contents are the outer ones", () => {
    const text = `Contents\n\nThe local authority\t3\nLeadership\t5\n\n${LONG}.\n\nThe local authority\n\nIn detail\n\n${LONG}.\n`;
    expect(readBlocks(text).map(({ kind, level }) => [kind, level])).toEqual([
      ["paragraph", null],
      ["heading", 1],
      ["heading", 2],
      ["paragraph", null],
    ]);
  });
});

test("a table of contents is left out", () => {
  const text = `Contents\n\nSummary\t2\nLeadership\t15\n\n${LONG}.\n`;
  expect(blocks(text)).toEqual([`paragraph: ${LONG}.`]);
});

test("the lines of an address are one block, line by line", () => {
  expect(blocks("Piccadilly Gate\nStore Street\nManchester\n")).toEqual([
    "paragraph: Piccadilly Gate\nStore Street\nManchester",
  ]);
});

test("paragraphs broken into lines of one length are put together", () => {
  const hard =
    "Leaders of the council listen to children and to their\nfamilies, and they act in good time when children do need\nhelp from any of the services that the council runs for\nthem, and this has been so for years.\n";
  expect(readBlocks(hard)).toHaveLength(1);
});

test("what web pages leave behind is left out", () => {
  expect(blocks(`${LONG}.\n\nShare this on social media\n\nMore from The Daily\n`)).toEqual([
    `paragraph: ${LONG}.`,
  ]);
});
