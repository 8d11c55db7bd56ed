import { expect, test } from "vitest";
import {
  answerInQuotes,
  citationExact,
  isRight,
  judgeDocuments,
  judgePassages,
} from "../../src/evaluation/match.ts";
import { BOARD, evidence, HEALTH, MONEY, NEET, type Place, ranked } from "./room.ts";

const passage = (place: Place) => ranked([place])[0]!;

test("with a printed paragraph, document and paragraph decide, whatever the words", () => {
  const wanted = evidence({ paragraph: "105", quote: "Health care is good" });
  expect(isRight(wanted, passage(NEET))).toBe(true);
  expect(isRight(wanted, passage(HEALTH))).toBe(false);
  expect(isRight({ ...wanted, document: "news" }, passage(NEET))).toBe(false);
});

test("without one, the passage holds the quote, whatever its markup and white space", () => {
  const wanted = evidence({ paragraph: null, quote: "<u>62%</u> of  care\nleavers" });
  expect(isRight(wanted, passage(NEET))).toBe(true);
  expect(isRight(wanted, passage(["news", null, NEET[2]]))).toBe(false);
});

test("or the quote holds the passage, if that is at least four words long", () => {
  const wanted = evidence({ document: "news", paragraph: null, quote: `${MONEY[2]} ${BOARD[2]} New board.` });
  expect(isRight(wanted, passage(MONEY))).toBe(true);
  expect(isRight(wanted, passage(["news", null, "New board"]))).toBe(false);
  expect(isRight(wanted, passage(["news", null, ""]))).toBe(false);
});

test("each place gains once, at its first passage", () => {
  const wanted = [evidence({ paragraph: "105" }), evidence({ document: "news", quote: "£13m" })];
  expect(judgePassages(wanted, ranked([HEALTH, NEET, NEET, MONEY]))).toEqual({
    gains: [0, 1, 0, 1],
    relevant: 2,
  });
  expect(judgePassages(wanted, ranked([HEALTH]))).toEqual({ gains: [0], relevant: 2 });
});

test("evidences in one numbered paragraph, or found by one passage, are one place", () => {
  const sameParagraph = [
    evidence({ paragraph: "105", quote: "In March 2014" }),
    evidence({ paragraph: "105", quote: "were NEET" }),
  ];
  expect(judgePassages(sameParagraph, [])).toEqual({ gains: [], relevant: 1 });
  const samePassage = [
    evidence({ document: "news", quote: "A new board" }),
    evidence({ document: "news", quote: "check on progress" }),
  ];
  expect(judgePassages(samePassage, ranked([BOARD]))).toEqual({ gains: [1], relevant: 1 });
  expect(judgePassages(samePassage, ranked([MONEY]))).toEqual({ gains: [0], relevant: 2 });
});

test("documents are judged at their first passage", () => {
  const wanted = [evidence({ document: "news", quote: "£13m" }), evidence({ document: "other", quote: "x" })];
  expect(judgeDocuments(wanted, ranked([NEET, HEALTH, MONEY, BOARD]))).toEqual({
    gains: [0, 1],
    relevant: 2,
  });
});

test("the answer stands in the quotes as a gold answer, an alias or the evidence itself", () => {
  const question = { need: "any" as const, evidence: [], answers: ["sixty-two per cent", "62%"] };
  expect(answerInQuotes(question, [passage(NEET)])).toBe(true);
  expect(answerInQuotes(question, [passage(MONEY)])).toBe(false);
  const why = {
    ...question,
    answers: ["monthly"],
    evidence: [evidence({ document: "news", quote: "every month" })],
  };
  expect(answerInQuotes(why, [passage(BOARD)])).toBe(true);
  expect(answerInQuotes(why, [passage(["report", null, BOARD[2]])])).toBe(false);
  expect(answerInQuotes({ ...question, answers: [] }, [passage(NEET)])).toBeNull();
});

test("where all evidence is needed, all must stand in the quotes", () => {
  const question = {
    need: "all" as const,
    answers: ["62%"],
    evidence: [evidence({ quote: "62% of care leavers" }), evidence({ document: "news", quote: "£13m" })],
  };
  expect(answerInQuotes(question, [passage(NEET)])).toBe(false);
  expect(answerInQuotes(question, [passage(NEET), passage(MONEY)])).toBe(true);
});

test("a citation is exact when right words have the right document, paragraph and page", () => {
  const wanted = [evidence({ paragraph: "105", quote: NEET[2] })];
  expect(citationExact(wanted, passage(NEET))).toBe(true);
  expect(citationExact(wanted, passage(["report", "104", NEET[2]]))).toBe(false);
  expect(citationExact(wanted, passage(["report", null, NEET[2]]))).toBe(false);
  expect(citationExact(wanted, passage(HEALTH))).toBeNull();
  expect(citationExact([evidence({ quote: NEET[2], page: 27 })], { ...passage(NEET), page: 26 })).toBe(false);
  expect(citationExact([evidence({ quote: NEET[2], page: 27 })], { ...passage(NEET), page: 27 })).toBe(true);
});

test("a paragraph that is known not to be printed must not be cited", () => {
  expect(citationExact([evidence({ paragraph: null, quote: NEET[2] })], passage(NEET))).toBe(false);
});
