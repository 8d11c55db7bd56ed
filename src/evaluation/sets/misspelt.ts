// A line's field names -> notices about those that nothing reads but that nearly are ones that are. Other
// unknown fields are nobody's business: sets may carry more than is read here.

import { mend } from "../../text/spelling.ts";

/** Told what is odd about a set but no fault. */
export type OnNotice = (notice: string) => void;

/** Notices about fields of `value`, an object (anything else has none), beside the `known` ones. */
export function noticeMisspelt(
  value: unknown,
  known: readonly string[],
  at: string,
  onNotice: OnNotice,
): void {
  if (typeof value !== "object" || value === null) return;
  const given = Object.keys(value);
  const missing = new Map(known.filter((name) => !given.includes(name)).map((name) => [name, 1]));
  for (const name of given.filter((one) => !known.includes(one))) {
    const meant =
      mend(name.toLowerCase(), missing) ?? (missing.has(name.toLowerCase()) ? name.toLowerCase() : null);
    if (meant !== null) onNotice(`${at}: "${name}" is not read; did you mean "${meant}"?`);
  }
}
