// Marks -> JUnit XML, which CI systems show: a test case for each question, its class the question's type.
// The form is Jenkins' and GitLab's (github.com/windyroad/JUnit-Schema).

import type { Marks } from "../judge.ts";
import type { Asked } from "../run.ts";
import type { Report } from "./report.ts";

/** A question fails when it was answered wrongly, or refused though it can be answered. */
export function junitReport(file: string): Report {
  return {
    file,
    between: "\n",
    part: ({ asked }, marks) => asked.map((one, i) => testCase(marks[i]!, one)).join("\n"),
    around: (_, marks) => ({
      before: [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="evaluation"${counts(marks)}>`,
        `  <testsuite name="evaluation"${counts(marks)}>\n`,
      ].join("\n"),
      after: "\n  </testsuite>\n</testsuites>\n",
    }),
  };
}

/** Why the question failed; null when it didn't. */
export function failureOf({ answerable, right, outcome }: Marks): string | null {
  if (answerable === null) return null;
  if (!answerable) return outcome === "none" ? null : "answered, but the documents don't say";
  if (outcome === "none") return "refused, but the documents answer";
  return right ? null : "the first quote is not from a right place";
}

function counts(marks: readonly Marks[]): string {
  const failures = marks.filter((mark) => failureOf(mark) !== null).length;
  const skipped = marks.filter(({ answerable }) => answerable === null).length;
  const seconds = marks.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  return ` tests="${marks.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds.toFixed(3)}"`;
}

function testCase(mark: Marks, { test, answer }: Asked): string {
  const head = `    <testcase classname="${xml(mark.type)}" name="${xml(`${mark.id}: ${test.text}`)}" time="${(mark.ms / 1000).toFixed(3)}"`;
  const failure = failureOf(mark);
  if (mark.answerable === null) return `${head}><skipped message="no gold answer"/></testcase>`;
  if (failure === null) return `${head}/>`;
  const expected = test.evidence.map(
    ({ document, paragraph, quote }) =>
      `expected: ${document}${paragraph == null ? "" : `, paragraph ${paragraph}`}${quote === null ? "" : `: ${quote}`}`,
  );
  const quoted = answer.quotes.map(
    ({ document, paragraph, text }) =>
      `quoted:   ${document}${paragraph === null ? "" : `, paragraph ${paragraph}`}: ${text}`,
  );
  const body = [...expected, ...quoted].join("\n");
  return `${head}><failure message="${xml(failure)}">${xml(body)}</failure></testcase>`;
}

/** Characters that XML 1.0 can't hold. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

function xml(text: string): string {
  return text
    .replace(FORBIDDEN, "\uFFFD")
    .replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character);
}
