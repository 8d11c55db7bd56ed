import { beforeAll, expect, test } from "vitest";
import { placesAsked } from "../../src/retrieval/heading-asked.ts";
import type { OpenIndex } from "../../src/index/open-index.ts";
import { inOrder } from "../../src/retrieval/order.ts";
import { parseQuestion } from "../../src/retrieval/question.ts";
import { rank } from "../../src/retrieval/rank.ts";
import { textDocument } from "../fakes/corpus.ts";
import { smallIndex } from "../index/room.ts";

let index: OpenIndex;
beforeAll(async () => {
  const made = await smallIndex([
    textDocument(
      "report",
      [
        "The board listens to young people, and it acts on what they say to it.",
        "Ensure that plans are reviewed in time, and that everybody has one of their own.",
        "Make sure that visits take place when they are due, whoever is away.",
        "What the council needs to improve is often said by those who work there.",
      ].join("\n\n"),
    ),
  ]);
  const heading = "What does the local authority need to improve?";
  const sections = [
    ["Safeguarding"],
    ["Findings", heading],
    ["Findings", heading],
    ["Areas for improvement"],
  ];
  const passages = made.passages.map((passage, place) => ({ ...passage, section: sections[place]! }));
  index = { ...made, passages };
});

const asked = (question: string) => placesAsked(parseQuestion(question), index);

test.each([
  "What does the council need to improve?",
  "what needs improving",
  "what should they improve?",
  "what must the council improve",
])("a question that repeats a heading asks for what stands below it: %s", (question) => {
  expect(asked(question)).toEqual([1, 2]);
});

test.each([
  "what improved?",
  "what does the council need?",
  "what does the council need to improve its visits?",
  "how many things does the council need to improve?",
  "who needs to improve?",
  "why does the council need to improve?",
  "what doesn't the council need to improve?",
  "does the council need to improve?",
  "how does the council need to improve?",
  "what are the areas for improvement?",
  "what does ofsted need to improve?",
  "what should i improve?",
  "safeguarding",
  "",
])("so does no question that says less, more, or asks for one thing of it: %j", (question) => {
  expect(asked(question)).toEqual([]);
});

test("what stands below comes first, in its order, whatever words it uses", async () => {
  const { candidates, below } = inOrder(await rank("What does the council need to improve?", index, null));
  expect(below).toEqual([1, 2]);
  expect(candidates.map(({ place }) => place).slice(0, 3)).toEqual([1, 2, 3]);
  expect(candidates[0]!.score).toBeGreaterThan(candidates[2]!.score);
});

test("of several reports of one kind on one authority, what the newest says below it comes first", async () => {
  const made = await smallIndex(
    ["2014", "2018"].map((year) => {
      const report = textDocument(
        `report-${year}`,
        `The council needs to improve, the inspectors said in ${year}.\n\nEnsure that plans are made in time (${year}).`,
      );
      return { ...report, info: { ...report.info, authority: "Leeds", kind: "report", published: year } };
    }),
  );
  const passages = made.passages.map((passage) =>
    passage.text.startsWith("Ensure") ? { ...passage, section: ["What needs to improve?"] } : passage,
  );
  const two = { ...made, passages };
  const { candidates, below } = inOrder(await rank("what does Leeds need to improve?", two, null));
  expect(two.passages[candidates[0]!.place]!.text).toContain("(2018)");
  expect(below).toEqual([candidates[0]!.place]);
});
