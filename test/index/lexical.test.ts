import { expect, test } from "vitest";
import { type LexicalIndex, K1 } from "../../src/index/lexical.ts";
import { buildLexical, LEXICAL_VERSION } from "../../src/index/lexical-build.ts";
import { FIELDS } from "../../src/index/postings.ts";
import { sha256 } from "../../src/index/versions.ts";
import { parseLexicon } from "../../src/text/lexicon.ts";
import { STOP_WORDS } from "../../src/text/terms.ts";
import { CORPUS, textDocument } from "../fakes/corpus.ts";
import { paragraph, smallIndex, titled } from "./room.ts";

const NO_TITLES = new Map();

function scores(index: LexicalIndex, ...stems: string[]): number[] {
  const into = new Float32Array(index.passages.length);
  for (const stem of stems) index.score(stem, 1, into);
  return [...into];
}

// The example of Grossman & Frieder, "Information Retrieval: Algorithms and Heuristics". Without stop
// words the lengths are 4, 5 and 4: on average 13/3.
const GOLD = [
  paragraph(0, "Shipment of gold damaged in a fire"),
  paragraph(1, "Delivery of silver arrived in a silver truck"),
  paragraph(2, "Shipment of gold arrived in a truck"),
];

test("with words of their own only, passages score as in Lucene's BM25", () => {
  expect([FIELDS.text, K1]).toEqual([{ weight: 1, b: 0.6 }, 1.2]);
  const index = buildLexical(GOLD, NO_TITLES);
  // idf = ln(1 + (N - n + 0.5) / (n + 0.5)), N = 3
  const gold = Math.log(1 + 1.5 / 2.5); // n = 2: 0.470004
  const silver = Math.log(1 + 2.5 / 1.5); // n = 1: 0.980829
  const truck = gold; // n = 2
  // tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average))
  const once4 = 2.2 / (1 + 1.2 * (0.4 + (0.6 * 4) / (13 / 3))); // 2.2 / 2.144615 = 1.025825
  const once5 = 2.2 / (1 + 1.2 * (0.4 + (0.6 * 5) / (13 / 3))); // 2.2 / 2.310769 = 0.952064
  const twice5 = 4.4 / (2 + 1.2 * (0.4 + (0.6 * 5) / (13 / 3))); // 4.4 / 3.310769 = 1.328996
  const found = scores(index, "gold", "silver", "truck");
  expect(found[0]).toBeCloseTo(gold * once4, 5);
  expect(found[1]).toBeCloseTo(silver * twice5 + truck * once5, 5);
  expect(found[2]).toBeCloseTo(gold * once4 + truck * once4, 5);
  for (const [i, value] of [0.482142, 1.750992, 0.964284].entries()) expect(found[i]).toBeCloseTo(value, 5);
});

test("frequencies of all fields are weighted and added up before they saturate", () => {
  const index = buildLexical(
    [
      paragraph(0, "Foster care", { section: ["Care"] }),
      paragraph(1, "Schools improve", { section: ["Schools and learning"] }),
    ],
    titled("Care"),
  );
  // Lengths: text 2 and 2, context 1 and 2 (average 1.5), title 1 and 1. "care" stands in each field of
  // the first passage and in the title of the second; n counts own words: 1 of 2.
  const idf = Math.log(1 + 1.5 / 1.5);
  const title = 0.15 / (0.7 + 0.3);
  const first = 1 / (0.4 + 0.6) + 0.45 / (0.5 + (0.5 * 1) / 1.5) + title;
  const [inAll, inTitle] = scores(index, "care");
  expect(inAll).toBeCloseTo((idf * first * 2.2) / (first + 1.2), 5);
  expect(inTitle).toBeCloseTo((idf * title * 2.2) / (title + 1.2), 5);
});

test("a word counts most in the passage itself, then in what introduces it, then in the title", () => {
  const index = buildLexical(
    [
      paragraph(0, "Adoption works well"),
      paragraph(1, "Nothing works well", { section: ["Adoption"] }),
      paragraph(2, "Something works well", {
        leadIn: { text: "Adoption:", pieces: [] },
        document: "other",
      }),
      paragraph(3, "Anything works well", { document: "third" }),
      paragraph(4, "“Everything works well", {
        attribution: { text: "Adoption:", pieces: [] },
        document: "other",
      }),
    ],
    new Map([["third", { id: "third", file: "third.txt", title: "Adoption", sha256: "" }]]),
  );
  const [own, section, leadIn, title, attribution] = scores(index, "adopt") as [
    number,
    number,
    number,
    number,
    number,
  ];
  expect(own).toBeGreaterThan(section);
  expect([leadIn, attribution]).toEqual([section, section]);
  expect(section).toBeGreaterThan(title);
  expect(title).toBeGreaterThan(0);
});

test("no idf is negative, however common the word", () => {
  const everywhere = Array.from({ length: 50 }, (_, i) => paragraph(i, `care word${"abcdefghij"[i % 10]}`));
  const { idf, numbers } = buildLexical(everywhere, titled("care only in titles"));
  expect(Math.min(...idf)).toBeGreaterThan(0);
  expect(idf[numbers.get("care")!]).toBeCloseTo(Math.log(1 + 0.5 / 50.5), 6);
});

test("scores are added to what is there, times their weight; unknown stems add nothing", () => {
  const index = buildLexical(GOLD, NO_TITLES);
  const into = Float32Array.of(1, 1, 1);
  index.score("gold", 0.5, into);
  index.score("platinum", 1, into);
  expect(into[0]).toBeCloseTo(1 + 0.482142 / 2, 5);
  expect(into[1]).toBe(1);
});

test("a word's commonest form stands for its stem", () => {
  const { forms, numbers } = buildLexical(
    [paragraph(0, "Carers and a carer. Carers’ plans for carers.")],
    NO_TITLES,
  );
  expect(forms[numbers.get("carer")!]).toBe("carers");
});

test("a passage knows the words of each of its sentences, where it stands, and how long it is", () => {
  const text = "Plans are poor. Of 2,515 plans 42% are late.";
  const { passages, stems, ownCount, numbers } = buildLexical([paragraph(0, text)], NO_TITLES);
  const [passage] = passages;
  const named = passage!.sentences.map(({ start, end, words }) => ({
    text: text.slice(start, end),
    words: [...words].map((word) => stems[word]),
  }));
  expect(named).toEqual([
    { text: "Plans are poor.", words: ["plan", "poor"] },
    { text: "Of 2,515 plans 42% are late.", words: ["2515", "plan", "42%", "late"] },
  ]);
  expect(passage!.length).toBe(6);
  expect(ownCount[numbers.get("plan")!]).toBe(1);
});

test("a passage with an abbreviation is found by what another one says that it stands for", () => {
  const index = buildLexical(
    [
      paragraph(0, "Ring the Integrated Access Team (IAT) first."),
      paragraph(1, "The IAT is open at night."),
      paragraph(2, "The integrated access team has grown."),
      paragraph(3, "Schools improve."),
    ],
    NO_TITLES,
  );
  expect(scores(index, "integr").map((score) => score > 0)).toEqual([true, true, true, false]);
  expect(scores(index, "iat").map((score) => score > 0)).toEqual([true, true, true, false]);
});

test("words are read as they were when this LEXICAL_VERSION was given", async () => {
  const figures = textDocument(
    "figures",
    "1. It fell, and many left. 67% of all live with carers. 10% live in homes.",
  );
  const { stems, forms, arrays } = (await smallIndex([...CORPUS, figures])).lexical;
  const digest = sha256(
    JSON.stringify([
      stems,
      forms,
      Object.entries(arrays).map(([name, a]) => [name, ...a]),
      [...STOP_WORDS].toSorted(),
      [...parseLexicon("child in care, boss => ward").lexicon.expansions],
    ]),
  );
  // Does it fail? Then kept indexes hold other words than the program would read now: raise
  // LEXICAL_VERSION, so that they are built anew, and write both down here.
  expect([LEXICAL_VERSION, digest.slice(0, 12)]).toEqual([8, "d40a161a603a"]);
});

test("no passages make an index without words", () => {
  const index = buildLexical([], NO_TITLES);
  expect(index.stems).toEqual([]);
  expect(scores(index, "care")).toEqual([]);
});

test("a passage's words are its sentences' words; those of one heading are kept once", () => {
  const item = { leadIn: { text: "These failed:", pieces: [] }, section: ["Councils"] };
  const { passages, stems, arrays } = buildLexical(
    [paragraph(0, "Rochdale failed. So did Leeds.", item), paragraph(1, "Hull.", item)],
    titled("Councils in the north"),
  );
  const named = (words: Int32Array) => [...words].map((word) => stems[word]);
  expect(named(passages[0]!.text)).toEqual(["rochdal", "fail", "leed", "fail"]);
  expect(passages[0]!.sentences.map(({ words }) => named(words))).toEqual([
    ["rochdal", "fail"],
    ["leed", "fail"],
  ]);
  expect(passages.map(({ sentences }) => sentences.map(({ number }) => number))).toEqual([[0, 1], [2]]);
  expect(passages.map(({ length }) => length)).toEqual([3, 1]);
  for (const { context } of passages) expect(named(context)).toEqual(["fail", "council", "north"]);
  expect(arrays.contextsFrom).toHaveLength(2);
});
