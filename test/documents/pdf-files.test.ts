import { describe, expect, test } from "vitest";
import { MAX_PAGE_ITEMS, MAX_PAGES } from "../../src/documents/pdf-items.ts";
import { readPdf } from "../../src/documents/pdf.ts";
import { UserError } from "../../src/errors.ts";
import { makePdf, write } from "../fakes/pdf.ts";
import { prose, read } from "./pdf-room.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a file that is refused is named, with the remedy:", () => {
  const cases: Record<string, [Uint8Array, RegExp]> = {
    "pages without text": [makePdf([[], [], []]), /pictures of its 3 pages but no text.*ocrmypdf/],
    "a stamp on scanned pages": [
      makePdf([[{ text: "Received", x: 400, y: 50 }], [], [], []]),
      /it was probably scanned/,
    ],
    "a password": [makePdf([write().paragraph(prose(2)).page], { locked: true }), /password. Save a copy/],
    "a web page under a PDF's name": [
      bytes("<!DOCTYPE html><html>Not found</html>"),
      /web page under a PDF's name/,
    ],
    "anything else under a PDF's name": [bytes("PK\u0003\u0004 a zip file"), /is not a PDF/],
    "a cut file": [makePdf([write().paragraph(prose(3)).page]).subarray(0, 60), /damaged|is not a PDF/],
    "more pages than the limit": [
      makePdf(Array.from({ length: MAX_PAGES + 1 }, () => [])),
      /1001 pages are over the limit of 1000/,
    ],
    "more pieces of text on a page than the limit": [
      makePdf([
        Array.from({ length: MAX_PAGE_ITEMS + 1 }, (_, i) => ({ text: "a", x: i % 500, y: i / 100 })),
      ]),
      /page 1 has over 50000 pieces of text, the limit/,
    ],
  };
  test.each(Object.entries(cases))("%s", async (_, [own, message]) => {
    const failure = await readPdf(own, "area/report.pdf").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toMatch(message);
    expect((failure as UserError).message).toMatch(/^area\/report\.pdf: /);
  });
});

test("random damage is a refusal or another text, never anything else", async () => {
  const whole = makePdf([write().paragraph(prose(5), { mark: "1." }).page, write().paragraph(prose(3)).page]);
  let state = 7;
  const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
  for (let i = 0; i < 60; i++) {
    const damaged = whole.slice();
    for (let n = 0; n < 8; n++) damaged[random(damaged.length)] = random(256);
    const result = await readPdf(damaged, "a.pdf").catch((error: unknown) => error);
    if (result instanceof Error) expect(result).toBeInstanceOf(UserError);
    else expect(result).toHaveProperty("text");
  }
});

test("pages without text between others have no place in the text", async () => {
  const { pages } = await read(write().paragraph(prose(3)), [], write().paragraph(prose(3, 4)));
  expect(pages.map(({ page }) => page)).toEqual([1, 3]);
});
