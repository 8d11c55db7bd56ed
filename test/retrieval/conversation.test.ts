import { describe, expect, test } from "vitest";
import { understand } from "../../src/retrieval/conversation.ts";
import type { Turn } from "../../src/types.ts";

const NEET: Turn = {
  question: "what share of care leavers were NEET in march 2014?",
  understood: "what share of care leavers were NEET in march 2014?",
  outcome: "answer",
  passages: ["report#7"],
};

describe("follow-ups", () => {
  test("a first question stands alone", () => {
    expect(understand("and nationally?", [])).toMatchObject({
      text: "and nationally?",
      followUp: false,
      before: [],
    });
  });

  test("what a follow-up leaves out comes from the question before", () => {
    const { text, followUp, before } = understand("and nationally?", [NEET]);
    expect(text).toBe("what share of care leavers were NEET in march 2014 – and nationally?");
    expect(followUp).toBe(true);
    expect(before).toEqual(["report#7"]);
  });

  test("the year before is the year before", () => {
    expect(understand("what about the year before?", [NEET]).text).toContain("2013");
    expect(understand("what about the year before?", [NEET]).text).not.toContain("2014");
    expect(understand("and two years earlier?", [NEET]).text).toContain("2012");
  });

  test("a year named takes the place of the one before", () => {
    const { text } = understand("and in 2011?", [NEET]);
    expect(text).toContain("2011");
    expect(text).not.toContain("2014");
  });

  test("a message that names something itself asks for that, not for what was quoted last", () => {
    expect(understand("what about looked after children?", [NEET])).toMatchObject({ leans: false, own: 0.5 });
    expect(understand("are they happy with their social workers?", [NEET])).toMatchObject({
      leans: false,
      own: 0.4,
    });
    expect(understand("are there any complaints?", [NEET])).toMatchObject({ leans: false, own: 0.5 });
  });

  test.each([
    "and nationally?",
    "what about the year before?",
    "why?",
    "how many in 2012?",
    "and two years ago?",
    "and in 2013-14?",
    "and at 31 March 2013?",
    "and now?",
    "what else?",
    "for how long?",
    "how come?",
  ])("a message that names nothing itself is about what was quoted last: %s", (message) => {
    expect(understand(message, [NEET])).toMatchObject({ before: ["report#7"], leans: true, own: 0 });
  });

  test.each(["how many", "since when", "who said that?", "which doc?"])(
    "a message of nothing but asking words is surely about what was quoted last: %s",
    (message) => {
      expect(understand(message, [NEET])).toMatchObject({ followUp: true, sure: true, leans: true });
    },
  );

  test("who said it, and where it stands, is asked of the last quotation; of none, its question is asked again", () => {
    expect(understand("who said that?", [NEET])).toMatchObject({ again: true, text: NEET.understood });
    const refused: Turn = { ...NEET, outcome: "none", passages: [] };
    expect(understand("which paragraph is that in?", [refused])).toMatchObject({
      again: false,
      text: NEET.understood,
    });
  });

  test("one that points back and names one thing may be about either", () => {
    expect(understand("is it rising?", [NEET])).toMatchObject({ leans: true, own: 0.3 });
  });

  test("a whole question stands alone even in a conversation", () => {
    const message = "which charity was commissioned to close the gap in CAMHS provision?";
    expect(understand(message, [NEET])).toMatchObject({ text: message, followUp: false, before: [] });
  });

  test("a report named in a new question is no question for the source", () => {
    expect(understand("what does the 2014 report say about children missing from home?", [NEET]).again).toBe(
      false,
    );
  });

  test("a short question of its own form may stand alone", () => {
    expect(understand("who won the world cup?", [NEET])).toMatchObject({ followUp: true, sure: false });
    expect(understand("and nationally?", [NEET])).toMatchObject({ followUp: true, sure: true });
  });

  test("small talk between two questions is passed over, an unanswered question is not", () => {
    const thanks: Turn = { question: "thanks", understood: "", outcome: "none", passages: [] };
    expect(understand("and nationally?", [NEET, thanks]).before).toEqual(["report#7"]);
    const unanswered: Turn = { ...thanks, question: "how many ipads?", understood: "how many ipads?" };
    expect(understand("and nationally?", [NEET, unanswered]).text).toContain("ipads");
  });

  test.each(["which paragraph is that in?", "where does it say that?", "what page is that on?", "source?"])(
    "%s asks for the last quotation again",
    (message) => {
      expect(understand(message, [NEET])).toMatchObject({ again: true, before: ["report#7"] });
    },
  );
});
