import { describe, expect, test } from "vitest";
import { PAGE, type Run, wrap, write } from "../fakes/pdf.ts";
import { blocksOf, prose, read } from "./pdf-room.ts";

/** A paragraph whose lines are cut in two at a page's end. */
function overleaf(text: string, mark?: string): [Run[], Run[]] {
  const x = mark === undefined ? PAGE.x : 99;
  const lines = wrap(text, { x, width: PAGE.width - (x - PAGE.x) });
  const half = lines.findIndex((line, i) => i > 1 && !line.endsWith("."));
  const first = lines.slice(0, half + 1).map((line, i) => ({ text: line, x, y: 700 + i * 14.4 }));
  const marks = mark === undefined ? [] : [{ text: mark, x: PAGE.x, y: 700 }];
  return [
    [...marks, ...first],
    lines.slice(half + 1).map((line, i) => ({ text: line, x, y: 100 + i * 14.4 })),
  ];
}

const at = (text: string, words: string) => text.indexOf(words);

describe("a page's end", () => {
  test("does not end a paragraph in the middle of a sentence", async () => {
    const [first, second] = overleaf(prose(6));
    const { text, pages } = await read(first, second);
    expect(text).toBe(`${prose(6)}\n`);
    expect(pages).toEqual([
      { offset: 0, page: 1 },
      { offset: at(text, second[0]!.text), page: 2 },
    ]);
  });

  test("does not end a numbered paragraph after a full stop", async () => {
    const first = wrap(prose(3), { ...PAGE, width: 424 }).map((text, i) => ({
      text,
      x: 99,
      y: 700 + i * 14.4,
    }));
    const second = write()
      .paragraph(prose(3, 4), { x: 99, width: 424 })
      .paragraph(prose(2, 7), { mark: "8." });
    const { text } = await read([{ text: "7.", x: PAGE.x, y: 700 }, ...first], second);
    expect(text).toBe(`7. ${prose(6)}\n8. ${prose(2, 7)}\n`);
  });

  test("ends a plain paragraph that ends there with a full stop", async () => {
    const { text } = await read(write().paragraph(prose(4)), write().paragraph(prose(4, 5)));
    expect(blocksOf(text)).toEqual([prose(4), prose(4, 5)]);
  });

  test("does not end a list item, and the list goes on", async () => {
    const [first, second] = overleaf(prose(5), "•");
    const { text } = await read(first, write(200, second).paragraph(prose(1, 6), { mark: "•" }));
    expect(text).toBe(`- ${prose(5)}\n- ${prose(1, 6)}\n`);
  });

  test("keeps its footnotes before the paragraph that goes on overleaf", async () => {
    const [first, second] = overleaf(prose(6));
    const note = { text: "A note at the foot of the page.", x: 77, y: 780, size: 10 };
    const mark = { text: "1", x: 71, y: 775, size: 6.5 };
    const { text, pages } = await read([...first, mark, note], second);
    expect(blocksOf(text)).toEqual([`¹ ${note.text}`, prose(6)]);
    expect(pages.map(({ page }) => page)).toEqual([1, 2]);
  });
});

describe("running headers, footers and page numbers", () => {
  const page = (number: number, from: number) =>
    write()
      .runs(
        { text: "Inspection of Anyshire", x: PAGE.x, y: 800, size: 8 },
        { text: String(number), x: 510, y: 800, size: 8 },
      )
      .paragraph(prose(3, from));

  test("are left out, and the printed number is kept", async () => {
    const { text, pages } = await read(page(3, 1), page(4, 4), page(5, 7));
    expect(blocksOf(text)).toEqual([prose(3), prose(3, 4), prose(3, 7)]);
    expect(pages.map(({ page: own, printed }) => [own, printed])).toEqual([
      [1, "3"],
      [2, "4"],
      [3, "5"],
    ]);
  });

  test("Roman figures and `Page 2 of 3` are page numbers, too", async () => {
    const numbers = [
      ["i", "ii", "iii"],
      ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"],
    ];
    for (const own of numbers) {
      const pages = own.map((text, i) =>
        write()
          .runs({ text, x: 300, y: 810 })
          .paragraph(prose(3, i * 3)),
      );
      const { text, pages: found } = await read(...pages);
      expect(text).not.toMatch(/\bi+\b|Page/);
      expect(found.map(({ printed }) => printed)).toEqual(own.map((number) => /\d+|i+/.exec(number)![0]));
    }
  });

  test("a page on which none is printed has none", async () => {
    const { pages } = await read(write().paragraph(prose(3, 20)), page(2, 1), page(3, 4));
    expect(pages.map(({ printed }) => printed)).toEqual([undefined, "2", "3"]);
  });

  test("a heading that stands at the top of a few pages is none", async () => {
    const headed = (from: number) => write(80).heading("Findings").paragraph(prose(3, from));
    const plain = (from: number) => write(80).paragraph(prose(3, from));
    const pages = [headed(1), plain(4), plain(7), headed(10), plain(13), plain(16), plain(19), headed(22)];
    const { text } = await read(...pages);
    expect(text.match(/^(?:# )?Findings$/gm)).toHaveLength(3);
  });
});

describe("footnotes", () => {
  test("raised figures are marks in the text and before the note", async () => {
    const { text } = await read([
      { text: "Nine live in residential schools,", x: PAGE.x, y: 100 },
      { text: "12", x: 235.5, y: 95, size: 8 },
      { text: "all of them outside the area.", x: 249, y: 100 },
      ...write(150).paragraph(prose(2)).page,
      { text: "12", x: PAGE.x, y: 755, size: 6.5 },
      { text: "These schools look after children for at most 295 days", x: 80, y: 760, size: 10 },
      { text: "in a year.", x: PAGE.x, y: 772, size: 10 },
    ]);
    expect(blocksOf(text)).toEqual([
      "Nine live in residential schools,¹² all of them outside the area.",
      prose(2),
      "¹² These schools look after children for at most 295 days in a year.",
    ]);
  });

  test("raised letters stay letters", async () => {
    const { text } = await read([
      { text: "On the 25", x: PAGE.x, y: 100 },
      { text: "th", x: 123, y: 95, size: 8 },
      { text: "of June the council met in public.", x: 134, y: 100 },
    ]);
    expect(text).toBe("On the 25th of June the council met in public.\n");
  });
});
