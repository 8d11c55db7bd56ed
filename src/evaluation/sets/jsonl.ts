// The text of a JSONL file -> test items. One question or conversation a line; blank lines are skipped.
// Whether documents and quotes exist is left to check.ts.

import { messageOf } from "../../errors.ts";
import { fault, parsed } from "./fault.ts";
import { conversationLine, FIELDS, questionLine } from "./line.ts";
import { noticeMisspelt, type OnNotice } from "./misspelt.ts";
import { testQuestion } from "./question.ts";
import { FIRST_TURN, FOLLOW_UP, type TestItem, UNTYPED } from "./types.ts";

/** Throws `UserError` naming file and line on anything that isn't a question or a conversation. */
export function readJsonl(text: string, file: string, onNotice: OnNotice = () => {}): TestItem[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "") return [];
    const at = `${file}:${i + 1}`;
    const value = parseJson(line, at);
    noticeFields(value, at, onNotice);
    return [testItem(value, at)];
  });
}

function noticeFields(value: unknown, at: string, onNotice: OnNotice): void {
  const { turns, evidence, filter } = (value ?? {}) as Readonly<Record<string, unknown>>;
  noticeMisspelt(value, FIELDS.line, at, onNotice);
  noticeMisspelt(filter, FIELDS.filter, at, onNotice);
  if (Array.isArray(evidence)) for (const one of evidence) noticeMisspelt(one, FIELDS.evidence, at, onNotice);
  if (Array.isArray(turns)) for (const turn of turns) noticeFields(turn, at, onNotice);
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
  const { id, turns, filter } = parsed(conversationLine, value, at);
  return {
    id,
    at,
    isConversation,
    turns: turns.map((turn, i) =>
      testQuestion(
        { ...turn, filter: turn.filter ?? filter },
        {
          id: turn.id ?? `${id}/${i + 1}`,
          at,
          field: `turns[${i}].`,
          type: i === 0 ? FIRST_TURN : FOLLOW_UP,
        },
      ),
    ),
  };
}
