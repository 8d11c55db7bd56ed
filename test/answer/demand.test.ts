import { describe, expect, test } from "vitest";
import { unmetDemand } from "../../src/answer/demand.ts";

describe("what a question cannot do without", () => {
  test.each([
    ["says how many", "how many arrests came out of it?", "Intelligence is shared with the police."],
    ["gives a share", "what percentage of carers is that?", "Carers feel supported."],
    ["says how long", "how long had she been director?", "Clemo is the director."],
    ["says how long", "how long do they wait?", "344 children are on the list."],
    ["says how long", "how long are they held?", "Children may be held in cells."],
    ["names a sum", "what did the iPads cost?", "They invested in iPads."],
    ["names anybody", "what's the name of the panel chair?", "The panel chair is effective."],
    [
      "names anybody",
      "what is the exec director's name?",
      "The Executive Director has been in post since July 2010.",
    ],
    ["names anybody", "who is the chair of the panel?", "The panel chair is effective."],
    ["names anybody", "who is the chair of the Ann Hall panel?", "The Ann Hall panel has a chair."],
    [
      "names anybody",
      "who is the chair of the board?",
      "Staff work in Slough. Partners meet with the chair.",
    ],
    [
      "names anybody",
      "who is the chair of the LSCB?",
      "The LSCB Chair is also a member of the local authority Improvement Board.",
    ],
    ["says when", "when was the notice served?", "The notice led to a plan of the council's own."],
    ["says when", "what dates did the inspectors visit?", "The inspectors visited the council."],
    ["says how often", "how often do they meet?", "They meet in the town hall."],
  ])("(nothing %s) %s", (missing, question, text) => {
    expect(unmetDemand(question, [text])).toBe(missing);
  });

  test.each([
    ["how many arrests were there?", "There were no arrests."],
    ["how many arrests were there?", "Few arrests followed."],
    ["how many arrests were there?", "The police made twelve arrests."],
    ["how many were placed in the past two years?", "Two children in the past two years were placed."],
    ["what proportion is that?", "The majority of children."],
    ["how long did it take?", "It was done the same day."],
    ["how long did it take?", "It took 12 weeks."],
    ["how long did it take?", "It went on from 7 to 18 June."],
    ["how long is the waiting list?", "344 children are on the list."],
    ["how long is the helpline open?", "It is open from 9am to 5pm."],
    ["how long are they supported?", "Support goes on up to 21."],
    ["how many hours did it take?", "There were 63 of them."],
    ["what did it cost?", "It was free."],
    ["what's the name of the director?", "Niki Clemo leads the service."],
    ["what's the name of the director?", "Children's Commissioner Anne Longfield disagrees."],
    ["what's the name of the director?", "Director of Children’s Services\tTrevor Doughty"],
    ["what's the name of the chair?", "The chair, Carol, is stepping down."],
    ["what's the name of the leader?", "Cllr A. Wallis said so."],
    ["how many children were adopted?", "Last year 32 children were adopted."],
    ["how many foster carers are there?", "There are 2000 foster carers."],
    ["how many ran in 2013–14?", "The service ran 14 information sessions."],
    ["how many were helped in the last 12 months?", "The service helped 12 young people."],
    ["how many meet?", "A handful of them meet."],
    ["how long do they wait?", "The work is on schedule."],
    ["how much did it cost?", "It took a record sum."],
    ["what share is that?", "One social work post in five is empty; two-thirds were."],
    ["how often do they meet?", "They meet in line with the children's needs."],
    ["how often are plans checked?", "Plans are usually checked."],
    ["who is the designated officer?", "The head of safeguarding is the designated officer."],
    ["who is the chair of the panel?", "A former foster carer is the chair of the panel."],
    ["when was the notice lifted?", "It was lifted last spring."],
    ["when are siblings parted?", "They are placed together unless there are good reasons."],
    ["who is the lead member?", "The deputy mayor became the lead member."],
  ])("%s may be answered by: %s", (question, text) => {
    expect(unmetDemand(question, [text])).toBeNull();
  });
});

test("one of the texts is enough", () => {
  expect(unmetDemand("how many are there?", ["Carers feel supported.", "There are 12."])).toBeNull();
});

test("a figure that the question says itself is no answer to it", () => {
  expect(unmetDemand("how many of the 30 mentors left?", ["A service has 30 mentors."])).toBe(
    "says how many",
  );
});

test.each([
  "do they know how many children are missing?",
  "how long ago was that?",
  "who chairs the board?",
  "how much of the plan is done?",
  "name all the areas that must improve",
  "does the council record how many visits are made?",
  "do managers track how many cases drift?",
  "no matter how long it takes, do they help?",
  "what percentage are parents, and how are their needs assessed?",
  "what does Ofsted say about the cost of agency staff?",
  "what is the cost of living doing to families?",
  "what's the name of the scheme run by the chief executive?",
  "what's the name of the tool used by social work managers?",
  "why are cases allocated in managers' names?",
  "what's the name of the firm that leads the panel?",
])("nothing is demanded by: %s", (question) => {
  expect(unmetDemand(question, ["Carers feel supported."])).toBeNull();
});
