import { beforeEach, expect, test } from "vitest";
import { startChat } from "../../src/cli/chat.ts";
import { UserError } from "../../src/errors.ts";
import type { Answer, Engine, Question } from "../../src/types.ts";

const TERMINAL = { width: 80, colour: false };
const asked: Question[] = [];

/** Answers every question with one quotation of itself; refuses "refuse" and breaks on "break". */
const engine: Engine = {
  documents: [
    {
      id: "report-2014",
      file: "report-2014.txt",
      title: "Fenmere\u001b[2J Council",
      publisher: "Ofsted",
      kind: "inspection report",
      published: "2014-08-08",
      sha256: "",
    },
    { id: "note", file: "note.txt", title: "A note", sha256: "" },
  ],
  passageCount: (id) => (id === "note" ? 3 : 12),
  encoder: "fake@1",
  builtAt: "2024-01-01T00:00:00Z",
  around: () => Promise.resolve(null),
  find: () => Promise.resolve([]),
  paragraphs: () => Promise.resolve([]),
  ask(question): Promise<Answer> {
    asked.push(question);
    if (question.text === "refuse") return Promise.reject(new UserError("The question is refused."));
    if (question.text === "break") return Promise.reject(new Error("a bug"));
    const { text } = question;
    const source = {
      title: "A note",
      publisher: null,
      published: null,
      section: [],
      paragraph: null,
      page: null,
    };
    const quoted = {
      document: "note",
      ...source,
      passage: "note#0",
      text,
      pieces: [],
      bold: [],
      leadIn: null,
    };
    return Promise.resolve({
      question: text,
      understood: text,
      outcome: "answer",
      confidence: 1,
      message: null,
      quotes: [quoted],
      related: [],
      passages: [],
      ms: 0,
    });
  },
};

beforeEach(() => {
  asked.length = 0;
});

test("a conversation is remembered, six turns of it, until it is begun anew", async () => {
  const chat = startChat(() => Promise.resolve(engine), TERMINAL);
  for (let i = 1; i <= 8; i++)
    expect(await chat.reply(` question ${i} `)).toBe(`| question ${i}\n— A note\n`);
  expect(asked[0]).toEqual({ text: "question 1", history: [] });
  expect(asked[7]!.history!.map((turn) => turn.question)).toEqual(
    [2, 3, 4, 5, 6, 7].map((i) => `question ${i}`),
  );
  expect(asked[7]!.history![0]).toMatchObject({ outcome: "answer", passages: ["note#0"] });
  expect(await chat.reply("/new")).toBe("A new conversation.\n");
  await chat.reply("again");
  expect(asked[8]!.history).toEqual([]);
});

test("commands are read whatever their capitals, and none is asked of the documents", async () => {
  const chat = startChat(() => Promise.resolve(engine), TERMINAL);
  expect(await chat.reply("/HELP me")).toContain("/sources   the documents");
  expect(await chat.reply("/nope")).toMatch(/^There is no \/nope\. Ask what the documents say/);
  expect(await chat.reply("/toString")).toMatch(/^There is no \/toString\./);
  expect(await chat.reply("  ")).toBe("");
  expect(await chat.reply("/quit")).toBeNull();
  expect(await chat.reply("/exit")).toBeNull();
  expect(asked).toEqual([]);
});

test("/sources lists the documents with what is known of them, and no control characters", async () => {
  expect(await startChat(() => Promise.resolve(engine), TERMINAL).reply("/sources")).toMatchInlineSnapshot(`
    "report-2014
      Fenmere[2J Council
      Ofsted, inspection report, 8 August 2014 · 12 passages
    note
      A note · 3 passages
    "
  `);
});

test("a refused question is told and forgotten; a bug is not hidden", async () => {
  const chat = startChat(() => Promise.resolve(engine), TERMINAL);
  expect(await chat.reply("refuse")).toBe("The question is refused.\n");
  await expect(chat.reply("break")).rejects.toThrow("a bug");
  await chat.reply("next");
  expect(asked.at(-1)!.history).toEqual([]);
});
