import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderInspection } from "../../src/cli/inspect.ts";
import { inspectionPage } from "../../src/cli/inspect-html.ts";
import { cut, type Inspection } from "../../src/indexing/inspect.ts";
import { splitDocument } from "../../src/passages/split.ts";
import type { Document } from "../../src/types.ts";
import { CHROMIUM, openPage, type Page } from "../evaluation/browser.ts";
import { LOW_CONTRAST } from "../evaluation/contrast.ts";
import { textDocument } from "../fakes/corpus.ts";
import { temporaryFolder } from "../index/room.ts";

const TEXT = `A council

Inspection of <b>services</b> & "more"

Contents of it

# Help and protection

1. Plans are \u001b[31mpoor. <script>document.title = "hacked"</script> Managers know.

2. These need work:

- Training of staff
- Supervision
`;

function inspectionOf(document: Document): Inspection {
  const passages = splitDocument(document);
  return { document, passages, stretches: cut(document, passages), findings: ["Something is <odd>."] };
}

const PLAIN = textDocument("report", TEXT, {
  title: 'Inspection of "services"',
  publisher: "Ofsted",
  published: "2014-08-08",
  inspected: { from: "2014-06-03", to: "2014-06-25" },
});
const INSPECTION = inspectionOf({
  ...PLAIN,
  pages: [
    { offset: 0, page: 1 },
    { offset: TEXT.indexOf("2. These"), page: 2, printed: "1" },
  ],
});

test("in the terminal, every passage stands with its place, and between them what is not quoted", () => {
  expect(renderInspection(INSPECTION, { width: 72, colour: false })).toMatchInlineSnapshot(`
    "file       report.txt
    title      Inspection of "services"
    authority  –
    publisher  Ofsted
    kind       –
    published  8 August 2014
    inspected  3 June 2014 to 25 June 2014
    pages      2
    passages   5: 3 paragraphs, 2 items
    numbers    ¶ 1 to ¶ 2

    ! Something is <odd>.
      not quoted: A council

    no number · p. 1 · paragraph · 11–49
      Inspection of services & "more"
      not quoted: Contents of it

    # Help and protection

    ¶ 1 · p. 1 · paragraph · 93–171
      Plans are [31mpoor. <script>document.title = "hacked"</script>
      Managers know.

    ¶ 2 · p. 2 (printed 1) · paragraph · 176–192
      These need work:

    no number · p. 2 (printed 1) · list item under “These need work:” ·
    196–213
      Training of staff

    no number · p. 2 (printed 1) · list item under “These need work:” ·
    216–227
      Supervision
    "
  `);
});

test("a passage that goes on with a quotation is told by who says it", () => {
  const story = textDocument("story", "Ann Hall said: “We are good.\n\n“We know it.”\n");
  const shown = renderInspection(inspectionOf(story), { width: 72, colour: false });
  expect(shown).toContain("paragraph going on after “Ann Hall said: …” ·");
});

test("no control characters reach the terminal but its own colours", () => {
  const plain = renderInspection(INSPECTION, { width: 72, colour: true })
    .replaceAll("\u001b[2m", "")
    .replaceAll("\u001b[0m", "");
  // oxlint-disable-next-line no-control-regex
  expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test("what a document holds is text in the page, and nothing else", () => {
  const page = inspectionPage(INSPECTION);
  expect(page).toContain("&lt;script&gt;document.title");
  expect(page).not.toMatch(/<script|<b>|<odd>|\b(?:src|href)=/);
});

describe.skipIf(CHROMIUM === null)("in a browser, the page", () => {
  let page: Page;
  beforeAll(async () => {
    const file = join(await temporaryFolder(), "inspection.html");
    await writeFile(file, inspectionPage(INSPECTION));
    page = await openPage(file);
  });
  afterAll(() => page.close());

  test("asks for nothing and reports no error", () => {
    expect(page.requests.filter((address) => !address.startsWith("file:"))).toEqual([]);
    expect(page.errors).toEqual([]);
  });

  test.each(["light", "dark"] as const)("can be read in %s colours", async (scheme) => {
    await page.emulate(scheme);
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
  });

  test("has every word of the document, page by page", async () => {
    const shown = await page.evaluate<string[]>(
      `[...document.querySelectorAll("main .text, main .page")].map((one) => one.textContent.trim())`,
    );
    const words = (text: string) => text.match(/[\p{L}\d]+/gu) ?? [];
    const rows = shown.filter((text) => !/^Page \d/.test(text));
    expect(words(rows.join(" "))).toEqual(words(TEXT));
    expect(shown[0]).toBe("Page 1");
    expect(shown.find((text) => text.startsWith("Page 2"))).toBe("Page 2, printed 1");
  });

  test.each([360, 1200])("fits a window of %i pixels", async (width) => {
    await page.resize(width);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });
});
