import { describe, expect, test } from "vitest";
import { attributionAt } from "../../src/passages/attribution.ts";
import { textOf } from "../../src/passages/markup.ts";
import { splitDocument } from "../../src/passages/split.ts";
import type { Document, Passage } from "../../src/types.ts";

function documentOf(...paragraphs: readonly string[]): Document {
  const text = `${paragraphs.join("\n\n")}\n`;
  return { info: { id: "d", file: "d.txt", title: "D", sha256: "" }, text, pages: [] };
}

/** Who says each passage, as far as it is carried; every attribution is proved. */
function said(...paragraphs: readonly string[]): (string | undefined)[] {
  const document = documentOf(...paragraphs);
  return splitDocument(document).map(({ attribution }) => {
    if (attribution) expect(textOf(document.text, attribution.pieces)).toBe(attribution.text);
    return attribution?.text;
  });
}

const FIRST = "Councillor Ann Hall, the chair, said:";
const MIDDLE = "We know there is a lot to do.";
const LAST = "We will go on.";

describe("a paragraph that goes on with an unclosed quotation", () => {
  test.each([
    ["straight", '"', '"'],
    ["curly", "“", "”"],
    ["TeX's", "``", "''"],
    ["single straight", "'", "'"],
    ["single curly", "‘", "’"],
  ])("has the words that introduce it, in %s marks", (_, open, close) => {
    const story = [`${FIRST} ${open}Good.`, `${open}${MIDDLE}`, `${open}${LAST}${close}`, "It rained a lot."];
    expect(said(...story)).toEqual([undefined, FIRST, FIRST, undefined]);
  });

  test("has them where straight and curly marks are mixed, but not where double and single are", () => {
    expect(said(`${FIRST} "Good.`, `“${MIDDLE}`, `"${LAST}"`)).toEqual([undefined, FIRST, FIRST]);
    expect(said(`${FIRST} "Good.`, `‘${MIDDLE}’`)).toEqual([undefined, undefined]);
  });

  test("has the sentence's beginning only, whole where markup or an abbreviation stands in it", () => {
    expect(said(`It was late. ${FIRST} “Good.`, `“${LAST}”`)[1]).toBe(FIRST);
    expect(said(`Cllr. <b>Ann</b> Hall said: “Good.`, `“${LAST}”`)[1]).toBe("Cllr. Ann Hall said:");
    expect(said(`Asked by Sky, Ann Hall said “we are good.`, `“${LAST}”`)[1]).toBe(
      "Asked by Sky, Ann Hall said",
    );
  });

  test("keeps its own printed number", () => {
    const passages = splitDocument(documentOf(`1. ${FIRST} “Good.`, `2. “${LAST}”`));
    expect(passages.map(({ paragraph, attribution }) => [paragraph, attribution?.text])).toEqual([
      ["1", undefined],
      ["2", FIRST],
    ]);
  });

  test("has them over a footnote that stands between", () => {
    expect(said(`${FIRST} “Good¹ work.`, "¹ In the report.", `“${LAST}”`)).toEqual([
      undefined,
      undefined,
      FIRST,
    ]);
  });
});

describe("a paragraph that ends with the introduction of a quotation", () => {
  const texts = (...paragraphs: readonly string[]) =>
    splitDocument(documentOf(...paragraphs)).map(({ text }) => text);

  test("begins the quotation's own passage, and is carried to those that go on", () => {
    const story = [FIRST, "“Good.", `“${LAST}”`];
    expect(texts(...story)).toEqual([`${FIRST} “Good.`, `“${LAST}”`]);
    expect(said(...story)).toEqual([undefined, FIRST]);
    expect(texts(`It was late. ${FIRST}`, `“${LAST}”`)).toEqual([`It was late. ${FIRST} “${LAST}”`]);
  });

  test("is left alone before other words, a list and a printed number", () => {
    expect(texts(FIRST, MIDDLE)).toEqual([MIDDLE]);
    expect(texts(FIRST, "- “Good” is it")).toEqual(["“Good” is it"]);
    expect(texts(FIRST, `1. “${LAST}”`)).toEqual([`“${LAST}”`]);
  });
});

describe("nothing is carried", () => {
  test.each([
    ["where the quotation is closed", [`${FIRST} “Good.”`, `“${LAST}”`]],
    ["where the paragraph doesn't open with a mark", [`${FIRST} “Good.`, LAST]],
    ["past a paragraph of other words", [`${FIRST} “Good.`, "It rained a lot.", `“${LAST}”`]],
    ["past a heading", [`${FIRST} “Good.`, "## Rain", `“${LAST}”`]],
    ["past a list", [`${FIRST} “Good.`, "- one\n- two", `“${LAST}”`]],
    ["where nobody is named", ["“Good.", `“${LAST}”`]],
    ["where only a pronoun stands", ["She added: “Good.", `“${LAST}”`]],
    ["where the mark begins its sentence", ["“Good,” said Ann Hall. “We know.", `“${LAST}”`]],
    [
      "from a term whose closing mark is missing",
      ["Ofsted calls the council “good now.", `“${LAST}” said Ann.`],
    ],
    [
      "from words too long to be read at a glance",
      [`Ann Hall, ${"very ".repeat(50)}old, said: “Good.`, `“${LAST}”`],
    ],
    [
      "to words that another says",
      ["Ann Hall said: “We are good.", `“We are bad,” said Bob Ray, the leader.`],
    ],
    [
      "to words that somebody else adds",
      ["Ann Hall said: “We are good.", `“We are bad.” Bob Ray added that.`],
    ],
    ["to a word in marks", ["Ann Hall said: “We are good.", "“Outrage” grew in the town last night."]],
    ["from a pronoun, whatever else is named", ["He told BBC Radio on Monday: “Good.", `“${LAST}”`]],
    ["from apostrophes", ["Ann Hall said: the councils' and children's plans of '14", `'${LAST}'`]],
  ])("%s", (_, story) => {
    expect(said(...story).filter((one) => one !== undefined)).toEqual([]);
  });
});

test("marks inside marks don't end the quotation, and apostrophes end none", () => {
  expect(said(`${FIRST} “The ‘good’ mark is the children’s own.`, `“${LAST}”`)[1]).toBe(FIRST);
  expect(said(`${FIRST} 'The "good" mark isn't ours.`, `'${LAST}'`)[1]).toBe(FIRST);
  expect(said(`${FIRST} “Good.`, `“‘${LAST}’ she told me.`, `“… and more.”`)).toEqual([
    undefined,
    FIRST,
    FIRST,
  ]);
});

describe("who says a part of a paragraph", () => {
  const document = documentOf(
    `${FIRST} “It is good. It will be better.” It rained.`,
    `Bob Ray said: ‘One. Two.`,
    `‘Three. Four.’ It snowed. ‘Five. Six.’`,
  );
  const passages = splitDocument(document);
  const at = (passage: Passage, words: string) =>
    attributionAt(passage, passage.text.indexOf(words), document.text)?.text;

  test("is told by the words before it, as far as the quotation goes", () => {
    expect(["Councillor", "It will be", "It rained"].map((words) => at(passages[0]!, words))).toEqual([
      undefined,
      FIRST,
      undefined,
    ]);
  });

  test("is told by the paragraph before, up to the closing mark", () => {
    expect(["‘Three", "Four", "It snowed", "Six"].map((words) => at(passages[2]!, words))).toEqual([
      "Bob Ray said:",
      "Bob Ray said:",
      undefined,
      undefined,
    ]);
  });
});
