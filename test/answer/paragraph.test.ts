import { beforeAll, describe, expect, test } from "vitest";
import { paragraphAround, paragraphByNumber, paragraphStarts } from "../../src/answer/paragraph.ts";
import { isProved } from "../../src/answer/verify.ts";
import { buildIndex } from "../../src/index/build.ts";
import type { OpenIndex } from "../../src/index/open-index.ts";
import type { Quote } from "../../src/types.ts";
import { CORPUS, textDocument } from "../fakes/corpus.ts";
import { fakeEncoder } from "../fakes/encoder.ts";

const LISTS = textDocument(
  "lists",
  `A leaflet about homes

The board runs four homes.

1. The board must do two things:

- train its staff, in these fields:
  - safety
  - law
- write to all parents.

These are far away:

- Ely
- March

2. The homes are small. They have gardens.¹

¹ One garden is a yard.

3. The homes are old.
`,
);

let index: OpenIndex;
beforeAll(async () => {
  index = await buildIndex([...CORPUS, LISTS], fakeEncoder());
});
const idOf = (words: string): string => index.passages.find(({ text }) => text.includes(words))!.id;
const words = (quotes: readonly Quote[]): string[] => quotes.map(({ text }) => text);

describe("the paragraph around a passage", () => {
  test("stands between its neighbours; a document's ends have none beyond", () => {
    const { before, itself, after } = paragraphAround(idOf("now has enough staff"), index)!;
    expect(before).toEqual([]);
    expect(itself.map(({ paragraph }) => paragraph)).toEqual(["1"]);
    expect(words(after)).toEqual(["In March 2019, 38% of care leavers were NEET."]);
    expect(paragraphAround(idOf("In March 2019"), index)!.after).toEqual([]);
  });

  test("is the whole list for any of its items, with the numbered sentence that introduces it", () => {
    const list = ["The board must do two things:", "safety", "law", "write to all parents."];
    for (const item of ["safety", "law", "two things", "write to all"]) {
      const { before, itself, after } = paragraphAround(idOf(item), index)!;
      expect(words(itself)).toEqual(list);
      expect(itself[0]!.paragraph).toBe("1");
      expect(words(before)).toEqual(["The board runs four homes."]);
      expect(words(after)).toEqual(["Ely", "March"]);
    }
    expect(words(paragraphAround(idOf("Oxbridge"), index)!.itself)).toEqual([
      "Fenmere",
      "Oxbridge",
      "Wexcombe",
    ]);
  });

  test("skips footnotes, which are shown with their passage, and is a footnote for a footnote", () => {
    const { itself, after } = paragraphAround(idOf("They have gardens"), index)!;
    expect(itself[0]!.notes).toEqual(["¹ One garden is a yard."]);
    expect(words(after)).toEqual(["The homes are old."]);
    expect(words(paragraphAround(idOf("One garden is"), index)!.itself)).toEqual(["¹ One garden is a yard."]);
  });

  test("is there for every passage, and every quotation is proved", () => {
    for (const { id } of index.passages) {
      const { before, itself, after } = paragraphAround(id, index)!;
      expect(itself.map(({ passage }) => passage)).toContain(id);
      for (const quote of [...before, ...itself, ...after])
        expect(isProved(index.documents.get(quote.document)!, quote.text, quote.pieces)).toBe(true);
    }
  });

  test("is null for a passage that is not there", () => {
    expect(paragraphAround("report-2014#999", index)).toBe(null);
  });
});

describe("a paragraph by its number", () => {
  test("is the one with the printed number, with its list", () => {
    expect(words(paragraphByNumber("report-2014", " 2 ", index))[0]).toContain("62%");
    expect(paragraphByNumber("lists", "1", index)).toHaveLength(4);
    expect(paragraphByNumber("lists", "9", index)).toEqual([]);
  });

  test("is chosen by its first words where no number is printed", () => {
    const starts = paragraphStarts("story-2013", index);
    expect(starts[0]).toEqual({ number: "#0", text: "Fenmere warned over child protection" });
    for (const { number, text } of starts)
      expect(words(paragraphByNumber("story-2013", number, index)).join()).toContain(text);
    expect(paragraphByNumber("story-2013", "#999", index)).toEqual([]);
  });

  test("stands in a list of all numbers, where numbers are printed", () => {
    expect(paragraphStarts("lists", index).map(({ number }) => number)).toEqual(["1", "2", "3"]);
    expect(paragraphStarts("nothing", index)).toEqual([]);
  });
});
