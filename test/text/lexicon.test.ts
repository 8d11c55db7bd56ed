import { expect, test } from "vitest";
import { EMPTY_LEXICON, expand, parseLexicon, parseLexiconLine } from "../../src/text/lexicon.ts";
import { contentStems } from "../../src/text/terms.ts";

/** What a question's phrases are expanded to: `phrase -> form | form`. */
function expansions(lexicon: string, question: string): string[] {
  const stems = contentStems(question);
  return expand(stems, parseLexicon(lexicon).lexicon).map(
    ({ from, to, forms }) =>
      `${stems.slice(from, to).join(" ")} -> ${forms.map((form) => form.join(" ")).join(" | ")}`,
  );
}

test("forms separated by commas say the same, each of them", () => {
  const lexicon = "boss, director, chief officer";
  expect(expansions(lexicon, "Who is the director?")).toEqual(["director -> boss | chief offic"]);
  expect(expansions(lexicon, "Who is the chief officer?")).toEqual(["chief offic -> boss | director"]);
});

test("an arrow leads one way", () => {
  const lexicon = "boss, gaffer => director";
  expect(expansions(lexicon, "the boss")).toEqual(["boss -> director"]);
  expect(expansions(lexicon, "the gaffer")).toEqual(["gaffer -> director"]);
  expect(expansions(lexicon, "the director")).toEqual([]);
});

test("words are compared by their stems, whatever stands between them", () => {
  expect(expansions("social workers, SWs", "How is the Social-Worker paid?")).toEqual([
    "social worker -> sw",
  ]);
});

test("one child and several children are the same, on either side", () => {
  const lexicon = "child in care, ward";
  expect(expansions(lexicon, "How many children are in care?")).toEqual([
    "children care -> child care | ward",
  ]);
  expect(expansions(lexicon, "the ward")).toEqual(["ward -> child care | children care"]);
});

test("the longest phrase comes first and hides the shorter ones inside it", () => {
  const lexicon = "care, help\ncare leaver, former looked after child\nleaver, goer";
  expect(expansions(lexicon, "care leavers in care")).toEqual([
    "care leaver -> former look child | former look children",
    "care -> help",
  ]);
});

test("groups that share a form are added up, and none is listed twice", () => {
  expect(expansions("boss, director\nboss, head, Directors", "boss")).toEqual(["boss -> director | head"]);
});

test("comments, blank lines, a byte order mark and Windows line ends are read over", () => {
  const { lexicon, problems } = parseLexicon("\uFEFF# words\r\n\r\na1, b2 # the same\r\n   \r\n");
  expect(problems).toEqual([]);
  expect([...lexicon.expansions.keys()]).toHaveLength(parseLexicon("a1, b2").lexicon.expansions.size);
});

test("a line that can't be read is named with its number, and the others count", () => {
  const { lexicon, problems } = parseLexicon(
    [
      "boss, director",
      "alone",
      "",
      "a => b => c",
      "=> nothing",
      "nothing =>",
      Array.from({ length: 25 }, (_, i) => `form${i}`).join(","),
      "head, chief",
    ].join("\n"),
  );
  expect(problems).toEqual([
    "line 2: a group needs two forms or more, separated by commas",
    "line 4: more than one =>",
    "line 5: nothing on one side of =>",
    "line 6: nothing on one side of =>",
    "line 7: more than 24 forms in one group",
  ]);
  expect([...lexicon.expansions.keys()]).toEqual(["boss", "director", "head", "chief"]);
});

test("a form of nothing but stop words is left out", () => {
  expect(expansions("who, the, boss", "who is the boss?")).toEqual([]);
});

test("a line is read as Solr reads it", () => {
  expect(parseLexiconLine(" a ,b c,, d ")).toEqual({ from: ["a", "b c", "d"], to: ["a", "b c", "d"] });
  expect(parseLexiconLine("a, b => c, d")).toEqual({ from: ["a", "b"], to: ["c", "d"] });
  expect(parseLexiconLine("  # a, b")).toBeNull();
  expect(parseLexiconLine("c#, f#")).toEqual({ from: ["c#", "f#"], to: ["c#", "f#"] });
});

test("nothing is expanded without a lexicon, nor in an empty question", () => {
  expect(expand(["boss"], EMPTY_LEXICON)).toEqual([]);
  expect(expansions("boss, director", "")).toEqual([]);
});
