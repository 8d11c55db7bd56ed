import { describe, expect, test } from "vitest";
import { makePdf, PAGE, WIDTH, wrap, write } from "../fakes/pdf.ts";
import { blocksOf, prose, read } from "./pdf-room.ts";

describe("paragraphs", () => {
  test("the lines of a paragraph are one line of the text, and white space ends it", async () => {
    const { text } = await read(write().paragraph(prose(4)).paragraph(prose(3, 5)));
    expect(blocksOf(text)).toEqual([prose(4), prose(3, 5)]);
  });

  test("a line left short after a full stop ends its paragraph, too", async () => {
    const [first, second] = ["Leaders act in good time.", "Children are safe and their plans are good."];
    const { text } = await read([
      ...write().paragraph(prose(3)).page,
      { text: first!, x: PAGE.x, y: 300 },
      { text: second!, x: PAGE.x, y: 314.4 },
    ]);
    expect(blocksOf(text)).toEqual([prose(3), first, second]);
  });

  test("the lines of an address stay lines", async () => {
    const lines = ["Piccadilly Gate", "Store Street", "Manchester", "M1 2WD"];
    const { text } = await read([
      ...write().paragraph(prose(3)).page,
      ...lines.map((line, i) => ({ text: line, x: PAGE.x, y: 300 + i * 14.4 })),
    ]);
    expect(blocksOf(text)[1]).toBe(lines.join("\n"));
  });

  test("words painted one by one are put together with single spaces", async () => {
    const runs = "Children who  need help are seen alone.".split(/ +/).map((word, i, words) => ({
      text: word,
      x: PAGE.x + words.slice(0, i).join(" ").length * 6 + (i > 0 ? 6 : 0),
      y: 100,
    }));
    const { text } = await read(runs);
    expect(text).toBe("Children who need help are seen alone.\n");
  });

  test("a justified line's wide word spaces make no table of it", async () => {
    const justified = (line: string, y: number) => {
      const words = line.split(" ");
      const letters = words.join("").length * 6;
      const gap = (PAGE.width - letters) / (words.length - 1);
      let x = PAGE.x;
      return words.map((text) => {
        const run = { text, x, y };
        x += text.length * 6 + gap;
        return run;
      });
    };
    const lines = wrap(prose(4), { ...PAGE, width: 400 });
    const { text } = await read(lines.flatMap((line, i) => justified(line, 100 + i * 14.4)));
    expect(text).toBe(`${prose(4)}\n`);
  });

  test("text that runs upwards is a watermark and left out", async () => {
    const { text } = await read([
      ...write().paragraph(prose(2)).page,
      { text: "DRAFT ONLY", x: 300, y: 500, turned: true },
    ]);
    expect(text).not.toContain("DRAFT");
  });
});

describe("numbered paragraphs", () => {
  test("keep their printed numbers", async () => {
    const { text } = await read(
      write().paragraph(prose(2), { mark: "1." }).paragraph(prose(3, 3), { mark: "2." }),
    );
    expect(text).toBe(`1. ${prose(2)}\n2. ${prose(3, 3)}\n`);
  });

  test("a number that begins a line within a sentence is not one", async () => {
    const [first, second] = [
      `${prose(1)} Many of them stay until they reach the age of`,
      "25. Most of them work.",
    ];
    const lines = wrap(first!, { ...PAGE, x: 99, width: 424 });
    const { text } = await read([
      { text: "24.", x: PAGE.x, y: 100 },
      ...[...lines, second!].map((line, i) => ({ text: line, x: 99, y: 100 + i * 14.4 })),
      { text: "25.", x: PAGE.x, y: 200 },
      { text: "Leaders listen.", x: 99, y: 200 },
    ]);
    expect(text).toBe(`24. ${first} ${second}\n25. Leaders listen.\n`);
  });

  test("a number painted close to its words is told from them", async () => {
    const { text } = await read([
      { text: "100.", x: 75, y: 100, bold: true },
      { text: "Leaders listen to children.", x: 99, y: 100 },
    ]);
    expect(text).toBe("100. Leaders listen to children.\n");
  });
});

describe("headings", () => {
  test("are told by size and weight, the largest outermost", async () => {
    const { text } = await read(
      write()
        .runs({ text: "Anyshire County Council", x: PAGE.x, y: 60, size: 26 })
        .paragraph(prose(3))
        .heading("The local authority", 16)
        .heading("What needs to improve?", 14)
        .paragraph(prose(3, 4))
        .heading("Leadership")
        .paragraph(prose(2, 7)),
    );
    expect(blocksOf(text)).toEqual([
      "Anyshire County Council",
      prose(3),
      "# The local authority",
      "## What needs to improve?",
      prose(3, 4),
      "## Leadership",
      prose(2, 7),
    ]);
  });

  test("a heading of two lines is one", async () => {
    const { text } = await read(
      write()
        .paragraph(prose(3))
        .paragraph(
          "The experiences and progress of children who need help and protection: requires improvement",
          {
            bold: true,
            size: 14,
          },
        )
        .paragraph(prose(2, 4)),
    );
    expect(blocksOf(text)[1]).toBe(
      "# The experiences and progress of children who need help and protection: requires improvement",
    );
  });

  test("bold sentences, lead-ins and labelled fields are none", async () => {
    const bold = [
      "The service is good.",
      "The council must:",
      "Inspection dates: 8 July 2019 to 19 July 2019",
    ];
    let page = write().paragraph(prose(3));
    for (const text of bold) page = page.paragraph(text, { bold: true });
    const { text } = await read(page.paragraph(prose(2, 4)));
    expect(blocksOf(text).slice(1, 4)).toEqual(bold);
  });
});

test("two columns are read one after the other, and a paragraph goes on from one to the next", async () => {
  const left = { x: 71, width: 210 };
  const right = { x: 313, width: 210 };
  const lines = wrap(prose(12), left);
  const half = Math.ceil(lines.length / 2);
  const column = (own: readonly string[], x: number) =>
    own.map((text, i) => ({ text, x, y: 200 + i * 14.4 }));
  const { text } = await read([
    ...write().paragraph(prose(3, 30)).page,
    ...column(lines.slice(0, half), left.x),
    ...column(lines.slice(half), right.x),
  ]);
  expect(blocksOf(text)).toEqual([prose(3, 30), prose(12)]);
  expect(right.x + right.width).toBeLessThan(WIDTH);
});

test("the bytes that a test PDF is made of are a PDF", () => {
  expect(Buffer.from(makePdf([[]])).toString("latin1")).toMatch(/^%PDF-1\.4\n[^]*%%EOF\n$/);
});
