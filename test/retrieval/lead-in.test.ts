import { expect, test } from "vitest";
import type { OpenIndex } from "../../src/index/open-index.ts";
import { leadInsFirst } from "../../src/retrieval/lead-in.ts";
import { rank } from "../../src/retrieval/rank.ts";
import { textDocument } from "../fakes/corpus.ts";
import { smallIndex } from "../index/room.ts";

const LIST = `At the end of March 501 children were looked after. Of this number:

• 56 lived in residential homes

• 333 lived with foster families

Nothing else is known.`;

/** The text that comes first when a list's item did. */
async function first(question: string): Promise<string> {
  const index: OpenIndex = await smallIndex([textDocument("report", LIST)]);
  const ranking = await rank(question, index, null);
  const items = ranking.candidates.toSorted((a, b) => {
    const isItem = ({ place }: typeof a) => Number(index.passages[place]!.text.startsWith("333"));
    return isItem(b) - isItem(a);
  });
  const { candidates } = leadInsFirst({ ...ranking, candidates: items });
  expect(candidates).toHaveLength(items.length);
  return index.passages[candidates[0]!.place]!.text;
}

test("the sentence that introduces an item comes first where the item adds nothing", async () => {
  expect(await first("how many children were looked after?")).toMatch(/^At the end of March 501 children/);
});

test("an item that holds what is asked stays first", async () => {
  expect(await first("how many lived with foster families?")).toMatch(/^333/);
});

test("what is no item stays where it is", async () => {
  const index = await smallIndex();
  const ranking = await rank("how many care leavers were NEET?", index, null);
  expect(leadInsFirst(ranking)).toBe(ranking);
});
