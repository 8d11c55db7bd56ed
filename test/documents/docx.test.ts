import { describe, expect, test } from "vitest";
import { readDocx } from "../../src/documents/docx.ts";
import { MAX_ENTRIES, readZip } from "../../src/documents/zip.ts";
import { UserError } from "../../src/errors.ts";
import { makeDocx, makeZip, paragraph, table } from "../fakes/docx.ts";

const read = async (...args: Parameters<typeof makeDocx>) =>
  (await readDocx(makeDocx(...args), "a.docx")).text;

describe("a Word file's text", () => {
  test("has paragraphs, headings by their style, and tables as rows", async () => {
    const text = await read([
      paragraph("Anyshire County Council"),
      paragraph("What needs to improve", { style: "Heading1" }),
      paragraph("Leaders & staff listen to children."),
      paragraph("In detail", { style: "Heading2" }),
      table([
        ["Judgement", "Grade"],
        ["Leaders", "Good"],
      ]),
      paragraph("Children are safe."),
    ]);
    expect(text).toBe(
      "Anyshire County Council\n\n# What needs to improve\n\nLeaders & staff listen to children.\n\n" +
        "## In detail\n\nJudgement\tGrade\nLeaders\tGood\n\nChildren are safe.\n",
    );
  });

  test("has lists, one inside the other", async () => {
    const text = await read([
      paragraph("The council must:"),
      paragraph("act", { list: 1 }),
      paragraph("at once", { list: 1, level: 1 }),
      paragraph("listen", { list: 1 }),
    ]);
    expect(text).toBe("The council must:\n\n- act\n  - at once\n- listen\n");
  });

  test("has the numbers of numbered paragraphs, counted over headings", async () => {
    const body = [
      paragraph("First.", { list: 2 }),
      paragraph("Second.", { list: 2 }),
      paragraph("Leadership", { style: "Heading1" }),
      paragraph("Third.", { list: 2 }),
    ];
    expect(await read(body)).toBe("1. First.\n\n2. Second.\n\n# Leadership\n\n3. Third.\n");
  });

  test("has no numbers where a list may begin anew, since they are not known then", async () => {
    const body = [paragraph("First.", { list: 2 }), paragraph("Again.", { list: 2 })];
    expect(await read(body, { restarts: true })).toBe("- First.\n- Again.\n");
  });

  test("has footnotes with their marks", async () => {
    const text = await read([paragraph("Nine live in schools", { note: 2 }), paragraph("Ten do not.")], {
      footnotes: { 2: "For at most 295 days." },
    });
    expect(text).toBe("Nine live in schools¹\n\nTen do not.\n\n¹ For at most 295 days.\n");
  });
});

describe("a Word file that is refused is named:", () => {
  const zeros = Buffer.alloc(30 * 1024 * 1024);
  const cases: Record<string, [Uint8Array, RegExp]> = {
    "an old one": [
      Buffer.from("d0cf11e0a1b11ae10000", "hex"),
      /old Word file or one protected by a password/,
    ],
    "no zip file": [Buffer.from("PK hello"), /damaged/],
    "a cut one": [makeDocx([paragraph("Hello.")]).subarray(0, 700), /damaged/],
    "another zip file": [makeZip([{ name: "a.txt", content: "a" }]), /is not a Word file/],
    "one whose entry unpacks to far more than it packs": [
      makeZip([{ name: "word/document.xml", content: zeros }]),
      /document\.xml unpacks to over 200 times its size/,
    ],
    "one that lies about it": [
      makeZip([{ name: "word/document.xml", content: zeros, claims: 10 }]),
      /document\.xml unpacks to over 200 times its size/,
    ],
    "another format under its name": [Buffer.from("%PDF-1.7"), /is not a Word file\. Give it the ending/],
    "one of too many entries": [
      makeZip(Array.from({ length: MAX_ENTRIES + 1 }, (_, i) => ({ name: `${i}`, content: "" }))),
      /2001 files inside it are over the limit of 2000/,
    ],
    "one whose document is no XML": [
      makeZip([
        { name: "[Content_Types].xml", content: "<Types/>" },
        { name: "word/document.xml", content: "hello <" },
      ]),
      /damaged/,
    ],
  };
  test.each(Object.entries(cases))("%s", async (_, [bytes, message]) => {
    const failure = await readDocx(bytes, "a/b.docx").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toMatch(message);
    expect((failure as UserError).message).toMatch(/^a\/b\.docx: /);
  });
});

test("all entries of a zip file together are held to the limit", () => {
  const entries = ["a", "b", "c"].map((name) => ({ name, content: "x".repeat(1000) }));
  expect(readZip(makeZip(entries), "a.zip", ["b"]).get("b")?.length).toBe(1000);
  expect(() => readZip(makeZip(entries), "a.zip", [], 2500)).toThrow(/^a\.zip: it unpacks to over/);
});
