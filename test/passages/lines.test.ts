import { describe, expect, test } from "vitest";
import { pieces, slicePieces, textOf } from "../../src/passages/markup.ts";
import { readLines } from "../../src/passages/lines.ts";

const line = (text: string) => {
  const [only, ...more] = readLines(text);
  expect(more).toEqual([]);
  return { ...only!, own: text.slice(only!.span.start, only!.span.end) };
};

describe("a line", () => {
  test.each([
    ["Children are safe.", "text", "Children are safe."],
    ["105. Children are safe.", "numbered", "Children are safe."],
    ["- Children are safe.", "bullet", "Children are safe."],
    ["• Children are safe.", "bullet", "Children are safe."],
    ["## What needs to improve", "heading", "What needs to improve"],
    ["¹² Ofsted produces this report.", "footnote", "¹² Ofsted produces this report."],
    ["Leaders\tGood", "row", "Leaders\tGood"],
    ["1. Leaders\tGood", "row", "1. Leaders\tGood"],
    ["<p>Children are safe.</p>", "text", "Children are safe."],
    ["  Children are safe.\t", "text", "Children are safe."],
    ["2014. That year", "text", "2014. That year"],
    ["-5 degrees", "text", "-5 degrees"],
  ])("%s is %s", (text, kind, own) => {
    expect(line(text)).toMatchObject({ kind, own });
  });

  test("keeps its number, its heading's level and how deep it stands", () => {
    expect(line("  - nested")).toMatchObject({ indent: 2, number: null, level: null });
    expect(line("105. Words").number).toBe(105);
    expect(line("### Words").level).toBe(3);
    expect(line("- 3. Words")).toMatchObject({ kind: "numbered", number: 3 });
  });
});

test("blank lines, page breaks and the text's begin stand before lines", () => {
  const text = "One\nTwo\n\nThree\fFour\n \nFive";
  const own = readLines(text).map(({ span, afterBlank }) => [text.slice(span.start, span.end), afterBlank]);
  expect(own).toEqual([
    ["One", true],
    ["Two", false],
    ["Three", true],
    ["Four", true],
    ["Five", true],
  ]);
});

describe("markup", () => {
  const text = "The service is <u>good</u> and **safe**, they say.";
  const parts = pieces(text, { start: 0, end: text.length }, "");

  test("is left out of what is shown, and each piece points at its source", () => {
    expect(textOf(text, parts)).toBe("The service is good and safe, they say.");
    for (const { start, end } of parts) expect(text.slice(start, end)).not.toMatch(/[<*]/);
  });

  test("does not stand in the way of any slice of what is shown", () => {
    const shown = textOf(text, parts);
    for (let from = 0; from < shown.length; from++) {
      for (let to = from + 1; to <= shown.length; to++) {
        expect(textOf(text, slicePieces(text, parts, from, to)).trim()).toBe(shown.slice(from, to).trim());
      }
    }
  });

  test("a slice over a page break keeps what joins its pieces", () => {
    const broken = "It goes\n\non and on.";
    const joined = [
      ...pieces(broken, { start: 0, end: 7 }, ""),
      ...pieces(broken, { start: 9, end: 19 }, " "),
    ];
    expect(textOf(broken, joined)).toBe("It goes on and on.");
    expect(textOf(broken, slicePieces(broken, joined, 3, 10))).toBe("goes on");
  });
});
