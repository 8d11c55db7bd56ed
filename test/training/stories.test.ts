import { expect, test } from "vitest";
import { cutStory } from "../../src/training/stories.ts";

const story = {
  title: "Wexmoor is rated good",
  kind: "local paper",
  year: "2014",
  paragraphs: [
    { text: "Wexmoor is rated good" },
    {
      text: 'Cllr Ann Marsh, who leads the council, said: "We are delighted with it.',
      direct: "is Marsh happy?",
    },
    { text: '"There is more to do."' },
    { text: "The report says that the council must:" },
    { text: "• Visit children sooner" },
    { text: "• Record what they say" },
  ],
};

test("a story is cut as the index would cut it; a lead-in is no passage of its own", () => {
  const { document, passages, paragraphs } = cutStory(story);
  expect(document.info).toMatchObject({ title: story.title, kind: "news article", published: "2014" });
  expect(paragraphs.map(({ passage }) => passage && passages.indexOf(passage))).toEqual([
    0,
    1,
    2,
    null,
    3,
    4,
  ]);
  expect(paragraphs[2]!.passage!.attribution!.text).toBe("Cllr Ann Marsh, who leads the council, said:");
  expect(paragraphs[5]!.passage!.leadIn!.text).toBe("The report says that the council must:");
});
