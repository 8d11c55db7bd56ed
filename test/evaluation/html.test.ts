import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { html as escapeHtml } from "../../src/text/escape-html.ts";
import { rankingHtml } from "../../src/evaluation/reports/html/ranking.ts";
import { seriousFaults } from "./axe.ts";
import { CHROMIUM, openPage, type Page } from "./browser.ts";
import { LOW_CONTRAST } from "./contrast.ts";
import { answer, BOARD, evidence, fakeEngine, HEALTH, MONEY, NEET, quote, ranked } from "./room.ts";

const EVIL = `<script>alert(1)</script>" onload='x' &amp; <!--\u001b[31m\u202e\0`;
/** As the page shows it. */
const TAMED = EVIL.replace("\u001b", "␛").replace("\u202e", "\ufffd").replace("\0", "␀");
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
    quotes: [
      { ...quote(["report", EVIL, EVIL]), leadIn: EVIL, section: [EVIL] },
      { ...quote(["report", EVIL, EVIL]), attribution: EVIL },
    ],
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
  expect(html).toContain(
    "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp; &lt;!--␛[31m\ufffd␀",
  );
});

test("no control character of a question or a document is in the page", () => {
  // oxlint-disable-next-line no-control-regex
  expect(html).not.toMatch(/[\0-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E]/);
  expect(escapeHtml("a\tb\nc\u007f\u0085\ud800 é ’ 😀")).toBe("a\tb\nc␡\ufffd\ufffd é ’ 😀");
});

test("a failure shows what was quoted, what was expected and where the right passage was ranked", () => {
  expect(html).toContain("<mark>62%</mark>");
  expect(html).toContain("The first quote is not from a right place.");
  expect(html).toContain("Ranking — the first right one is at rank 3, 2.00 behind");
  expect(html).toContain("Answer: <strong>£13m</strong>");
  expect(html).toContain("Refused, but the documents answer.");
});

test("a failure says what set its first passage above the right one, in parts that add up", () => {
  const passages = ranked([BOARD, HEALTH, MONEY]).map((passage, i) => ({
    ...passage,
    features: { bm25: 2 - i, dense: i, wanted: 0 },
  }));
  const expected = [evidence({ document: "news", quote: MONEY[2] })];
  const page = rankingHtml(passages, expected, (own, other) => [
    { feature: "bm25", own: own["bm25"]!, other: other["bm25"]!, by: 3 },
    { feature: "dense", own: own["dense"]!, other: other["dense"]!, by: -0.5 },
  ]);
  const text = page.replace(/<[^>]*>/g, " ").replace(/ +/g, " ");
  expect(text).toContain("Why the first is 2.00 above the right one (rank 3)");
  expect(text).toContain("words in common +3.00");
  expect(text).toContain("meaning as a whole −0.50");
  // The scores are 2 apart, the features account for 2.5.
  expect(text).toContain("conversation, or the newest document first −0.50");
  expect(text).toContain("bm25 2.00 0.00 +3.00");
});

test("a right passage far down is shown below the first ten; one that is no candidate is said to be none", () => {
  const places = [...Array.from({ length: 11 }, () => BOARD), MONEY];
  const expected = [evidence({ document: "news", quote: MONEY[2] })];
  const page = rankingHtml(ranked(places), expected, null);
  expect(page).toContain("the first right one is at rank 12, 11.0 behind");
  expect(page.match(/<tr[ >]/g)).toHaveLength(12);
  expect(rankingHtml(ranked(places.slice(0, 11)), expected, null)).toContain("no right passage among 11");
});

test("against a baseline, the page says what was won and lost", async () => {
  const items = readJsonl(
    SET.slice(0, 2)
      .map((line) => JSON.stringify(line))
      .join("\n"),
    "set.jsonl",
  );
  const [baseline, page] = [join(dir, "baseline.json"), join(dir, "compared.html")];
  const worse = fakeEngine({ "NEET?": answer([HEALTH]), "money?": answer([MONEY]) });
  await evaluate(items, worse, { print: () => {}, baseline, updateBaseline: true });
  await evaluate(items, engine, { print: () => {}, baseline, html: page });
  const text = await readFile(page, "utf8");
  expect(text).toContain("Verdict: no change beyond chance against the baseline, over 2 questions");
  expect(text.match(/data-change="(?:won|lost)"/g)).toEqual(['data-change="won"', 'data-change="lost"']);
  expect(html).not.toContain("Against the baseline");
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
      ["type", TAMED, 1],
      ["outcome", "unsure", 1],
      ["document", "news", 2],
      ["rank", "1", 1],
      ["rank", "2", 1],
      ["rank", "none", 1],
      ["words", " MONEY ", 1],
    ] as const) {
      await choose(name, value);
      expect(await count(), `${name} = ${value}`).toBe(`${shown} of 5 questions`);
      await choose(name, "");
    }
    await choose("status", "failed");
  });

  test("the address holds what was chosen, and what it holds is chosen", async () => {
    await choose("outcome", "unsure");
    expect(await page.evaluate("location.hash")).toBe("#outcome=unsure");
    await page.evaluate(`form.reset(), new Promise((done) => setTimeout(done, 20))`);
    expect(await page.evaluate("location.hash")).toBe("");
    await page.evaluate(
      `location.hash = "status=&type=numeric&rank=nonsense&order=confident", new Promise((done) => addEventListener("hashchange", () => setTimeout(done)))`,
    );
    expect(await count()).toBe("2 of 5 questions");
    expect(
      await page.evaluate(
        `[...document.querySelectorAll("details.question:not([hidden]) .id")].map((one) => one.textContent)`,
      ),
    ).toEqual(["right", "wrong"]);
    await choose("order", "doubtful");
    expect(
      await page.evaluate(
        `[...document.querySelectorAll("details.question:not([hidden]) .id")].map((one) => one.textContent)`,
      ),
    ).toEqual(["wrong", "right"]);
    await page.evaluate(`form.reset(), new Promise((done) => setTimeout(done, 20))`);
  });

  test("a type or document in the tables shows its questions", async () => {
    const pick = (field: string, value: string) =>
      page.evaluate(
        `[...document.querySelectorAll(".pick")].find(({ dataset }) => dataset.field === ${JSON.stringify(field)} && dataset.value === ${JSON.stringify(value)}).click()`,
      );
    await pick("document", "report");
    expect(await count()).toBe("1 of 5 questions");
    await pick("type", TAMED);
    expect(await count()).toBe("1 of 5 questions");
    expect(await page.evaluate("document.activeElement.id")).toBe("questions");
    await page.evaluate(`form.reset(), new Promise((done) => setTimeout(done, 20))`);
    expect(await count()).toBe("2 of 5 questions");
  });

  test("the keyboard reaches every control, chooses a filter and opens a question", async () => {
    await page.evaluate("document.activeElement.blur(), document.body.focus()");
    const reached: string[] = [];
    const focused = `document.activeElement.tagName + " " + (document.activeElement.name || document.activeElement.parentElement.className)`;
    for (let i = 0; i < 60 && !reached.includes("SUMMARY question"); i++) {
      await page.press("Tab");
      reached.push(await page.evaluate<string>(focused));
      if (reached.at(-1) !== "SELECT outcome") continue;
      await page.press("ArrowDown");
      await page.press("ArrowDown");
      expect(await count()).toBe("1 of 5 questions");
    }
    for (const name of ["status", "type", "outcome", "document", "rank", "order"])
      expect(reached).toContain(`SELECT ${name}`);
    expect(reached).toContain("INPUT words");
    await page.press("Enter");
    expect(await page.evaluate(`questions.filter((one) => one.open).length`)).toBe(1);
    await page.evaluate(`form.reset(), new Promise((done) => setTimeout(done, 20))`);
  });

  test("printing opens what is shown and closes it again", async () => {
    const open = `[...document.querySelectorAll("details[open]")].length`;
    const before = await page.evaluate<number>(open);
    await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
    expect(await page.evaluate(open)).toBe(3);
    await page.emulate("dark", "print");
    expect(await page.evaluate("getComputedStyle(form).display")).toBe("none");
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
    await page.emulate("light");
    await page.evaluate(`dispatchEvent(new Event("afterprint"))`);
    expect(await page.evaluate(open)).toBe(before);
  });

  test.each(["light", "dark"] as const)(
    "axe finds no serious fault, and all text can be read: %s",
    async (scheme) => {
      await page.emulate(scheme);
      await page.evaluate(
        `for (const one of document.querySelectorAll("details")) { one.hidden = false; one.open = true; }`,
      );
      expect(await seriousFaults(page)).toEqual([]);
      expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
    },
  );

  test("nothing sticks out of a narrow window", async () => {
    await page.resize(360);
    const sticksOut = `[...document.querySelectorAll("body *")].filter((one) => !one.closest(".wide, option")).filter((one) => one.getBoundingClientRect().right > 360).map((one) => one.tagName + "." + one.className)`;
    expect(await page.evaluate(sticksOut)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test("none of this has made the console speak", () => {
    expect(page.errors).toEqual([]);
  });
});
