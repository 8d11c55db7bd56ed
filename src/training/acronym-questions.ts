// Documents -> questions for what their abbreviations stand for, and for what abbreviations stand for that
// they use or don't, and never spell out.

import { acronymsIn, findExplanation } from "../text/acronyms.ts";
import type { Passage } from "../types.ts";
import type { LabelledQuestion } from "./corpora.ts";
import type { Random } from "./random.ts";

/** Questions of each sort for a corpus. */
const COUNT = 3;
/** Abbreviations of the trade; most reports leave some of them unexplained. */
const USUAL = ["SGO", "DoLS", "YOT", "FGC", "CSE", "PLO", "EHCP", "UASC", "MARAC", "LADO", "IRO", "CAMHS"];

/** `only`: in words to which nothing but what it stands for is an answer. */
function asking(short: string, only: boolean, random: Random): string {
  const own = random.pick([short, short, short.toLowerCase()]);
  if (!only && random.next() < 0.4)
    return random.pick([
      `What does ${short} mean?`,
      `what's ${short}?`,
      `what is the ${short}?`,
      `${short} meaning`,
    ]);
  return random.pick([
    `what does ${own} stand for?`,
    `what does ${own} stand for`,
    `sorry, new here - what does ${own} stand for?`,
    `What is ${own} short for?`,
    `what's ${own} short for`,
    `What's the full name of ${short}?`,
    `${short} in full?`,
    `spell out ${short} for me please`,
  ]);
}

/** Kinds `acronym`, and `other acronym` where no passage spells it out. */
export function acronymQuestions(passages: readonly Passage[], random: Random): LabelledQuestion[] {
  const explained = [...new Set(passages.flatMap(({ text }) => acronymsIn(text).map(([short]) => short)))];
  const answersTo = (short: string) =>
    passages.filter(({ text }) => findExplanation(text, short)).map(({ id }) => id);
  const question = (kind: string, short: string) => ({
    text: asking(short, kind !== "acronym", random),
    answers: answersTo(short),
    span: null,
    kind,
  });
  return [
    ...random
      .shuffle(explained)
      .slice(0, COUNT)
      .map((short) => question("acronym", short)),
    ...random
      .shuffle(USUAL.filter((short) => answersTo(short).length === 0))
      .slice(0, COUNT)
      .map((short) => question("other acronym", short)),
  ];
}
