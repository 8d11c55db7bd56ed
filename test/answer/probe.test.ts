import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type Models, NO_MODELS, readModels } from "../../src/answer/models.ts";
import { probe } from "../../src/answer/probe.ts";
import { ownQuestions } from "../../src/answer/probe-questions.ts";
import { PROJECT_DIR } from "../../src/config.ts";
import { buildIndex } from "../../src/index/build.ts";
import type { OpenIndex } from "../../src/index/open-index.ts";
import { CORPUS, textDocument } from "../fakes/corpus.ts";
import { fakeEncoder } from "../fakes/encoder.ts";

let index: OpenIndex;
beforeAll(async () => {
  index = await buildIndex(CORPUS, fakeEncoder());
});

test("questions are made of a sentence's words, without figures and words that say nothing", async () => {
  const one = await buildIndex(
    [
      textDocument(
        "a",
        "The 840 lanterns of the northern harbour were painted yellow by a carpenter in 2019.\n",
      ),
    ],
    fakeEncoder(),
  );
  const [question, ...others] = ownQuestions(one, 5);
  expect(others).toEqual([]);
  expect(question).toEqual({ text: "What about northern and painted and carpenter?", passage: "a#0" });
});

test("they are spread over the documents, no more than asked for, and the same every time", () => {
  const all = ownQuestions(index, 100);
  const few = ownQuestions(index, 3);
  expect(few).toHaveLength(3);
  expect(new Set(few.map(({ passage }) => passage.split("#")[0])).size).toBeGreaterThan(1);
  expect(new Set(all.map(({ passage }) => passage)).size).toBe(all.length);
  expect(ownQuestions(index, 3)).toEqual(few);
});

test("a corpus of which nothing can be asked gives no questions", async () => {
  const short = await buildIndex([textDocument("a", "Words.\n")], fakeEncoder());
  expect(ownQuestions(short, 10)).toEqual([]);
  expect((await probe(short, NO_MODELS, 10)).own).toEqual({
    asked: 0,
    refused: 0,
    asserted: 0,
    wrong: [],
    first: 0,
  });
});

test("what became of the questions is counted, and what went wrong is named", async () => {
  // Words that nobody uses are refused; a question to the documents is answered, which here is wrong.
  const models: Models = {
    ...NO_MODELS,
    probes: ["zyzzyva qwertz?", "What is the capacity of the emergency duty team at night?", "unasked"],
  };
  const { offTopic, own } = await probe(index, models, 2);
  expect(offTopic).toEqual({ asked: 2, refused: 1, asserted: 1, wrong: [models.probes[1]] });
  expect(own.asked).toBe(2);
  expect([own.first, own.asserted]).toEqual([2, 2]);
});

test("it ends when it is told to", async () => {
  const stop = AbortSignal.abort(new Error("stopped"));
  await expect(probe(index, { ...NO_MODELS, probes: ["anything?"] }, 5, stop)).rejects.toThrow("stopped");
});

test("nothing was fitted to the questions about something else", async () => {
  const { probes } = await readModels(join(PROJECT_DIR, "models"), "", "none@1");
  const file = join(PROJECT_DIR, "models/training/messages.jsonl");
  const trained = new Set(
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => (JSON.parse(line) as { text: string }).text.toLowerCase()),
  );
  expect(probes).toHaveLength(100);
  expect(new Set(probes).size).toBe(100);
  expect(probes.filter((text) => trained.has(text.toLowerCase()))).toEqual([]);
});
