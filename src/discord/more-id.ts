// The state of the button "More passages", kept in the button itself so that it works after a restart:
// the question as understood and the filter, to be asked again. Where they don't fit into a custom_id
// there is no button.

import type { Filter } from "../types.ts";
import { isBlank, wellFormed } from "./escape.ts";
import { LIMITS } from "./limits.ts";

const PREFIX = "more";

/** `more|document|since|until|question`, or null where that can't be told or is too long. */
export function moreId(question: string, filter: Filter = {}): string | null {
  const parts = [filter.document ?? "", filter.since ?? "", filter.until ?? ""];
  if (isBlank(question) || parts.some((part) => part.includes("|"))) return null;
  const id = [PREFIX, ...parts, question].join("|");
  return id.length <= LIMITS.customId && id === wellFormed(id) ? id : null;
}

/** What `moreId` wrote; null for any other custom_id. */
export function readMoreId(id: string): { question: string; filter: Filter } | null {
  const [prefix, document, since, until, ...question] = id.split("|");
  if (prefix !== PREFIX || question.length === 0) return null;
  return {
    question: question.join("|"),
    filter: { ...(document && { document }), ...(since && { since }), ...(until && { until }) },
  };
}
