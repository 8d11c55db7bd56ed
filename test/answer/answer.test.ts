import { beforeAll, describe, expect, test } from "vitest";
import { answerQuestion } from "../../src/answer/answer.ts";
import { NO_MODELS } from "../../src/answer/models.ts";
import { quotePassage } from "../../src/answer/quote.ts";
import { turnOf } from "../../src/answer/turn.ts";
import { isProved } from "../../src/answer/verify.ts";
import { buildIndex } from "../../src/index/build.ts";
import type { OpenIndex } from "../../src/index/open-index.ts";
import type { Answer, Passage, Question, Reranker, Turn } from "../../src/types.ts";
import { CORPUS, textDocument } from "../fakes/corpus.ts";
import { fakeEncoder } from "../fakes/encoder.ts";

let index: OpenIndex;
beforeAll(async () => {
  index = await buildIndex(CORPUS, fakeEncoder());
});
const ask = (question: string | Question): Promise<Answer> =>
  answerQuestion(typeof question === "string" ? { text: question } : question, index, NO_MODELS);

describe("an answer", () => {
  test("quotes the sentence that answers, with its citation and the answering words in bold", async () => {
    const { quotes } = await ask("what percentage of care leavers were NEET in March 2014?");
    const [quote] = quotes;
    expect(quote).toMatchObject({
      document: "report-2014",
      paragraph: "2",
      section: ["Help and protection"],
      published: "2014-08-08",
      page: null,
    });
    expect(quote!.bold.map(({ start, end }) => quote!.text.slice(start, end))).toEqual(["62%"]);
  });

  test("every quotation is proved against its source", async () => {
    for (const question of [
      "who chairs the children's committee?",
      "is supervision of foster carers frequent?",
      "which councils are failing?",
      "areas for improvement",
    ]) {
      const { quotes, related } = await ask(question);
      for (const quote of [...quotes, ...related])
        expect(isProved(index.documents.get(quote.document)!, quote.text, quote.pieces)).toBe(true);
    }
  });

  test("a table's row is quoted with the sentence that introduces it", async () => {
    const { quotes } = await ask({
      text: "what did adoption performance get in 2014?",
      filter: { document: "report-2014" },
    });
    expect(quotes[0]).toMatchObject({
      text: "1. Adoption performance\tGood",
      leadIn: "The judgements are:",
      paragraph: null,
    });
  });

  test("a question for a list is answered by the whole list", async () => {
    const { quotes } = await ask("list all the failing councils");
    expect(quotes.map((quote) => quote.text)).toEqual(["Fenmere", "Oxbridge", "Wexcombe"]);
    expect(new Set(quotes.map((quote) => quote.leadIn))).toEqual(
      new Set(["Here is a list of the failing councils:"]),
    );
  });

  test("a footnote comes with the words that carry its mark", async () => {
    const index = await buildIndex(
      [
        textDocument(
          "a",
          "Four children live in special schools¹ far away.\n\n¹ These are residential schools.\n",
        ),
      ],
      fakeEncoder(),
    );
    const { quotes } = await answerQuestion(
      { text: "how many children live in special schools" },
      index,
      NO_MODELS,
    );
    expect(quotes[0]).toMatchObject({ notes: ["¹ These are residential schools."] });
  });

  test("words from the midst of what somebody says come with who says it", async () => {
    const index = await buildIndex(
      [
        textDocument(
          "a",
          "Councillor Ann Hall said: “Our homes are full. Foster carers are leaving us.\n\n“Night cover is thin.” Bob Ray, Di Orr and Ann Hall left in May.\n",
        ),
      ],
      fakeEncoder(),
    );
    const ask = (text: string, ...history: Turn[]) => answerQuestion({ text, history }, index, NO_MODELS);
    const first = await ask("is night cover thin?");
    expect(first.quotes[0]).toMatchObject({ attribution: "Councillor Ann Hall said:" });
    expect(first.passages[0]).toMatchObject({ attribution: "Councillor Ann Hall said:" });
    const again = await ask("who said that?", turnOf(first));
    expect(again.quotes[0]).toMatchObject({
      passage: first.quotes[0]!.passage,
      attribution: "Councillor Ann Hall said:",
    });
  });

  test("who says it is told of a part of a paragraph as well, and not of what is said by nobody", async () => {
    const own = `“${"Our homes are full. ".repeat(12)}Foster carers are leaving us.`;
    const text = `Ann Hall said: ${own}\n\n${own}” It rained all of June in Ely.\n`;
    const index = await buildIndex([textDocument("a", text)], fakeEncoder());
    const [first, second] = index.passages as [Passage, Passage];
    const quoted = (passage: Passage, words: string) => {
      const start = passage.text.indexOf(words);
      return quotePassage(passage, { start, end: start + words.length }, [], index)!.attribution;
    };
    expect(quoted(first, "Ann Hall said: “Our homes are full.")).toBeUndefined();
    expect(quoted(first, "Foster carers are leaving us.")).toBe("Ann Hall said:");
    expect(quoted(second, "“Our homes are full.")).toBe("Ann Hall said:");
    expect(quoted(second, "Foster carers are leaving us.")).toBe("Ann Hall said:");
    expect(quoted(second, "It rained all of June in Ely.")).toBeUndefined();
  });

  test("a passage that only begins a list is quoted with what it begins", async () => {
    const index = await buildIndex(
      [textDocument("a", "It was a bad year. These areas need work:\n\n- Night cover\n- Foster homes\n")],
      fakeEncoder(),
    );
    const { quotes } = await answerQuestion(
      { text: "which areas need work after a bad year" },
      index,
      NO_MODELS,
    );
    expect(quotes.map((quote) => quote.text)).toEqual(["Night cover", "Foster homes"]);
  });

  test("a list of which several items answer is quoted whole, but for a figure", async () => {
    const index = await buildIndex(
      [
        textDocument(
          "improve",
          "Of the children who were placed:\n\n• 30 were placed with foster families\n\n• 12 were placed with foster parents\n\n• 3 went home\n\nNothing else is known of where anybody went.",
        ),
      ],
      fakeEncoder(),
    );
    const quoted = async (text: string) =>
      (await answerQuestion({ text }, index, NO_MODELS)).quotes.map((quote) => quote.text);
    expect(await quoted("were they placed with foster families or parents?")).toHaveLength(3);
    expect(await quoted("how many were placed with foster families or parents?")).toHaveLength(2);
    expect(await quoted("when were they placed with foster families or parents?")).toHaveLength(2);
  });

  test("of two years' figures, that of the year asked for is in bold; a rate is no count", async () => {
    const index = await buildIndex(
      [
        textDocument(
          "figures",
          "At 31 March 2014, 395 children had a protection plan (a rate of 30.9 per 10,000 children). This is an increase from 211 (16.5 per 10,000) at 31 March 2013.",
        ),
      ],
      fakeEncoder(),
    );
    const bold = async (text: string) =>
      (await answerQuestion({ text }, index, NO_MODELS)).quotes.flatMap((quote) =>
        quote.bold.map(({ start, end }) => quote.text.slice(start, end)),
      );
    expect(await bold("how many children had a protection plan in March 2014?")).toEqual(["395"]);
    expect(await bold("how many children had a protection plan in March 2013?")).toEqual(["211"]);
    expect(await bold("what was the rate of protection plans in March 2014?")).toEqual(["30.9"]);
  });

  test("asked who somebody is, what they are stands in bold, whichever side of their name it stands", async () => {
    const index = await buildIndex(
      [
        textDocument(
          "story",
          "Speaking of the change Niki Clemo, director of social care at Fenmere, was pleased.\n\nOfsted's national director for care, Debbie Jones, said that more must be done.\n\nSarah Hall left the building early.",
        ),
      ],
      fakeEncoder(),
    );
    const bold = async (text: string) => {
      const [quote] = (await answerQuestion({ text }, index, NO_MODELS)).quotes;
      return quote!.bold.map(({ start, end }) => quote!.text.slice(start, end));
    };
    expect(await bold("who is Niki Clemo?")).toEqual(["director of social care at Fenmere"]);
    expect(await bold("who is debbie jones")).toEqual(["Ofsted's national director for care"]);
    expect(await bold("who's Sarah Hall?")).toEqual([]);
  });

  test("what is far behind the answer is not shown beside it", async () => {
    const { quotes, related, passages } = await ask(
      "what percentage of care leavers were NEET in March 2014?",
    );
    const shown = new Set([...quotes, ...related].map((quote) => quote.passage));
    const top = passages[0]!.score;
    expect(passages.filter(({ score }) => top - score > 4.5).length).toBeGreaterThan(0);
    for (const { passage, score } of passages.slice(0, 3)) expect(shown.has(passage)).toBe(top - score < 4.5);
  });

  test("a document or a range of dates restricts what is quoted", async () => {
    const only = await ask({ text: "emergency duty team capacity", filter: { document: "report-2019" } });
    expect(new Set(only.passages.map((passage) => passage.document))).toEqual(new Set(["report-2019"]));
    const since = await ask({ text: "emergency duty team capacity", filter: { since: "2014-08-09" } });
    expect(new Set(since.passages.map((passage) => passage.document))).toEqual(new Set(["report-2019"]));
    const until = await ask({ text: "emergency duty team capacity", filter: { until: "2014" } });
    expect(new Set(until.passages.map((passage) => passage.document))).toEqual(
      new Set(["report-2014", "story-2013"]),
    );
  });

  test("of documents that answer as well, the newest comes first unless a time is asked for", async () => {
    const text = "The night team has enough staff to cope.";
    const [old, recent] = ["2014", "2019"].map((published) =>
      textDocument(`report-${published}`, `${text}\n\nOther words follow here.\n`, { published }),
    );
    const index = await buildIndex([old!, recent!], fakeEncoder());
    const first = async (question: string) =>
      (await answerQuestion({ text: question }, index, NO_MODELS)).passages[0]!.document;
    expect(await first("does the night team have enough staff?")).toBe("report-2019");
    expect(await first("did the night team have enough staff in 2014?")).toBe("report-2014");
  });

  test("…unless a reranker tells them apart", async () => {
    const [old, recent] = ["2014", "2019"].map((published) =>
      textDocument(
        `report-${published}`,
        "The night team has enough staff to cope.\n\nOther words follow here.\n",
        {
          published,
        },
      ),
    );
    const index = await buildIndex([old!, recent!], fakeEncoder());
    const first = async (lead: number) => {
      const reranker: Reranker = {
        id: "fake@1",
        // Both passages about the night team, the older one before the newer, then the others.
        score: (_, passages) => {
          const places = passages.map((text, i) => (text.startsWith("The night") ? i : null));
          const best = places.find((place) => place !== null)!;
          return Promise.resolve(
            Float32Array.from(places, (place) => (place === null ? -9 : place === best ? lead : 0)),
          );
        },
      };
      const question = { text: "does the night team have enough staff?" };
      return (await answerQuestion(question, index, { ...NO_MODELS, reranker })).passages[0]!.document;
    };
    expect(await first(0.5)).toBe("report-2019");
    expect(await first(5)).toBe("report-2014");
  });

  test("ranked passages come best first, as many as asked for", async () => {
    const { passages } = await ask({ text: "care leavers", top: 3 });
    expect(passages.map((passage) => passage.rank)).toEqual([1, 2, 3]);
    expect(passages[0]!.score).toBeGreaterThanOrEqual(passages[1]!.score);
  });

  test("ranked passages carry their features only when asked to explain", async () => {
    const [plain, explained] = [
      await ask("care leavers"),
      await ask({ text: "care leavers", explain: true }),
    ];
    expect(plain.passages.some((passage) => "features" in passage)).toBe(false);
    expect(explained.passages[0]!.features).toMatchObject({ bm25OfBest: 1 });
    expect(explained.passages.map((passage) => ({ ...passage, features: undefined }))).toEqual(
      plain.passages,
    );
  });

  test("what ranks can be chosen", async () => {
    const lexical = { ...NO_MODELS, variant: "lexical" } as const;
    const { passages, outcome } = await answerQuestion({ text: "qwertyuiop zxcvbnm" }, index, lexical);
    expect({ passages, outcome }).toEqual({ passages: [], outcome: "none" });
  });
});

describe("when the documents don't answer", () => {
  test("the nearest passages are related, not quoted as an answer", async () => {
    const { outcome, quotes, related, message } = await ask("qwertyuiop zxcvbnm");
    expect(outcome).toBe("none");
    expect(quotes).toEqual([]);
    expect(related.length).toBeLessThanOrEqual(3);
    expect(message).toMatch(/documents/i);
  });
});

describe("a guess", () => {
  const DOCUMENT = textDocument(
    "a",
    "The emergency team lacks capacity to meet demand at night.\n\nSupervision of foster carers is not always frequent.\n",
  );
  const asked = async (question: Question) =>
    answerQuestion(question, await buildIndex([DOCUMENT], fakeEncoder()), NO_MODELS);

  test("says that no document mentions what the question names", async () => {
    const plain = await asked({ text: "does the emergency team lack capacity to meet demand at night?" });
    expect(plain).toMatchObject({ outcome: "answer", message: null });
    const named = await asked({
      text: "does the emergency team in Wisbech lack capacity to meet demand at night?",
    });
    expect(named).toMatchObject({ outcome: "unsure", message: "The documents don't mention Wisbech." });
    expect(named.confidence).toBeLessThanOrEqual(plain.confidence);
    expect(named.quotes[0]!.passage).toBe(plain.quotes[0]!.passage);
  });

  test("a follow-up is not held to what the question before it could not do without", async () => {
    const first = await ask("how many councils are failing?");
    const second = await ask({
      text: "and is supervision of foster carers frequent?",
      history: [turnOf(first)],
    });
    expect(second).toMatchObject({ outcome: "answer", message: null });
  });
});

describe("a conversation", () => {
  test("a follow-up looks first at what was quoted last", async () => {
    const first = await ask("what percentage of care leavers were NEET in March 2014?");
    const second = await ask({ text: "and nationally?", history: [turnOf(first)] });
    expect(second.quotes[0]).toMatchObject({ document: "report-2014", paragraph: "2" });
    const { text, bold } = second.quotes[0]!;
    expect(bold.map(({ start, end }) => text.slice(start, end))).toEqual(["42%"]);
  });

  test("asked where that stands, it quotes the same again", async () => {
    const first = await ask("is supervision of foster carers frequent?");
    const second = await ask({ text: "which paragraph is that in?", history: [turnOf(first)] });
    expect(second.outcome).toBe("answer");
    expect(second.quotes[0]!.passage).toBe(first.quotes[0]!.passage);
  });
});

describe("misspelt words", () => {
  test("are mended when neither documents nor encoder know them", async () => {
    const answer = await ask("is supervison of foster carers frequent?");
    expect(answer.understood).toBe("is supervision of foster carers frequent?");
  });
});
