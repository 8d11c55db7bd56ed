import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { evidenceOf, wordsIn } from "../../src/evaluation/review/gold.ts";
import { startReview } from "../../src/evaluation/review/review.ts";
import { openReviewed } from "../../src/evaluation/review/reviewed.ts";
import { checkItems } from "../../src/evaluation/sets/check.ts";
import { readJsonl } from "../../src/evaluation/sets/jsonl.ts";
import { readSets } from "../../src/evaluation/sets/read.ts";
import { answer, BOARD, DOCUMENTS, fakeEngine, folder, HEALTH, MONEY, NEET, ranked, TEXTS } from "./room.ts";

const CANDIDATES = [
  {
    id: "fb-1",
    question: "NEET?",
    answerable: true,
    evidence: [{ document: "report", paragraph: "105", quote: "62% of care leavers" }],
  },
  { id: "fb-2", question: "money?" },
  { id: "fb-3", question: "the weather?", type: "numeric" },
];
const engine = fakeEngine({
  "NEET?": answer([HEALTH, NEET, MONEY], { mark: "good" }),
  "money?": answer([MONEY, BOARD], { mark: "£13m" }),
  // By the id that it has in the answer before.
  "the weather?": answer([], { outcome: "none", passages: ranked([MONEY, BOARD]).slice(1) }),
  "the board?": answer([BOARD]),
});
const SHOW = {
  answer: () => "ANSWER\n",
  passage: (
    number: number,
    { text }: { text: string },
    { right, whole }: { right: boolean; whole: boolean },
  ) => `${number}${right ? "*" : ""} ${whole ? text : text.slice(0, 20)}\n`,
  words: (text: string) => text,
};

/** Reviews the candidates by these lines; `said` is what was shown after each, null at the end. */
async function review(out: string, ...lines: string[]) {
  const items = readJsonl(CANDIDATES.map((line) => JSON.stringify(line)).join("\n"), "candidates.jsonl");
  const session = startReview(items, engine, await openReviewed(out), SHOW);
  const first = await session.start();
  const said: (string | null)[] = [];
  for (const line of lines) said.push((await session.reply(line))?.text ?? null);
  return { first: first?.text ?? null, said, summary: session.summary() };
}
const fileIn = async () => join(await folder(), "reviewed.jsonl");
const linesOf = async (file: string) =>
  (await readFile(file, "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe("a review", () => {
  test("shows the question, the answer and passages, those that the candidate names first", async () => {
    const { first } = await review(await fileIn());
    expect(first).toContain(
      "1 of 3 · fb-1\nNEET?\n\nANSWER\n\n1* In March 2014, 62% o\n2 Health care is “good\n",
    );
  });

  test("writes what was decided as a question set that fits the documents", async () => {
    const out = await fileIn();
    const { said, summary } = await review(out, "1", "62% of care", "1 2", "", "n");
    expect(said.at(-1)).toBeNull();
    expect(summary).toBe("3 reviewed now, 0 before, 0 left.\n");
    expect(await linesOf(out)).toEqual([
      {
        id: "fb-1",
        question: "NEET?",
        type: "feedback",
        answerable: true,
        evidence: [{ document: "report", paragraph: "105", quote: NEET[2] }],
        answer: "62% of care",
      },
      {
        id: "fb-2",
        question: "money?",
        type: "feedback",
        answerable: true,
        evidence: [
          { document: "news", paragraph: null, quote: MONEY[2] },
          { document: "news", paragraph: null, quote: BOARD[2] },
        ],
        // Offered, for the bot has it in bold.
        answer: "£13m",
      },
      { id: "fb-3", question: "the weather?", type: "unanswerable_near_miss", answerable: false },
    ]);
    checkItems(
      await readSets([out]),
      DOCUMENTS.map(({ id }) => id),
      (id) => TEXTS[id],
    );
  });

  test("takes passages that answer only together, and none in particular as the answer", async () => {
    const out = await fileIn();
    await review(out, "s", "1+2", "-");
    const [line] = await linesOf(out);
    expect(line).toMatchObject({ id: "fb-2", need: "all" });
    expect(line.evidence).toHaveLength(2);
    expect("answer" in line).toBe(false);
  });

  test("refuses words that don't stand in the passage, and numbers that aren't listed", async () => {
    const out = await fileIn();
    const { said } = await review(
      out,
      "7",
      "0",
      "1",
      "sixty-two per cent",
      "B",
      "b",
      "2",
      "a “GOOD”",
      "“GOOD”.",
    );
    expect(said[0]).toBe("There is no passage 7; they are 1 to 3.\n");
    expect(said[1]).toBe("There is no passage 0; they are 1 to 3.\n");
    expect(said[2]).toContain("The words that answer, as they stand there");
    expect(said[3]).toContain("Those words don't stand in that passage.");
    expect(said[4]).toContain("Those words don't stand in that passage.");
    expect(said[5]).toContain("1 of 3 · fb-1");
    expect(said[7]).toContain("Those words don't stand in that passage.");
    expect(await linesOf(out)).toMatchObject([{ answer: "“good”.", evidence: [{ paragraph: "106" }] }]);
  });

  test("edits the question, and answers it anew", async () => {
    const out = await fileIn();
    const { said } = await review(out, "s", "s", "e", "the board?", "1", "-");
    expect(said[2]).toBe("The words of the question:\n");
    expect(said[3]).toContain("3 of 3 · fb-3\nthe board?");
    expect(await linesOf(out)).toMatchObject([
      { id: "fb-3", question: "the board?", type: "numeric", evidence: [{ document: "news" }] },
    ]);
  });

  test("of a question that can't be asked says why, and goes on", async () => {
    const out = await fileIn();
    const refusing = { ...engine, ask: () => Promise.reject(new UserError("Too long.")) };
    const items = readJsonl('{"id": "a", "question": "?"}', "candidates.jsonl");
    const session = startReview(items, refusing, await openReviewed(out), SHOW);
    expect((await session.start())?.text).toContain("1 of 1 · a\n?\n\nToo long.\n");
    expect((await session.reply("1"))?.text).toBe("There is no passage 1; none is listed.\n");
    expect(await session.reply("o")).toBeNull();
    expect(await linesOf(out)).toHaveLength(1);
  });

  test("finds passages by other words; numbers that were shown keep their passages", async () => {
    const { said } = await review(await fileIn(), "s", "s", "f money?", "f money?", "v 2", "v 9", "m", "?");
    expect(said.slice(2)).toEqual([
      "2 The council spent £1\n",
      "Nothing that isn't listed.\n",
      "2 The council spent £13m.\n",
      "There is no passage 9; they are 1 to 2.\n",
      "There are no more.\n",
      expect.stringContaining("quit; all that was decided is kept"),
    ]);
  });

  test("undoes decisions one after another, also what was skipped", async () => {
    const out = await fileIn();
    const { said, summary } = await review(out, "o", "s", "u", "u", "u", "n");
    expect(said[2]).toContain("2 of 3 · fb-2");
    expect(said[3]).toContain("1 of 3 · fb-1");
    expect(said[4]).toBe("There is nothing to undo.\n");
    expect(await linesOf(out)).toMatchObject([{ id: "fb-1", type: "unanswerable_near_miss" }]);
    expect(summary).toBe("1 reviewed now, 0 before, 2 left.\n");
  });

  test("goes on where it was left, whatever was skipped before", async () => {
    const out = await fileIn();
    await review(out, "s", "o", "q");
    const { first, said, summary } = await review(out, "n", "n");
    expect(first).toContain("1 of 3 are reviewed; going on.");
    expect(first).toContain("2 of 3 · fb-1");
    expect(said[1]).toBeNull();
    expect((await linesOf(out)).map(({ id }) => id)).toEqual(["fb-2", "fb-1", "fb-3"]);
    expect(summary).toBe("2 reviewed now, 1 before, 0 left.\n");
    expect((await review(out)).first).toBeNull();
  });
});

describe("the file of reviewed questions", () => {
  test("keeps what stood there, as it stood there", async () => {
    const out = await fileIn();
    const before = '{ "id": "mine",  "question": "why?", "note": "kept" }';
    await writeFile(out, before);
    await review(out, "o", "u", "n");
    expect((await readFile(out, "utf8")).split("\n")).toEqual([
      before,
      '{"id":"fb-1","question":"NEET?","type":"unanswerable_near_miss","answerable":false}',
      "",
    ]);
    expect(await readdir(dirname(out))).toEqual(["reviewed.jsonl"]);
  });

  test("is refused when it is no question set, with its line", async () => {
    const out = await fileIn();
    await writeFile(out, '{"id": "a", "question": "?"}\n{"id": 7}\n');
    await expect(openReviewed(out)).rejects.toThrow(new UserError(`${out}:2: id must be a text, got 7.`));
  });

  test("isn't written over when somebody else has changed it, and the decision can be taken again", async () => {
    const out = await fileIn();
    const reviewed = await openReviewed(out);
    const line = { id: "a", question: "?", type: "x", answerable: false };
    await reviewed.add(line);
    const theirs = '{"id": "b", "question": "?"}\n';
    await writeFile(out, theirs);
    await expect(reviewed.add({ ...line, id: "c" })).rejects.toThrow(/somebody else has changed it/);
    expect(await readFile(out, "utf8")).toBe(theirs);
    expect(reviewed.ids.has("c")).toBe(false);
  });

  test.skipIf(process.getuid?.() === 0)("that can't be written is told before any question", async () => {
    const dir = await folder();
    await chmod(dir, 0o500);
    await expect(openReviewed(join(dir, "out.jsonl"))).rejects.toThrow(/can't be written/);
  });
});

describe("the gold answer", () => {
  test("is in the passage's own words", () => {
    expect(wordsIn("Of  these, 62%\nwere NEET.", "of these, 62% were")).toBe("Of  these, 62%\nwere");
    expect(wordsIn("costs (about) £13m.", "(ABOUT) £13m.")).toBe("(about) £13m.");
    expect(wordsIn("62%", "42%")).toBeNull();
    expect(wordsIn("62%", " ")).toBeNull();
  });

  test("makes its sentence the evidence, the whole passage where it has none", () => {
    const passage = {
      ...ranked([["report", "7", "It was good. In March, 62% were NEET. Then it fell."]])[0]!,
      page: 3,
    };
    const place = { document: "report", paragraph: "7", page: 3 };
    const quote = (given: string | null, stands: (one: string) => boolean = () => true) =>
      evidenceOf(passage, given, stands).quote;
    expect(evidenceOf(passage, "62%", () => true)).toEqual({ ...place, quote: "In March, 62% were NEET." });
    expect(quote(null)).toBe(passage.text);
    expect(quote("good. In")).toBe(passage.text);
    // A page ends in the sentence that answers, so neither it nor the whole stands in one stretch.
    expect(quote("62%", (one) => !one.includes("62%"))).toBe("Then it fell.");
  });
});
