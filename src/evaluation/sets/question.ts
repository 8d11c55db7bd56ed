// A validated line -> a test question, with what wasn't said filled in and contradictions refused.
// Whether its evidence exists is left to check.ts.

import { fault } from "./fault.ts";
import type { AskedLine } from "./line.ts";
import type { TestQuestion } from "./types.ts";

export interface Where {
  readonly id: string;
  readonly at: string;
  /** What names the question in messages about a conversation's turn: `turns[1].`; else empty. */
  readonly field: string;
  readonly type: string;
}

/** Throws `UserError` on a question that is and isn't answerable, or has nothing to be scored by. */
export function testQuestion(line: AskedLine, { id, at, field, type }: Where): TestQuestion {
  const evidence = (line.evidence ?? []).map((one) => ({
    document: one.document,
    paragraph: one.paragraph,
    page: one.page ?? null,
    quote: one.quote ?? null,
  }));
  const answers = [line.answer ?? "", ...(line.aliases ?? [])].filter((answer) => answer !== "");
  const scored = evidence.length > 0 || answers.length > 0;
  const answerable = line.answerable ?? (scored ? true : null);
  if (answerable === false && evidence.length > 0) {
    throw fault(at, `${field}answerable is false, but there is evidence.`);
  }
  if (answerable === true && !scored) {
    throw fault(at, `${field}answerable is true, but there is neither evidence nor an answer to score by.`);
  }
  if (line.need === "all" && evidence.length === 0) {
    throw fault(at, `${field}need is "all", but there is no evidence.`);
  }
  const { document, since, until } = line.filter ?? {};
  const filter = {
    ...(document != null && { document }),
    ...(since != null && { since }),
    ...(until != null && { until }),
  };
  if (since != null && until != null && since.slice(0, until.length) > until) {
    throw fault(at, `${field}filter.since ${since} is after filter.until ${until}: nothing can be quoted.`);
  }
  return {
    id,
    at,
    text: line.question,
    type: line.type ?? type,
    answerable,
    need: line.need ?? "any",
    evidence,
    answers,
    ...(Object.keys(filter).length > 0 && { filter }),
  };
}
