// What the tests of the evaluation share: two small documents, and an engine that answers as it is told.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { EvaluatedEngine } from "../../src/evaluation/engine.ts";
import type { Evidence, TestQuestion } from "../../src/evaluation/sets/types.ts";
import type { Answer, Citation, DocumentInfo, Question, Quote, RankedPassage } from "../../src/types.ts";

export const TEXTS: Readonly<Record<string, string>> = {
  report:
    "105. In March 2014, <u>62%</u> of care leavers aged 19 years\nwere NEET.\n\n106. Health care is “good”.\n\nThe council is good because:\n\n• staff stay\n\n• leaders listen well to all children",
  news: "The council spent £13m.\n\nA new board meets every month to check on progress.",
};

export const DOCUMENTS: readonly DocumentInfo[] = Object.keys(TEXTS).map((id) => ({
  id,
  file: `${id}.txt`,
  title: id.toUpperCase(),
  sha256: "0".repeat(64),
}));

const citation = (document: string, paragraph: string | null): Citation => ({
  document,
  title: document.toUpperCase(),
  publisher: null,
  published: "2014",
  section: document === "report" ? ["Findings", "Care leavers"] : [],
  paragraph,
  page: null,
});

/** A ranked passage: `["report", "105", "words"]`. */
export type Place = readonly [document: string, paragraph: string | null, text: string];

export const NEET: Place = ["report", "105", "In March 2014, 62% of care leavers aged 19 years were NEET."];
export const HEALTH: Place = ["report", "106", "Health care is “good”."];
export const MONEY: Place = ["news", null, "The council spent £13m."];
export const BOARD: Place = ["news", null, "A new board meets every month to check on progress."];

export function ranked(places: readonly Place[]): RankedPassage[] {
  return places.map(([document, paragraph, text], i) => ({
    ...citation(document, paragraph),
    rank: i + 1,
    passage: `${document}#${i}`,
    text,
    leadIn: null,
    score: 10 - i,
  }));
}

/** A quote cut from its document where it stands there as it is, else one that can't be proved. */
export function quote([document, paragraph, text]: Place, bold = ""): Quote {
  const start = TEXTS[document]?.indexOf(text) ?? -1;
  const at = bold === "" ? -1 : text.indexOf(bold);
  return {
    ...citation(document, paragraph),
    passage: `${document}#0`,
    text,
    pieces: start < 0 ? [] : [{ start, end: start + text.length, join: "" }],
    bold: at < 0 ? [] : [{ start: at, end: at + bold.length }],
    leadIn: null,
  };
}

/** An answer that quotes the first of `places`, in whose ranking all of them are. */
export function answer(places: readonly Place[], over: Partial<Answer> & { mark?: string } = {}): Answer {
  const { mark = "", ...rest } = over;
  const none = over.outcome === "none" || places[0] === undefined;
  return {
    question: "",
    understood: "",
    outcome: none ? "none" : "answer",
    confidence: none ? 0.1 : 0.9,
    message: null,
    quotes: none ? [] : [quote(places[0]!, mark)],
    related: [],
    passages: ranked(places),
    ms: 5,
    ...rest,
  };
}

/** Answers each question as told; others it refuses. Remembers what it was asked. */
export function fakeEngine(
  answers: Readonly<Record<string, Answer>>,
): EvaluatedEngine & { readonly asked: Question[] } {
  const asked: Question[] = [];
  return {
    asked,
    documents: DOCUMENTS,
    encoder: "fake@1",
    builtAt: "2024-01-01T00:00:00.000Z",
    textOf: (document) => TEXTS[document],
    ask: async (question) => {
      asked.push(question);
      const { text } = question;
      return { ...(answers[text] ?? answer([], { outcome: "none" })), question: text, understood: text };
    },
  };
}

export const evidence = (over: Partial<Evidence>): Evidence => ({
  document: "report",
  paragraph: undefined,
  page: null,
  quote: null,
  ...over,
});

export const testQuestion = (over: Partial<TestQuestion>): TestQuestion => ({
  id: "q",
  at: "set.jsonl:1",
  text: "?",
  type: "numeric",
  answerable: true,
  need: "any",
  evidence: [],
  answers: [],
  ...over,
});

/** A folder that is gone after the test. */
export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "evaluation-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A file in a folder of its own, gone after the test. */
export async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await folder(), name);
  await writeFile(path, content);
  return path;
}
