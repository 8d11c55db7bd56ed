import { expect, test } from "vitest";
import { isComplete, renderSummary } from "../../src/cli/indexing.ts";
import type { Summary } from "../../src/indexing/reindex.ts";
import { CALIBRATION } from "../index/room.ts";

const NONE = { added: [], changed: [], renamed: [], removed: [], lost: [], unchanged: [] };
const SUMMARY: Summary = {
  changes: NONE,
  failures: [],
  documents: 234,
  passages: 32_650,
  encoded: 76,
  calibration: null,
  version: "v000002",
  outcome: "new",
};
const shown = (summary: Partial<Summary>) => renderSummary({ ...SUMMARY, ...summary }, 4.25, "/index");

test("what became of each document is told by kind, then the numbers", () => {
  expect(
    shown({
      changes: {
        added: Array.from({ length: 12 }, (_, i) => `report-${i + 1}.pdf`),
        changed: ["story.html"],
        renamed: [{ from: "a.txt", to: "old/a.txt" }],
        removed: ["b.docx"],
        lost: ["cut.pdf"],
        unchanged: ["c.txt", "d.txt"],
      },
      failures: [
        { file: "cut.pdf", reason: "is damaged." },
        { file: "photo\u001b[31m.jpg", reason: ".jpg is not a format that can be read" },
      ],
    }),
  ).toMatchInlineSnapshot(`
    "added       12  report-1.pdf, report-2.pdf, report-3.pdf, report-4.pdf, report-5.pdf, report-6.pdf, report-7.pdf, report-8.pdf, report-9.pdf, report-10.pdf, … and 2 more
    changed      1  story.html
    renamed      1  a.txt → old/a.txt
    removed      1  b.docx
    left out     2
      cut.pdf: is damaged. It was in the index until now, and is not any more.
      photo[31m.jpg: .jpg is not a format that can be read
    unchanged    2
    234 documents, 32,650 passages (76 encoded, 32,574 known already) in 4.3 s: /index/v000002
    "
  `);
});

test("where nothing changed, nothing could be kept, or nothing was to be done, that is told", () => {
  expect(shown({ outcome: "same", encoded: 0 })).toMatchInlineSnapshot(`
    "The index stays as it is: 234 documents, 32,650 passages (looked at in 4.3 s): /index/v000002
    "
  `);
  expect(shown({ outcome: "unkept" })).toMatchInlineSnapshot(`
    "234 documents, 32,650 passages (76 encoded) in 4.3 s, but not kept: /index/v000002 stays in use
    "
  `);
  expect(shown({ outcome: "unkept", version: null })).toMatchInlineSnapshot(`
    "234 documents, 32,650 passages (76 encoded) in 4.3 s, but not kept
    "
  `);
  expect(shown({ outcome: "planned" })).toMatchInlineSnapshot(`
    "It would hold 234 documents, 32,650 passages (76 to encode, 32,574 known already); nothing was written
    "
  `);
});

test("what refusal came to is told in one line", () => {
  expect(shown({ calibration: CALIBRATION }).split("\n").at(-2)).toBe(
    "refusal checked: 2 questions about something else (1 refused, 0 unsure, 1 answered without doubt), 3 made of the documents (2 found first; 0 refused, 0 unsure, 3 answered without doubt)",
  );
});

test("an index is complete when nothing was left out and it could be kept", () => {
  expect(isComplete(SUMMARY)).toBe(true);
  expect(isComplete({ ...SUMMARY, outcome: "same" })).toBe(true);
  expect(isComplete({ ...SUMMARY, outcome: "unkept" })).toBe(false);
  expect(isComplete({ ...SUMMARY, failures: [{ file: "a.pdf", reason: "is damaged." }] })).toBe(false);
});
