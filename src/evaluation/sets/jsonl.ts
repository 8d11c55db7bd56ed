// The text of a JSONL file -> test items. One question or conversation a line; blank lines are skipped.
// Whether documents and quotes exist is left to check.ts.

import { messageOf } from "../../errors.ts";
import { fault, parsed } from "./fault.ts";
import { conversationLine, questionLine } from "./line.ts";
import { testQuestion } from "./question.ts";
import { FIRST_TURN, FOLLOW_UP, type TestItem, UNTYPED } from "./types.ts";

/** Throws `UserError` naming file and line on anything that isn't a question or a conversation. */
export function readJsonl(text: string, file: string): TestItem[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "") return [];
    return [testItem(parseJson(line, `${file}:${i + 1}`), `${file}:${i + 1}`)];
  });
}

function parseJson(line: string, at: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw fault(at, `not JSON: ${messageOf(error)}. Each line must be one JSON object.`);
  }
}

function testItem(value: unknown, at: string): TestItem {
  const isConversation = typeof value === "object" && value !== null && "turns" in value;
  if (!isConversation) {
    const line = parsed(questionLine, value, at);
    const turn = testQuestion(line, { id: line.id, at, field: "", type: UNTYPED });
    return { id: line.id, at, isConversation, turns: [turn] };
  }
  if ("question" in value) throw fault(at, "has both question and turns; keep one.");
  const { id, turns } = parsed(conversationLine, value, at);
  return {
    id,
    at,
    isConversation,
    turns: turns.map((turn, i) =>
      testQuestion(turn, {
        id: turn.id ?? `${id}/${i + 1}`,
        at,
        field: `turns[${i}].`,
        type: i === 0 ? FIRST_TURN : FOLLOW_UP,
      }),
    ),
  };
}
