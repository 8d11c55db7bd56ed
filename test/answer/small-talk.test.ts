import { expect, test } from "vitest";
import { smallTalk, withoutPreamble } from "../../src/answer/small-talk.ts";
import { KINDS, LINES, type MessageKind } from "../../src/retrieval/message-kind.ts";

/** A message that is likeliest of one kind, and a question with the rest of its probability but for a little. */
const kindsOf = (kind: MessageKind, question = 0.05): Record<MessageKind, number> => ({
  ...(Object.fromEntries(KINDS.map((other) => [other, 0.001])) as Record<MessageKind, number>),
  [kind]: 0.99 - question,
  question: kind === "question" ? 0.99 : question,
});

test("a greeting gets its line and nothing else", () => {
  expect(smallTalk(kindsOf("greeting"), "none", 0)).toEqual({ line: LINES.greeting, hides: true });
});

test("a question gets none, however it is judged", () => {
  for (const outcome of ["answer", "unsure", "none"] as const)
    expect(smallTalk(kindsOf("question"), outcome, 0)).toBeNull();
});

test("what seems to be about something else is a question where the documents hold its words", () => {
  const kinds = kindsOf("offtopic", 0.2);
  expect(smallTalk(kinds, "answer", 0.1)).toEqual({ line: LINES.offtopic, hides: false });
  expect(smallTalk(kinds, "answer", 0.9)).toBeNull();
  expect(smallTalk(kinds, "none", 0.6)).toBeNull();
});

test("a doubtful question gets the line only where the documents don't answer", () => {
  const kinds = kindsOf("offtopic", 0.4);
  expect(smallTalk(kinds, "answer", 0)).toBeNull();
  expect(smallTalk(kinds, "none", 0)).toEqual({ line: LINES.offtopic, hides: false });
});

test("an order hides what is near it, but where it asks for something as well", () => {
  expect(smallTalk(kindsOf("command"), "none", 0)).toEqual({ line: LINES.command, hides: true });
  expect(smallTalk(kindsOf("command"), "none", 0.2)).toEqual({ line: LINES.command, hides: false });
});

test.each([
  ["do you know when the report was published?", "when the report was published?"],
  ["thanks but how many inspectors were there", "how many inspectors were there"],
  ["hello, are you sure that foster carers are supported", "foster carers are supported"],
  ["thanks a lot!", "thanks a lot!"],
  ["hi there", "hi there"],
  ["are you a bot", "are you a bot"],
  ["can you help me", "can you help me"],
])("what stands before a question tells nothing about it: %s", (message, rest) => {
  expect(withoutPreamble(message)).toBe(rest);
});
