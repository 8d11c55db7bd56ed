// Test items -> answers, each asked through the engine as anybody would ask. Judges nothing.

import { UserError } from "../errors.ts";
import type { Answer, Engine, Turn } from "../types.ts";
import { fault } from "./sets/fault.ts";
import type { TestItem, TestQuestion } from "./sets/types.ts";
import { turnOf } from "../answer/turn.ts";

export interface Asked {
  readonly test: TestQuestion;
  readonly answer: Answer;
}

/** An item with the answers to its turns, in order. */
export interface AnsweredItem {
  readonly item: TestItem;
  readonly asked: readonly Asked[];
}

/**
 * Asks every question, one after another, so that the times are those of a single question. Calls
 * `onProgress` after each, with the number of questions done. Rejects with `UserError` naming file and line
 * when the engine refuses a question.
 */
export async function runItems(
  engine: Pick<Engine, "ask">,
  items: readonly TestItem[],
  onProgress: (done: number) => void = () => {},
): Promise<AnsweredItem[]> {
  const answered: AnsweredItem[] = [];
  let done = 0;
  for (const item of items) {
    const history: Turn[] = [];
    const asked: Asked[] = [];
    for (const test of item.turns) {
      const answer = await ask(engine, test, history);
      history.push(turnOf(answer));
      asked.push({ test, answer });
      onProgress(++done);
    }
    answered.push({ item, asked });
  }
  return answered;
}

async function ask(
  engine: Pick<Engine, "ask">,
  { text, at }: TestQuestion,
  history: readonly Turn[],
): Promise<Answer> {
  try {
    return await engine.ask({ text, ...(history.length === 0 ? {} : { history: [...history] }) });
  } catch (error) {
    if (error instanceof UserError) throw fault(at, error.message);
    throw error;
  }
}
