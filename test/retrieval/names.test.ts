import { expect, test } from "vitest";
import { findOrganisations, findPeople, namesNobody } from "../../src/retrieval/names.ts";

const people = (text: string) => findPeople(text).map(({ start, end }) => text.slice(start, end));
const bodies = (text: string) => findOrganisations(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["HM chief inspector Sir Michael Wilshaw said so.", ["Sir Michael Wilshaw"]],
  [
    "The Chief Executive Mark Lloyd met Cllr Brown and J. K. Smith.",
    ["Mark Lloyd", "Cllr Brown", "J. K. Smith"],
  ],
  [
    "They moved to Slough. Staff left, Mary. John Smith, Mrs May and Dr. Young stayed.",
    ["John Smith", "Mrs May", "Dr. Young"],
  ],
  ["He said 'Sarah Jones is great'.", ["Sarah Jones"]],
  ["However Sarah Jones-Hall’s report in April Mary O’Neill read.", ["Sarah Jones-Hall", "Mary O’Neill"]],
])("people: %s", (text, found) => {
  expect(people(text)).toEqual(found);
});

test.each([
  "The LSCB Chair is also a member of the local authority Improvement Board.",
  "The Executive Director of Children, Families and Adult Services has been in post since July 2010.",
  "He met the Independent Reviewing Officer in September.",
  "Milton Keynes Council’s director left Great Ormond Street Hospital for the Integrated Access Team.",
  "It’s Slough Council’s plan.",
])("posts, bodies, places of bodies and months are no people: %s", (text) => {
  expect(people(text)).toEqual([]);
});

test.each([
  ["Where the Ofsted judgement changes, He asks.", ["Ofsted"]],
  ["In April the Children's Trust Board met Coram.", ["Children's Trust Board", "Coram"]],
  ["“We rolled our sleeves up.” It’s September, and We’ll see.", []],
  ["Police arrested him.", ["Police"]],
  ["Young people meet.", []],
  ["“We are delighted,” he said of 'requires improvement'.", []],
  [
    "Children of the 'tell us' site saw the film 'My name is Joe', which is 'good'.",
    ["tell us", "My name is Joe"],
  ],
  ["Ofsted's report names Youthoria.", ["Ofsted", "Youthoria"]],
])("bodies, without the word that begins the sentence: %s", (text, found) => {
  expect(bodies(text)).toEqual(found);
});

test("a long run of capitals takes no time to speak of", () => {
  // Quadratic, each would take minutes.
  for (const text of ["A".repeat(200_000), "Aa ".repeat(50_000)]) {
    expect(people(text)).toEqual([]);
    expect(bodies(text)).toHaveLength(1);
  }
  expect(bodies(`Aa${" ".repeat(200_000)}x`)).toEqual(["Aa"]);
});

test("words of posts and months name nobody, surnames do", () => {
  expect(["Director", "October", "The"].every(namesNobody)).toBe(true);
  expect(namesNobody("Wilshaw")).toBe(false);
});
