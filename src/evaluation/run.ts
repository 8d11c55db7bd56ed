// Test items -> answers, each asked through the engine as anybody would ask. Judges nothing.

import { UserError } from "../errors.ts";
import type { Answer, Engine, Question, Turn } from "../types.ts";
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

/** What is asked for beside the answer: passages with their features, all that were ranked. */
const EXPLAINED = { explain: true, top: 1000 } as const;

/**
 * Asks every question, one after another, so that the times are those of a single question, and hands out
 * each item as it is answered. Calls `onProgress` after each question, with the number of those done. With
 * `explain`, answers hold every ranked passage with its features. Throws `UserError` naming file and line
 * when the engine refuses a question.
 */
export async function* runItems(
  engine: Pick<Engine, "ask">,
  items: readonly TestItem[],
  { onProgress = () => {}, explain = false }: RunOptions = {},
): AsyncGenerator<AnsweredItem> {
  let done = 0;
  for (const item of items) {
    const history: Turn[] = [];
    const asked: Asked[] = [];
    for (const test of item.turns) {
      const answer = await ask(engine, test, {
        text: test.text,
        ...(test.filter && { filter: test.filter }),
        ...(history.length > 0 && { history: [...history] }),
        ...(explain && EXPLAINED),
      });
      history.push(turnOf(answer));
      asked.push({ test, answer });
      onProgress(++done);
    }
    yield { item, asked };
  }
}

export interface RunOptions {
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly explain?: boolean;
}

async function ask(engine: Pick<Engine, "ask">, { at }: TestQuestion, question: Question): Promise<Answer> {
  try {
    return await engine.ask(question);
  } catch (error) {
    if (error instanceof UserError) throw fault(at, error.message);
    throw error;
  }
}
