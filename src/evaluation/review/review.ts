// Candidate questions, an engine and somebody who answers -> reviewed questions. Lines in, text out, as a
// conversation in a terminal; where they come from and go to, and how an answer looks, is the caller's.

import { UserError } from "../../errors.ts";
import type { Answer } from "../../types.ts";
import type { EvaluatedEngine } from "../engine.ts";
import { squeezed } from "../comparable.ts";
import { isRight } from "../match.ts";
import { checkItems } from "../sets/check.ts";
import { readJsonl } from "../sets/jsonl.ts";
import type { TestItem, TestQuestion } from "../sets/types.ts";
import { evidenceOf, type GoldLine, type Pickable, wordsIn } from "./gold.ts";
import { LISTED, type PassageList, passageList } from "./list.ts";
import type { Reviewed } from "./reviewed.ts";
import { HELP, PROMPT, type Show, type Step } from "./show.ts";

/** Passages that are ranked, of which a few are listed at a time. */
const RANKED = 50;
/** The type of a reviewed question whose candidate has none. */
const FEEDBACK = "feedback";

export interface Review {
  /** The first question; null when all are done. */
  start(): Promise<Step | null>;
  /** What follows from a line; null when the review is over. */
  reply(line: string): Promise<Step | null>;
  /** One line about what was done. */
  summary(): string;
}

type Stage = "pick" | "question" | "answer";

/** A review of `items` (of `readJsonl`, each with one turn); those whose ids are in `reviewed` are done. */
export function startReview(
  items: readonly TestItem[],
  engine: EvaluatedEngine,
  reviewed: Reviewed,
  show: Show,
): Review {
  const open = items.filter(({ id }) => !reviewed.ids.has(id));
  const done = items.length - open.length;
  const past: { readonly at: number; readonly wrote: boolean }[] = [];
  let at = 0;
  let stage: Stage = "pick";
  let question = "";
  let answer: Answer | null = null;
  let list: PassageList = passageList([], () => "");
  let suggested = "";
  let picked: { readonly passages: readonly Pickable[]; readonly need: "any" | "all" } | null = null;

  const test = (): TestQuestion => open[at]!.turns[0]!;
  const isNamed = (passage: Pickable): boolean => test().evidence.some((one) => isRight(one, passage));
  const step = (text: string, prompt = PROMPT, prefill = ""): Step => ({ text, prompt, prefill });
  const finished = (): boolean => at >= open.length;

  async function showQuestion(words = test().text): Promise<Step> {
    stage = "pick";
    question = words;
    const head = show.words(`${at + 1 + done} of ${items.length} · ${test().id}\n${question}`);
    try {
      answer = await engine.ask({ text: question, top: RANKED });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      answer = null;
      list = passageList([], () => "");
      return step(`\n${head}\n\n${show.words(error.message)}\n`);
    }
    // What the candidate names comes first, wherever it is ranked.
    const named = answer.passages.filter(isNamed);
    list = passageList([...new Set([...named, ...answer.passages])], (number, passage) =>
      show.passage(number, passage, { right: isNamed(passage), whole: false }),
    );
    return step(`\n${head}\n\n${show.answer(answer)}\n${list.more()}`);
  }

  async function next(): Promise<Step | null> {
    at++;
    return finished() ? null : showQuestion();
  }

  async function keep(line: GoldLine): Promise<Step | null> {
    // What is written is read as any question set is: a fault would be told when it is used.
    const written = readJsonl(JSON.stringify(line), test().at);
    checkItems(
      written,
      engine.documents.map(({ id }) => id),
      (document) => engine.textOf?.(document),
    );
    await reviewed.add(line);
    past.push({ at, wrote: true });
    return next();
  }

  const unanswerable = (type: string) => keep({ id: test().id, question, type, answerable: false });

  const noPassage = (number: number): string =>
    `There is no passage ${number}; ${list.shown() === 0 ? "none is listed" : `they are 1 to ${list.shown()}`}.\n`;

  function pick(text: string): Step {
    const numbers = text.split(/[\s,+]+/).map(Number);
    const wrong = numbers.find((number) => list.at(number) === undefined);
    if (wrong !== undefined) return step(noPassage(wrong));
    const chosen = [...new Set(numbers)].map((number) => list.at(number)!);
    picked = { passages: chosen, need: text.includes("+") && chosen.length > 1 ? "all" : "any" };
    stage = "answer";
    suggested = suggestion(chosen);
    const offer =
      suggested === "" ? "empty: none in particular" : `empty: “${suggested}”; -: none in particular`;
    return step(`The words that answer, as they stand there (${show.words(offer)}; b: back):\n`, "answer> ");
  }

  /** The words in bold, where the bot quotes a picked passage; else the candidate's own answer. */
  function suggestion(chosen: readonly Pickable[]): string {
    const given = test().answers.find((one) => chosen.some(({ text }) => wordsIn(text, one) !== null));
    if (given !== undefined) return given;
    const quote = answer?.quotes.find((one) => chosen.some(({ passage }) => passage === one.passage));
    const bold = quote?.bold.map(({ start, end }) => quote.text.slice(start, end)) ?? [];
    return bold.length === 1 ? bold[0]!.replace(/\s+/g, " ") : "";
  }

  async function withAnswer(typed: string): Promise<Step | null> {
    const { passages: chosen, need } = picked!;
    const given = typed === "" ? suggested : typed === "-" ? "" : typed;
    let words: string | null = null;
    if (given !== "") {
      words = chosen.map(({ text }) => wordsIn(text, given)).find((found) => found !== null) ?? null;
      if (words === null)
        return step(
          `Those words don't stand in ${chosen.length === 1 ? "that passage" : "those passages"}. Type them as they do; -: none in particular; b: back.\n`,
          "answer> ",
        );
    }
    return keep({
      id: test().id,
      question,
      type: test().type === "untyped" ? FEEDBACK : test().type,
      answerable: true,
      ...(need === "all" && { need }),
      evidence: chosen.map((passage) =>
        evidenceOf(passage, words, (quote) => {
          const text = engine.textOf?.(passage.document);
          return text === undefined || squeezed(text).includes(squeezed(quote));
        }),
      ),
      ...(words !== null && { answer: words.replace(/\s+/g, " ") }),
    });
  }

  async function undo(): Promise<Step> {
    const last = past.pop();
    if (last === undefined) return step("There is nothing to undo.\n");
    if (last.wrote) await reviewed.undo();
    at = last.at;
    return showQuestion();
  }

  async function choose(text: string): Promise<Step | null> {
    const [key = "", ...rest] = text.split(/\s+/);
    const words = rest.join(" ");
    if (/^\d[\d\s,+]*$/.test(text)) return pick(text);
    if (key === "f" && words !== "")
      return step(list.add((await engine.ask({ text: words, top: LISTED })).passages));
    if (key === "v" && /^\d+$/.test(words)) {
      const passage = list.at(Number(words));
      if (passage === undefined) return step(noPassage(Number(words)));
      return step(show.passage(Number(words), passage, { right: isNamed(passage), whole: true }));
    }
    switch (text) {
      case "n":
        return unanswerable("unanswerable_near_miss");
      case "o":
        return unanswerable("unanswerable_off_topic");
      case "m":
        return step(list.more());
      case "e":
        stage = "question";
        return step("The words of the question:\n", "question> ", question);
      case "s":
        past.push({ at, wrote: false });
        return next();
      case "u":
        return undo();
      case "q":
        return null;
      default:
        return step(HELP);
    }
  }

  return {
    async start() {
      if (finished()) return null;
      const head = done === 0 ? "" : `${done} of ${items.length} are reviewed; going on.\n`;
      const first = await showQuestion();
      return { ...first, text: `${HELP}${head}${first.text}` };
    },
    async reply(line) {
      if (finished()) return null;
      const text = line.trim();
      try {
        if (stage === "question") return await showQuestion(text === "" ? question : text);
        if (stage === "pick") return await choose(text);
        if (text !== "b") return await withAnswer(text);
        return await showQuestion(question);
      } catch (error) {
        if (error instanceof UserError) return step(`${show.words(error.message)}\n`);
        throw error;
      }
    },
    summary() {
      const decided = past.filter(({ wrote }) => wrote).length;
      const left = open.length - decided;
      return `${decided} reviewed now, ${done} before, ${left} left.\n`;
    },
  };
}
