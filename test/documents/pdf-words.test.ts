import { describe, expect, test } from "vitest";
import { joinLines, readVocabulary } from "../../src/documents/pdf-words.ts";
import { read } from "./pdf-room.ts";

/** Lines set one by one. */
const lines = (...own: readonly string[]) => own.map((text, i) => ({ text, x: 71, y: 100 + i * 14.4 }));

describe("hyphens at line ends", () => {
  test("of words that the document knows as one are mended", async () => {
    const { text } = await read(
      lines(
        "Leaders expect improvement, and in most of the services that they run improve-",
        "ment can be seen. The coordination of plans is good, and so is the coordi-",
        "nation of visits to children who live outside the area of the local council.",
      ),
    );
    expect(text).toContain("run improvement can be seen");
    expect(text).toContain("the coordination of visits");
  });

  test("stay where the document writes the word with one, or knows both halves", async () => {
    const { text } = await read(
      lines(
        "A multi-agency hub works well. Leaders value good multi-agency work and multi-",
        "agency training. The quality of self-assessment is good; children made well-",
        "informed choices and the council was well served and informed by all of them.",
      ),
    );
    expect(text).toContain("multi-agency training");
    expect(text).toContain("well-informed choices");
  });

  test("stay in pairs, ranges and addresses of pages", async () => {
    const vocabulary = readVocabulary(["full time and part time"]);
    expect(joinLines("support for full-", "and part-time carers", vocabulary)).toBe(
      "support for full- and part-time carers",
    );
    expect(joinLines("in the year 2017–", "18 it rose", vocabulary)).toBe("in the year 2017–18 it rose");
    expect(joinLines("see www.gov.uk/some-", "page for more", vocabulary)).toBe(
      "see www.gov.uk/some-page for more",
    );
    expect(joinLines("16- and 17-", "year-olds", vocabulary)).toBe("16- and 17-year-olds");
  });

  test("that were put in for this line only are mended always", () => {
    expect(joinLines("improve\u00ad", "ment", readVocabulary([]))).toBe("improvement");
  });

  test("stay everywhere in a document that does not divide words", () => {
    const own = [
      "Work is co-",
      "ordinated and multi-",
      "agency plans are multi-agency",
      "and coordinated, well-being is well-",
      "being",
    ];
    const vocabulary = readVocabulary(own);
    expect(vocabulary.divides).toBe(false);
    expect(joinLines("Work is co-", "ordinated", vocabulary)).toBe("Work is co-ordinated");
  });
});
