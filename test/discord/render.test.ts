// What answers look like, pinned so that a reviewer can read them: `[#colour]`, the question, the title,
// the text with its markdown, and the small print in brackets.

import { describe, expect, it } from "vitest";
import { renderAnswer, renderMore } from "../../src/discord/render.ts";
import type { Answer } from "../../src/types.ts";
import { answer, bolded, quote, readable } from "./room.ts";

const QUESTION = "what was the NEET rate for care leavers?";

const rendered = (over: Partial<Answer>): string =>
  readable({ ...renderAnswer(answer(QUESTION, over), { showQuestion: true }) });

describe("an answer", () => {
  it("is the quotation, its place, and in small print its document and section", () => {
    expect(rendered({})).toMatchInlineSnapshot(`
      "[#2e7d32]
      what was the NEET rate for care leavers?
      > In March 2014, **62%** of care leavers aged 19 years were NEET, compared to a national average of 42%.
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)"
    `);
  });

  it("has up to two further passages, short", () => {
    const related = [
      bolded(`${"Senior management attention is being focused on high NEET rates. ".repeat(12)}`, "high", {
        passage: "2",
        paragraph: "106",
      }),
      quote({
        passage: "3",
        document: "community-care-2014",
        title: "Council jumps from 'inadequate' to 'good'",
        publisher: "Community Care",
        published: "2014",
        paragraph: null,
        page: null,
        text: "The service was judged to be overall good.",
      }),
      quote({ passage: "4", text: "A third one, not shown but behind the button." }),
    ];
    expect(rendered({ related })).toMatchInlineSnapshot(`
      "[#2e7d32]
      what was the NEET rate for care leavers?
      > In March 2014, **62%** of care leavers aged 19 years were NEET, compared to a national average of 42%.
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)

      [#90a4ae]
      More on this
      Ofsted · 8 August 2014 · ¶ 106 · p. 27
      > Senior management attention is being focused on **high** NEET rates. Senior management attention is being focused on high NEET rates. Senior management attention is being focused on high NEET rates. Senior management attention is being focused on high NEET rates. Senior management attention is being focused on high NEET rates. Senior management attention is being focused on high NEET rates. …
      Community Care · 2014
      > The service was judged to be overall good.
      Council jumps from 'inadequate' to 'good'"
    `);
  });

  it("labels each quotation with its date when several documents are quoted", () => {
    const quotes = [
      bolded(
        "Ofsted says children's services in Cambridgeshire require improvement.",
        "require improvement",
        {
          document: "news-2024",
          title: "Children's services require improvement",
          publisher: "BBC News",
          published: "2024",
          section: [],
          paragraph: null,
          page: null,
          passage: "news-2024#3",
        },
      ),
      bolded("The overall judgement is that children's services are good", "good", {
        paragraph: null,
        page: 1,
        section: [],
      }),
      quote({
        document: "leaflet",
        passage: "leaflet#1",
        title: "Leaflet",
        publisher: null,
        published: null,
        section: [],
        paragraph: null,
        page: null,
        text: "We are good.",
      }),
    ];
    expect(rendered({ quotes, message: "These documents are of different dates." })).toMatchInlineSnapshot(`
      "[#2e7d32]
      what was the NEET rate for care leavers?
      These documents are of different dates.
      **2024**
      > Ofsted says children's services in Cambridgeshire **require improvement**.
      BBC News
      (Children's services require improvement)

      [#2e7d32]
      **8 August 2014**
      > The overall judgement is that children's services are **good**
      Ofsted · p. 1
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children…)

      [#2e7d32]
      **Undated**
      > We are good.
      (Leaflet)"
    `);
  });

  it("is marked as a guess when it is one, and tells how a follow-up was understood", () => {
    const over = {
      outcome: "unsure",
      understood: "what was the NEET rate for care leavers in 2013?",
    } as const;
    expect(rendered(over)).toMatchInlineSnapshot(`
      "[#f9a825]
      what was the NEET rate for care leavers?
      This may be what you are looking for
      Understood as: what was the NEET rate for care leavers in 2013?
      > In March 2014, **62%** of care leavers aged 19 years were NEET, compared to a national average of 42%.
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)"
    `);
  });

  it("says why it is a guess, where that is known", () => {
    const shown = rendered({ outcome: "unsure", message: "Nothing quoted here says how many." });
    expect(shown.split("\n").slice(2, 4)).toEqual([
      "This may be what you are looking for",
      "Nothing quoted here says how many.",
    ]);
  });

  it("shows list items under their lead-in and table cells apart", () => {
    const list = quote({
      leadIn: "The judgements on areas of the service that contribute to overall effectiveness are:",
      text: "2. Children looked after and achieving permanence\tGood\n2.1 Adoption performance\tGood",
      bold: [{ start: 50, end: 54 }],
    });
    expect(rendered({ quotes: [list] })).toMatchInlineSnapshot(`
      "[#2e7d32]
      what was the NEET rate for care leavers?
      > The judgements on areas of the service that contribute to overall effectiveness are:
      > - 2\\. Children looked after and achieving permanence — **Good**
      > - 2.1 Adoption performance — Good
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)"
    `);
  });

  it("shows who says it above the words, apart from them and as no list", () => {
    const words = quote({ attribution: "Councillor *Ann* Hall said:", text: "“We know.”" });
    expect(rendered({ quotes: [words] })).toMatchInlineSnapshot(`
      "[#2e7d32]
      what was the NEET rate for care leavers?
      > Councillor \\*Ann\\* Hall said: …
      > “We know.”
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)"
    `);
    const more = { rank: 1, score: 1, passage: "a", attribution: "Ann Hall said:", text: "“We know.”" };
    const [field] = renderMore(answer(QUESTION, { passages: [{ ...quote(), ...more }] }), []).embeds[0]!
      .fields!;
    expect(field!.value.split("\n").slice(0, 2)).toEqual(["> Ann Hall said: …", "> “We know.”"]);
  });

  it("has the footnotes whose marks stand in it, and tells of a newer document", () => {
    const noted = quote({
      text: "In March 2014, 62% of care leavers¹ were NEET.",
      notes: ["¹ Young people aged 19 who were looked after for at least 13 weeks."],
    });
    const report = {
      id: "report-2019",
      file: "report-2019.pdf",
      title: "Cambridgeshire: Inspection of *children's* services",
      kind: "inspection report",
      authority: "Cambridgeshire County Council",
      published: "2019-03-01",
      sha256: "",
    };
    const shown = (why: "kind" | "near", info = report): string =>
      readable({
        ...renderAnswer(answer(QUESTION, { quotes: [noted] }), { showQuestion: false, newer: { info, why } }),
      });
    expect(shown("kind")).toMatchInlineSnapshot(`
      "[#2e7d32]
      > In March 2014, 62% of care leavers¹ were NEET.
      > ¹ Young people aged 19 who were looked after for at least 13 weeks.
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      **Not the newest inspection report** on Cambridgeshire County Council: there is a newer one (1 March 2019).
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)"
    `);
    const undated = { ...report, published: undefined, inspected: { from: "2019-01-14", to: "2019-01-18" } };
    expect(shown("kind", undated as unknown as typeof report)).toContain(
      "there is a newer one (inspected until 18 January 2019).",
    );
    expect(shown("near").split("\n").at(-2)).toMatchInlineSnapshot(
      `"**Newer:** a passage in Cambridgeshire: Inspection of \\*children's\\* services (1 March 2019) comes near too."`,
    );
  });

  it("has its buttons under a key, as many as it needs", () => {
    const long = quote({ text: "The local authority knows its children well. ".repeat(60) });
    const passages = [long, quote({ passage: "more" })];
    const body = (over: Partial<Answer>): string =>
      readable({ ...renderAnswer(answer(QUESTION, over), { showQuestion: false, key: "KEY" }) })
        .split("\n\n")
        .at(-1) ?? "";
    expect(body({})).toBe("( Show context ) ( Right ) ( Wrong )");
    expect(body({ quotes: [long], passages: answer("", { quotes: passages }).passages })).toBe(
      "( Whole passage ) ( Show context ) ( More passages ) ( Right ) ( Wrong )",
    );
    expect(body({ outcome: "none", quotes: [], passages: [] })).not.toContain("(");
  });

  it("names a document of which nothing else is known by its title", () => {
    const bare = quote({ publisher: null, published: null, section: [], paragraph: null, page: null });
    expect(rendered({ quotes: [bare] })).toMatchInlineSnapshot(`
      "[#2e7d32]
      what was the NEET rate for care leavers?
      > In March 2014, **62%** of care leavers aged 19 years were NEET, compared to a national average of 42%.
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children…)"
    `);
  });

  it("says when the documents don't answer, with what is nearest", () => {
    expect(rendered({ outcome: "none", quotes: [], related: [] })).toMatchInlineSnapshot(`
      "[#757575]
      what was the NEET rate for care leavers?
      The documents don't answer this."
    `);
  });
});
