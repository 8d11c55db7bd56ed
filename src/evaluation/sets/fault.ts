// Anything wrong with a question set -> an error that says where and what, in words for people. The
// shapes that are asked for are the readers'.

import { z } from "zod";
import { UserError } from "../../errors.ts";

/**
 * `at` is `file:line`, or `file` when there is no line. Control characters, of a question or an id, are shown
 * escaped: the message goes to a terminal.
 */
export function fault(at: string, message: string): UserError {
  return new UserError(
    `${at}: ${message}`.replace(/\p{Cc}/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

/** Parses a value. Throws `UserError` with the place, the field, what is wrong with it and the remedy. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, at: string, remedy = ""): T {
  const result = schema.safeParse(value, { error: wording });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = (issue?.path ?? [])
    .map((key, i) => (typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${String(key)}`))
    .join("");
  throw fault(
    at,
    `${field === "" ? (/:\d+$/.test(at) ? "the line" : "the file") : field} ${issue?.message}.${remedy === "" ? "" : ` ${remedy}`}`,
  );
}

const ARTICLES: Readonly<Record<string, string>> = {
  object: "an object",
  array: "a list",
  string: "a text",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
};

function wording(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") {
    const expected = ARTICLES[issue.expected] ?? issue.expected;
    return issue.input === undefined ? "is missing" : `must be ${expected}, got ${shown(issue.input)}`;
  }
  if (issue.code === "invalid_value") {
    return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}, got ${shown(issue.input)}`;
  }
  if (issue.code === "too_small")
    return issue.origin === "int" || issue.origin === "number"
      ? `must be ${issue.minimum} or more`
      : "is empty";
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
