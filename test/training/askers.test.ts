import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { encoderOf } from "../../src/engine.ts";
import { FEATURES } from "../../src/retrieval/features.ts";
import { parseLexicon } from "../../src/text/lexicon.ts";
import { type Askers, openAskers } from "../../src/training/askers.ts";
import type { LabelledQuestion, TrainingCorpus } from "../../src/training/corpora.ts";
import { listsOf, makeExamples } from "../../src/training/examples.ts";
import { fitNetwork } from "../../src/training/network.ts";
import { seeded } from "../../src/training/random.ts";
import { textDocument } from "../fakes/corpus.ts";

const CONFIG = readConfig({});
const LEXICON = parseLexicon("foster carer, foster parent").lexicon;

/** A corpus of a report with the paragraphs, and one question to each. */
function corpusOf(name: string, paragraphs: readonly string[], questions: readonly string[]): TrainingCorpus {
  const asked = questions.map((text, i): LabelledQuestion => {
    return { text, answers: [`${name}#${i}`], span: null, kind: "direct" };
  });
  return { documents: [textDocument(name, paragraphs.join("\n\n"))], questions: asked };
}

const CORPORA = [
  corpusOf(
    "north",
    [
      "1. Foster carers are well trained. They value the help that they get at night.",
      "2. Social workers see children alone, and their caseloads have come down since the spring.",
    ],
    ["Do foster parents get help?", "Are caseloads lower?"],
  ),
  corpusOf(
    "south",
    [
      "1. The board meets every month. It hears from young people who have left care.",
      "2. Most plans are late, and the council has set itself three months to mend that.",
    ],
    ["How often does the board meet?", "Are plans in time?"],
  ),
  corpusOf(
    "west",
    [
      "1. Adoption takes longer than elsewhere, at six hundred days for each child.",
      "2. Schools know who is absent on any day of the year.",
    ],
    ["How long does adoption take?", "Do schools know who is missing?"],
  ),
];

let two: Askers;
beforeAll(async () => {
  two = await openAskers(CONFIG, LEXICON, 2);
});
afterAll(() => two.close());

test("two processes make of each corpus, in their order, what one makes of it here", async () => {
  const encoder = await encoderOf(CONFIG);
  const here = [];
  for (const corpus of CORPORA) here.push(listsOf(await makeExamples(corpus, encoder, LEXICON)));
  expect(here.map(({ ranking }) => ranking.length)).toEqual([2, 2, 2]);
  expect(await two.lists(CORPORA)).toEqual(here);
});

test("each corpus's questions are scored, and the messages asked of it", async () => {
  const lists = (await two.lists(CORPORA)).flatMap(({ ranking }) => ranking);
  const ranker = fitNetwork(lists, {
    inputs: FEATURES,
    hidden: 2,
    epochs: 2,
    rate: 0.01,
    decay: 0,
    members: 1,
    random: seeded(1),
    loss: "list",
  });
  const model = { kinds: ["question", "thanks"] as const, bias: [0, 0], weights: {} };
  const messages = CORPORA.map((_, i) => [{ text: `thanks ${i}`, kind: "thanks" as const }]);
  const scored = await two.scored(CORPORA, messages, { ranker, model: model as never });
  expect(scored.map((rows) => rows.map(({ text, answerable }) => [text, answerable]))).toEqual([
    [
      ["Do foster parents get help?", true],
      ["Are caseloads lower?", true],
      ["thanks 0", false],
    ],
    [
      ["How often does the board meet?", true],
      ["Are plans in time?", true],
      ["thanks 1", false],
    ],
    [
      ["How long does adoption take?", true],
      ["Do schools know who is missing?", true],
      ["thanks 2", false],
    ],
  ]);
});

test("what breaks in a process is told, and ends the others", async () => {
  const own = await openAskers(CONFIG, LEXICON, 2);
  const broken = { ...CORPORA[0]!, documents: null as never };
  await expect(own.lists([broken, ...CORPORA])).rejects.toThrow("buildIndex");
  await expect(own.lists(CORPORA)).rejects.toThrow("broke down");
});

test("an encoder that can't be opened is told with the first request", async () => {
  const none = await openAskers({ ...CONFIG, encoderModel: "/nowhere/encoder" }, LEXICON, 1);
  await expect(none.lists(CORPORA)).rejects.toThrow("nowhere");
  none.close();
});
