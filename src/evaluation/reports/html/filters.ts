// Marks -> the form that filters and orders the list of questions. Hidden until the script that it needs runs.

import type { Marks } from "../../judge.ts";
import { html } from "../../../text/escape-html.ts";
import { statusOf } from "./questions.ts";

/** Failures are what is looked for, if there are any. With `compared`, what was won and lost can be chosen. */
export function filters(marks: readonly Marks[], compared: boolean): string {
  const failed = marks.some((mark) => ["wrong", "refused"].includes(statusOf(mark)));
  const types = [...new Set(marks.map(({ type }) => type))].toSorted();
  const documents = [...new Set(marks.flatMap((mark) => mark.documents))].toSorted();
  const results = [
    `<option value="failed"${failed ? " selected" : ""}>Failures</option>`,
    ...["right", "wrong", "refused", "unscored"].map((status) => `<option>${status}</option>`),
  ];
  const ranks = [
    ["1", "first"],
    ["2", "second to fifth"],
    ["6", "sixth or below"],
    ["none", "not a candidate"],
  ].map(([value, text]) => `<option value="${value}">${text}</option>`);
  return (
    `<form id="filters" hidden>${select("Result", "status", results, !failed)}` +
    select("Type", "type", types.map(option)) +
    select("Outcome", "outcome", ["answer", "unsure", "none"].map(option)) +
    select("Document", "document", documents.map(option)) +
    select("Right passage is", "rank", ranks) +
    (compared ? select("Baseline", "change", ["won", "lost"].map(option)) : "") +
    `<label>Words<input type="search" name="words"></label>` +
    `<label>Order<select name="order"><option value="">as asked</option><option value="confident">most confident first</option><option value="doubtful">least confident first</option></select></label>` +
    `<button type="button" id="open">Open or close all</button><button type="reset">Reset</button></form>`
  );
}

function select(label: string, name: string, options: readonly string[], all = false): string {
  return `<label>${label}<select name="${name}"><option value=""${all ? " selected" : ""}>all</option>${options.join("")}</select></label>`;
}

function option(value: string): string {
  // Without a value of its own, an option's white space would be squeezed.
  return `<option value="${html(value)}">${html(value)}</option>`;
}
