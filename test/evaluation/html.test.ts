import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { CHROMIUM, openPage, type Page } from "./browser.ts";
import { LOW_CONTRAST } from "./contrast.ts";
import { answer, BOARD, fakeEngine, HEALTH, MONEY, NEET, quote } from "./room.ts";

const EVIL = `<script>alert(1)</script>" onload='x' &amp; <!--`;
const SET = [
  {
    id: "right",
    question: "NEET?",
    type: "numeric",
    evidence: [{ document: "report", paragraph: "105" }],
    answer: "62%",
  },
  {
    id: "wrong",
    question: "money?",
    type: "numeric",
    evidence: [{ document: "news", quote: MONEY[2] }],
    answer: "£13m",
  },
  { id: "refused", question: "board?", type: "entity", evidence: [{ document: "news", quote: BOARD[2] }] },
  { id: "chat", question: "hello", type: "chitchat", answerable: false },
  { id: EVIL, question: EVIL, type: EVIL },
];
const engine = fakeEngine({
  "NEET?": answer([NEET, HEALTH], { mark: "62%" }),
  "money?": answer([BOARD, HEALTH, MONEY], { outcome: "unsure", confidence: 0.4 }),
  [EVIL]: answer([["report", EVIL, EVIL]], {
    quotes: [{ ...quote(["report", EVIL, EVIL]), leadIn: EVIL, section: [EVIL] }],
  }),
});

let dir: string;
let file: string;
let html: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "report-"));
  file = join(dir, "report.html");
  const items = readJsonl(SET.map((line) => JSON.stringify(line)).join("\n"), "set.jsonl");
  await evaluate(items, engine, { print: () => {}, html: file });
  html = await readFile(file, "utf8");
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test("the page needs nothing but itself", () => {
  expect(html).not.toMatch(/(?:src|href)=|@import|url\(|https?:/);
});

test("the words of questions and documents are text and nothing else", () => {
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toContain("onload='x'");
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp; &lt;!--");
});

test("a failure shows what was quoted, what was expected and where the right passage was ranked", () => {
  expect(html).toContain("<mark>62%</mark>");
  expect(html).toContain("The first quote is not from a right place.");
  expect(html).toContain("Ranking — the first right one is at rank 3, 2.00 behind");
  expect(html).toContain("Answer: <strong>£13m</strong>");
  expect(html).toContain("Refused, but the documents answer.");
});

test("a page about nothing that could be scored is whole, too", async () => {
  const items = readJsonl('{"id": "a", "question": "NEET?"}', "set.jsonl");
  const bare = join(dir, "bare.html");
  await evaluate(items, engine, { print: () => {}, html: bare });
  const page = await readFile(bare, "utf8");
  expect(page).not.toContain("By document");
  expect(page).not.toContain("NaN");
  expect(page).toContain("</html>");
});

if (CHROMIUM === null)
  console.warn("No Chromium (apt-get install chromium): the report isn't tried in a browser.");

describe.skipIf(CHROMIUM === null)("in a browser", () => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage(file);
  });
  afterAll(() => page?.close());

  const count = () => page.evaluate<string>("count.textContent");
  const choose = (name: string, value: string) =>
    page.evaluate(
      `form.elements[${JSON.stringify(name)}].value = ${JSON.stringify(value)}; form.dispatchEvent(new Event("input"))`,
    );

  test("it loads without an error and asks the network for nothing", () => {
    expect(page.errors).toEqual([]);
    expect(page.requests.filter((url) => !url.startsWith("file:"))).toEqual([]);
  });

  test("failures are shown first, and every filter works", async () => {
    expect(await count()).toBe("2 of 5 questions");
    await choose("status", "");
    expect(await count()).toBe("5 of 5 questions");
    for (const [name, value, shown] of [
      ["status", "refused", 1],
      ["type", "numeric", 2],
      ["type", EVIL, 1],
      ["outcome", "unsure", 1],
      ["document", "news", 2],
      ["words", " MONEY ", 1],
    ] as const) {
      await choose(name, value);
      expect(await count(), `${name} = ${value}`).toBe(`${shown} of 5 questions`);
      await choose(name, "");
    }
    await choose("status", "failed");
  });

  test("the keyboard reaches every control and opens a question", async () => {
    await page.evaluate("document.activeElement.blur()");
    const reached: string[] = [];
    for (let i = 0; i < 40 && !reached.includes("SUMMARY question"); i++) {
      await page.press("Tab");
      reached.push(
        await page.evaluate<string>(
          `document.activeElement.tagName + " " + (document.activeElement.name || document.activeElement.parentElement.className)`,
        ),
      );
    }
    for (const name of ["SELECT status", "SELECT type", "SELECT outcome", "SELECT document", "INPUT words"]) {
      expect(reached).toContain(name);
    }
    await page.press("Enter");
    expect(await page.evaluate(`questions.filter((one) => one.open).length`)).toBe(1);
  });

  test("printing opens what is shown and closes it again", async () => {
    const open = `[...document.querySelectorAll("details[open]")].length`;
    const before = await page.evaluate<number>(open);
    await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
    expect(await page.evaluate(open)).toBe(3);
    await page.evaluate(`dispatchEvent(new Event("afterprint"))`);
    expect(await page.evaluate(open)).toBe(before);
  });

  test.each(["light", "dark"])("all text can be read against its background: %s", async (scheme) => {
    await page.emulate("prefers-color-scheme", scheme);
    await page.evaluate(
      `for (const one of document.querySelectorAll("details")) { one.hidden = false; one.open = true; }`,
    );
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
  });

  test("controls have names, ids are unique, headings skip no level but inside a question", async () => {
    expect(
      await page.evaluate(
        `[...form.querySelectorAll("select, input")].filter((one) => !one.labels.length).length`,
      ),
    ).toBe(0);
    expect(
      await page.evaluate(
        `[...document.querySelectorAll("svg:not([aria-hidden])")].every((one) => one.getAttribute("aria-label"))`,
      ),
    ).toBe(true);
    expect(
      await page.evaluate(
        `document.querySelectorAll("[id]").length === new Set([...document.querySelectorAll("[id]")].map((one) => one.id)).size`,
      ),
    ).toBe(true);
    expect(
      await page.evaluate(`[...document.querySelectorAll("h1, h2, h3")].map((one) => one.tagName).join("")`),
    ).toMatch(/^H1(H2(H3)*)+$/);
  });

  test("nothing sticks out of a narrow window", async () => {
    await page.resize(360);
    const sticksOut = `[...document.querySelectorAll("body *")].filter((one) => !one.closest(".wide, option")).filter((one) => one.getBoundingClientRect().right > 360).map((one) => one.tagName + "." + one.className)`;
    expect(await page.evaluate(sticksOut)).toEqual([]);
  });
});
