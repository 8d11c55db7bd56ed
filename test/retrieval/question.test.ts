import { describe, expect, test } from "vitest";
import { parseQuestion } from "../../src/retrieval/question.ts";

describe("what a question asks for", () => {
  test.each([
    ["how many kids were in care at the end of March 2014?", ["number"]],
    ["what % of schools had done the audit?", ["percent"]],
    ["who runs the service?", ["person", "organisation"]],
    ["when was the notice lifted?", ["date"]],
    ["how did adoption do in the 2014 inspection?", ["grade"]],
    ["why did it go up?", ["reason"]],
    ["list everything that needs improving", ["list"]],
    ["do social workers like it there?", ["yesno"]],
  ])("%s", (text, wants) => {
    expect([...parseQuestion(text).wants]).toEqual(expect.arrayContaining(wants));
  });
});

describe("times that a question names", () => {
  test("a range of years names both", () => {
    expect(parseQuestion("adoptions in 2013-14?").years).toEqual([2013, 2014]);
    expect(parseQuestion("adoptions in 2013/14?").figures).toEqual([]);
  });

  test("a year that is ruled out is not asked for", () => {
    const question = parseQuestion("how many at the end of march 2013 (not 2014)?");
    expect(question.years).toEqual([2013]);
    expect(question.notYears).toEqual([2014]);
    expect(question.months).toEqual([3]);
  });

  test("after and before a year are no years asked for", () => {
    expect(parseQuestion("the report after the 2019 one")).toMatchObject({ years: [], after: 2019 });
    expect(parseQuestion("the inspection before 2014")).toMatchObject({ years: [], before: 2014 });
  });

  test("children who were looked after in a year are not asked for after it", () => {
    expect(parseQuestion("how many were looked after in 2014?")).toMatchObject({
      years: [2014],
      after: null,
    });
  });

  test("may and march are months only where a date is meant", () => {
    expect(parseQuestion("who may look at the file?").months).toEqual([]);
    expect(parseQuestion("the inspection on march 4-15").months).toEqual([3]);
    expect(parseQuestion("how many went missing in may 2014?").months).toEqual([5]);
  });

  test("days are no figures, other numbers are", () => {
    expect(parseQuestion("what happened on 8 August 2014?").figures).toEqual([]);
    expect(parseQuestion("care leavers at age 21").figures).toEqual(["21"]);
  });

  test("the newest document and national figures are noticed", () => {
    expect(parseQuestion("what does the latest report say?").newest).toBe(true);
    expect(parseQuestion("and nationally?").national).toBe(true);
    expect(parseQuestion("who chairs the board?")).toMatchObject({ newest: false, national: false });
  });
});

describe("figures of a kind", () => {
  test.each([
    ["how much did the council spend on iPads?", "money"],
    ["what was the budget?", "money"],
    ["how many weeks does a child wait for CAMHS?", "duration"],
    ["how long are visits overdue?", "duration"],
    ["how often do they meet?", "frequency"],
  ] as const)("%s", (text, want) => {
    expect(parseQuestion(text).wants.has(want)).toBe(true);
  });

  test("time is spent without money", () => {
    expect(parseQuestion("can they spend more time with family?").wants.has("money")).toBe(false);
    expect(parseQuestion("what about the time families spend in court?").wants.has("money")).toBe(false);
    expect(parseQuestion("what was it spent on?").wants.has("money")).toBe(true);
  });

  test("how much of something costs nothing", () => {
    expect(parseQuestion("how much of the plan is done?").wants.has("money")).toBe(false);
    expect(parseQuestion("how long ago was it?").wants.has("duration")).toBe(false);
  });

  test("an average or a national post is no national figure", () => {
    expect(parseQuestion("what's the average number of cases?").national).toBe(false);
    expect(parseQuestion("who is ofsted's national lead?").national).toBe(false);
    expect(parseQuestion("how does that compare with the average?").national).toBe(true);
    expect(parseQuestion("what is the national rate?").national).toBe(true);
  });
});

test("what is on a list asks for no list", () => {
  expect(parseQuestion("is Norfolk on the list?").wants.has("list")).toBe(false);
  expect(parseQuestion("list the failing councils").wants.has("list")).toBe(true);
});

test("what a thing is called is no person's name, who holds a post is no body's", () => {
  for (const text of ["what's the name of the film?", "what is the drug service for teenagers called?"]) {
    expect(parseQuestion(text).wants.has("organisation")).toBe(true);
    expect(parseQuestion(text).wants.has("person")).toBe(false);
  }
  for (const text of [
    "what's the name of the director of children's services?",
    "what is the name of the council leader?",
  ])
    expect(parseQuestion(text).wants.has("person")).toBe(true);
  expect(parseQuestion("why has the council called for more carers?").wants).toEqual(new Set(["reason"]));
  for (const text of ["who is the chair of the board?", "who chairs the board?"]) {
    const { wants } = parseQuestion(text);
    expect([wants.has("person"), wants.has("organisation")]).toEqual([true, false]);
  }
});
