import { describe, expect, test } from "vitest";
import { cutReport, passageFinder } from "../../src/training/reports.ts";

const TEXT = `Children living in this area

- Approximately 60 children live here.
- Approximately 70 families live here.

1. Leaders know their children’s needs well.

2. Plans are good.`;

const report = cutReport({
  report: "leeds/2014",
  document: {
    info: { id: "leeds/2014", file: "leeds/2014.pdf", title: "Leeds", sha256: "" },
    text: TEXT,
    pages: [],
  },
});
const find = passageFinder([report]);

describe("the passage that a training record names", () => {
  test("is found by its printed number", () => {
    expect(find({ report: "leeds/2014", paragraph: "2" })?.text).toBe("Plans are good.");
  });

  test("is found by its first words, whatever stands between them", () => {
    expect(find({ report: "leeds/2014", starts: "approximately 70 families" })?.text).toBe(
      "Approximately 70 families live here.",
    );
  });

  test("is not found by half a word, in another report, or where the report has no such number", () => {
    expect(find({ report: "leeds/2014", starts: "approximately 70 fam" })).toBeUndefined();
    expect(find({ report: "leeds/2015", paragraph: "2" })).toBeUndefined();
    expect(find({ report: "leeds/2014", paragraph: "3" })).toBeUndefined();
  });

  test("is never a heading", () => {
    expect(find({ report: "leeds/2014", starts: "children living in this area" })).toBeUndefined();
  });
});
