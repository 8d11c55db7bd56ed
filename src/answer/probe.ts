// An index and what judges its answers -> what becomes of questions whose outcome is known without anybody
// having marked them: ones about something else, and some made of the documents themselves. They take every
// question's way, but for a reranker, which would take seconds.

import type { Probed, StoredCalibration } from "../index/calibration.ts";
import type { OpenIndex } from "../index/open-index.ts";
import type { Answer } from "../types.ts";
import { answerQuestion } from "./answer.ts";
import type { Models } from "./models.ts";
import { ownQuestions } from "./probe-questions.ts";

/** Questions kept as examples of what went wrong. */
const EXAMPLES = 3;

/** Asks at most `count` questions of each kind. `signal` ends it with its reason. */
export async function probe(
  index: OpenIndex,
  models: Models,
  count: number,
  signal?: AbortSignal,
): Promise<Pick<StoredCalibration, "offTopic" | "own">> {
  const ask = async (text: string): Promise<Answer> => {
    signal?.throwIfAborted();
    return answerQuestion({ text }, index, models);
  };
  const offTopic: Answer[] = [];
  for (const text of models.probes.slice(0, count)) offTopic.push(await ask(text));
  const own: Answer[] = [];
  let first = 0;
  for (const { text, passage } of ownQuestions(index, count)) {
    const answer = await ask(text);
    if (answer.passages[0]?.passage === passage) first++;
    own.push(answer);
  }
  return {
    offTopic: counted(offTopic, ({ outcome }) => outcome === "answer"),
    own: { ...counted(own, ({ outcome }) => outcome === "none"), first },
  };
}

function counted(answers: readonly Answer[], isWrong: (answer: Answer) => boolean): Probed {
  const of = (outcome: Answer["outcome"]) => answers.filter((answer) => answer.outcome === outcome).length;
  return {
    asked: answers.length,
    refused: of("none"),
    asserted: of("answer"),
    wrong: answers
      .filter(isWrong)
      .slice(0, EXAMPLES)
      .map(({ question }) => question),
  };
}
