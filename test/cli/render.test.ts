import { expect, test } from "vitest";
import { printable, renderAnswer, sourceLine, wrap } from "../../src/cli/render.ts";
import { readableDate } from "../../src/documents/dates.ts";
import type { Answer, Quote } from "../../src/types.ts";

const PHONE = { width: 40, colour: false };

const REPORT = {
  document: "report-2014",
  title: "Fenmere Council: Inspection of children's services",
  publisher: "Ofsted",
  published: "2014-08-08",
  section: ["Key judgements", "Care leavers"],
  paragraph: "105",
  page: 25,
} as const;

function quote(text: string, more: Partial<Quote> = {}): Quote {
  const bold = ["62%", "Ann Hall"].flatMap((words) => {
    const start = text.indexOf(words);
    return start < 0 ? [] : [{ start, end: start + words.length }];
  });
  return { ...REPORT, passage: "report-2014#1", text, pieces: [], bold, leadIn: null, ...more };
}

function answer(more: Partial<Answer>): Answer {
  const empty = {
    understood: "",
    confidence: 0.9,
    message: null,
    quotes: [],
    related: [],
    passages: [],
    ms: 1,
  };
  return { question: "", outcome: "answer", ...empty, ...more };
}

const NEET = quote("In March 2014, 62% of care leavers were NEET, compared to a national average of 42%.");
const STORY = quote("Councillor Ann Hall, chair of the committee, said: “We accept the findings.”", {
  document: "story-2013",
  title: "Fenmere warned over child protection",
  publisher: null,
  published: "2013",
  section: [],
  paragraph: null,
  page: null,
});

test("an answer on a phone: the quotation, its source, and what else is near", () => {
  const shown = renderAnswer(answer({ quotes: [NEET], related: [STORY] }), PHONE);
  expect(shown).toMatchInlineSnapshot(`
    "| In March 2014, *62%* of care leavers
    | were NEET, compared to a national
    | average of 42%.
    — Fenmere Council: Inspection of
    children's services, Ofsted, 8 August
    2014 · Care leavers · ¶ 105 · p. 25

    See also:

    | Councillor *Ann Hall*, chair of the
    | committee, said: “We accept the
    | findings.”
    — Fenmere warned over child protection,
    2013
    "
  `);
  for (const line of shown.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
});

test("an unsure answer says so first", () => {
  expect(renderAnswer(answer({ outcome: "unsure", quotes: [STORY] }), PHONE)).toMatchInlineSnapshot(`
    "This may be what you are looking for:

    | Councillor *Ann Hall*, chair of the
    | committee, said: “We accept the
    | findings.”
    — Fenmere warned over child protection,
    2013
    "
  `);
});

test("an unsure answer says why, where that is known", () => {
  const shown = renderAnswer(
    answer({ outcome: "unsure", quotes: [STORY], message: "Nothing quoted here says how many." }),
    PHONE,
  );
  expect(shown.split("\n\n")[0]).toBe(
    "This may be what you are looking for.\nNothing quoted here says how many.",
  );
});

test("without an answer the reason comes first, then what is related", () => {
  const message = "The documents don't seem to say. Nothing in them is about 2031.";
  expect(renderAnswer(answer({ outcome: "none", message, related: [STORY] }), PHONE)).toMatchInlineSnapshot(`
    "The documents don't seem to say. Nothing
    in them is about 2031.

    Related, not an answer:

    | Councillor *Ann Hall*, chair of the
    | committee, said: “We accept the
    | findings.”
    — Fenmere warned over child protection,
    2013
    "
  `);
});

test("without anything near there is the reason alone", () => {
  const message = "The documents don't use any of these words.";
  expect(renderAnswer(answer({ outcome: "none", message }), PHONE)).toMatchInlineSnapshot(`
    "The documents don't use any of these
    words.
    "
  `);
});

test("in colours bold is bold, also over the end of a line, and the source is dim", () => {
  const shown = renderAnswer(answer({ quotes: [STORY], related: [NEET] }), { width: 20, colour: true });
  expect(shown.replaceAll("\u001b", "ESC")).toMatchInlineSnapshot(`
    "ESC[36m│ESC[39m Councillor ESC[1mAnn
    ESC[36m│ESC[39m HallESC[22m, chair of the
    ESC[36m│ESC[39m committee, said:
    ESC[36m│ESC[39m “We accept the
    ESC[36m│ESC[39m findings.”
    ESC[2m— Fenmere warnedESC[0m
    ESC[2mover childESC[0m
    ESC[2mprotection, 2013ESC[0m

    ESC[2mSee also:ESC[0m

    ESC[36m│ESC[39m In March 2014, ESC[1m62%ESC[22m
    ESC[36m│ESC[39m of care leavers
    ESC[36m│ESC[39m were NEET,
    ESC[36m│ESC[39m compared to a
    ESC[36m│ESC[39m national average
    ESC[36m│ESC[39m of 42%.
    ESC[2m— Fenmere Council:ESC[0m
    ESC[2mInspection ofESC[0m
    ESC[2mchildren's services,ESC[0m
    ESC[2mOfsted, 8 AugustESC[0m
    ESC[2m2014 · Care leaversESC[0m
    ESC[2m· ¶ 105 · p. 25ESC[0m
    "
  `);
});

test("the items of a list stand under one lead-in and one source", () => {
  const item = (text: string, more: Partial<Quote> = {}) =>
    quote(text, { leadIn: "The failing councils are:", paragraph: null, page: null, ...more });
  const quotes = [item("Fenmere"), item("Oxbridge, where 62% of plans are late"), item("Wexcombe")];
  expect(renderAnswer(answer({ quotes }), PHONE)).toMatchInlineSnapshot(`
    "| The failing councils are:
    | • Fenmere
    | • Oxbridge, where *62%* of plans are
    | late
    | • Wexcombe
    — Fenmere Council: Inspection of
    children's services, Ofsted, 8 August
    2014 · Care leavers
    "
  `);
  const apart = renderAnswer(answer({ quotes: [quotes[0]!, item("Ely", { document: "other" })] }), PHONE);
  expect(apart.match(/failing councils/g)).toHaveLength(2);
});

test("who says it stands above the words, apart from them", () => {
  const words = quote("“We know.”", { attribution: "Councillor Ann Hall said:", section: [] });
  const next = quote("“We go on.”", { attribution: "Councillor Ann Hall said:", section: [] });
  expect(renderAnswer(answer({ quotes: [words, next] }), PHONE)).toMatchInlineSnapshot(`
    "| Councillor Ann Hall said: …
    | “We know.”
    — Fenmere Council: Inspection of
    children's services, Ofsted, 8 August
    2014 · ¶ 105 · p. 25

    | Councillor Ann Hall said: …
    | “We go on.”
    — Fenmere Council: Inspection of
    children's services, Ofsted, 8 August
    2014 · ¶ 105 · p. 25
    "
  `);
});

test("the cells of a table's row can be told from each other", () => {
  const row = quote("Care leavers\tRequires improvement \t\t 62%", {
    leadIn: "Judgement\tGrade\tShare",
    paragraph: null,
  });
  expect(renderAnswer(answer({ quotes: [row] }), { width: 60, colour: false })).toMatchInlineSnapshot(`
    "| Judgement — Grade — Share
    | • Care leavers — Requires improvement — *62%*
    — Fenmere Council: Inspection of children's services,
    Ofsted, 8 August 2014 · Care leavers · p. 25
    "
  `);
});

test("lines of an address stay lines", () => {
  const address = quote("Shire Hall\nCastle Hill\nEly", { section: [], paragraph: null, page: null });
  expect(renderAnswer(answer({ quotes: [address] }), PHONE)).toMatchInlineSnapshot(`
    "| Shire Hall
    | Castle Hill
    | Ely
    — Fenmere Council: Inspection of
    children's services, Ofsted, 8 August
    2014
    "
  `);
});

test("no control character of a document reaches the terminal, wherever it stands", () => {
  const evil = "a\u001b[2Jb\u001b]0;title\u0007c\u0000d\re\u009b31mf\u007fg\u202Eh\u2066i\u0008j";
  const wicked = quote(evil, {
    title: evil,
    publisher: evil,
    section: [evil],
    leadIn: evil,
    bold: [{ start: 0, end: evil.length }],
  });
  const said = { ...wicked, leadIn: null, attribution: evil };
  for (const colour of [false, true]) {
    const shown = renderAnswer(
      answer({ outcome: "none", message: evil, quotes: [wicked], related: [said] }),
      { width: 80, colour },
    );
    // What is left are the colours that the program itself uses.
    const own = [0, 1, 2, 22, 36, 39].reduce((text, code) => text.replaceAll(`\u001b[${code}m`, ""), shown);
    expect(own).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
    expect(own).toContain("a[2Jb");
    if (!colour) expect(shown).toBe(own);
  }
});

test("printable text keeps letters of every script, and line ends", () => {
  const text = "Ångström “quoted” – é̂ 😀 日本 עברית\nnext";
  expect(printable(text)).toBe(text);
});

test("a source says what is known and nothing else", () => {
  expect(sourceLine(REPORT)).toBe(
    "Fenmere Council: Inspection of children's services, Ofsted, 8 August 2014 · Care leavers · ¶ 105 · p. 25",
  );
  expect(sourceLine(STORY)).toBe("Fenmere warned over child protection, 2013");
  expect(sourceLine({ ...STORY, title: "x".repeat(61) })).toBe(`${"x".repeat(57)}…, 2013`);
});

test("dates are shown as far as they are known", () => {
  expect(["2014", "2014-08", "2014-08-08", "2014-12-31"].map(readableDate)).toEqual([
    "2014",
    "August 2014",
    "8 August 2014",
    "31 December 2014",
  ]);
});

test("lines are broken between words, and escape sequences take no room", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("one \u001b[1mtwo\u001b[22m three", 7)).toEqual(["one \u001b[1mtwo\u001b[22m", "three"]);
  expect(wrap("a verylongword b", 4)).toEqual(["a", "verylongword", "b"]);
  expect(wrap("😀😀 é", 4)).toEqual(["😀😀 é"]);
  expect(wrap("", 4)).toEqual([""]);
});

test("where only the inspection's days are known, the source line gives its last", () => {
  expect(sourceLine({ ...REPORT, published: null, inspected: "2014-06-25" })).toContain(
    "Ofsted, inspected until 25 June 2014 · ",
  );
});
