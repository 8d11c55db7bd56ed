// What a report is: text made from each question as soon as it is answered, between a beginning and an end
// that need all of them. So a run of many questions keeps none of their answers.

import type { Comparison } from "../baseline.ts";
import type { Marks } from "../judge.ts";
import type { AnsweredItem } from "../run.ts";
import type { Summary } from "../summary-schema.ts";

export interface Report {
  readonly file: string;
  /** An item's part; `marks` are those of its questions. May be empty. */
  readonly part: (item: AnsweredItem, marks: readonly Marks[]) => string;
  /** What stands between two parts. */
  readonly between: string;
  /** What stands before and after the parts; `marks` are those of all questions, `comparison` that with a baseline. */
  readonly around: (
    summary: Summary,
    marks: readonly Marks[],
    comparison: Comparison | null,
  ) => { readonly before: string; readonly after: string };
}
