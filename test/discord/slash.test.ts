// Slash commands, end to end through the real client: what is asked, and what comes back.

import { afterEach, describe, expect, it } from "vitest";
import { person } from "../fakes/discord-payloads.ts";
import { answer, fakeEngine, openRoom, quote, readable, until } from "./room.ts";
import type { TestRoom } from "./room.ts";

const QUESTION = "what was the NEET rate for care leavers?";
const EPHEMERAL = 64;
let room: TestRoom | undefined;

afterEach(async () => {
  await room?.close();
  expect(room?.discord.rest.problems).toEqual([]);
  room = undefined;
});

describe("/ask", () => {
  it("is acknowledged first and then answered with the quotation", async () => {
    room = await openRoom();
    const { discord } = room;
    const id = discord.slash("ask", { question: QUESTION });
    const message = await until(() => discord.answered(id));
    expect(readable(message)).toMatchInlineSnapshot(`
      "[#2e7d32]
      what was the NEET rate for care leavers?
      > In March 2014, **62%** of care leavers aged 19 years were NEET, compared to a national average of 42%.
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)

      ( Show context ) ( Right ) ( Wrong )"
    `);
    const calls = discord.requests.filter(({ path }) => /callback|@original/.test(path));
    expect(calls.map(({ method }) => method)).toEqual(["POST", "PATCH"]);
    expect(calls[0]?.body).toMatchObject({ type: 5, data: { flags: 0 } });
  });

  it("passes the document and the dates on to the engine", async () => {
    room = await openRoom();
    const { discord, engine } = room;
    const id = discord.slash("ask", {
      question: QUESTION,
      document: "ofsted-report-2014",
      since: "2014",
      until: "2014-12",
    });
    await until(() => discord.answered(id));
    expect(engine.asked[0]?.filter).toEqual({
      document: "ofsted-report-2014",
      since: "2014",
      until: "2014-12",
    });
  });

  it("answers in private when asked to, and keeps that out of the channel's conversation", async () => {
    room = await openRoom();
    const { discord, engine } = room;
    const first = discord.slash("ask", { question: QUESTION, private: true });
    const message = await until(() => discord.answered(first));
    expect(message["flags"]).toBe(EPHEMERAL);
    const second = discord.slash("ask", { question: "and in 2013?" });
    await until(() => discord.answered(second));
    expect(engine.asked[1]?.history).toEqual([]);
  });

  it("tells only the asker that there is no such document", async () => {
    room = await openRoom();
    const { discord } = room;
    const id = discord.slash("ask", { question: QUESTION, document: "@everyone *x*" });
    const message = await until(() => discord.answered(id));
    expect(message["flags"]).toBe(EPHEMERAL);
    expect(message["content"]).toMatchInlineSnapshot(
      `"There is no document "\\@​everyone \\*x\\*". Pick one from the list, or see /sources."`,
    );
  });

  it("shows what is nearest when the documents don't answer", async () => {
    const engine = fakeEngine(({ text }) =>
      answer(text, {
        outcome: "none",
        message: "The documents don't say.",
        quotes: [],
        related: [quote()],
      }),
    );
    room = await openRoom(engine);
    const { discord } = room;
    const id = discord.slash("ask", { question: "what is the capital of France?" });
    expect(readable(await until(() => discord.answered(id)))).toMatchInlineSnapshot(`
      "[#757575]
      what is the capital of France?
      The documents don't say.

      [#90a4ae]
      Related, not an answer
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      > In March 2014, **62%** of care leavers aged 19 years were NEET, compared to a national average of 42%.
      Cambridgeshire County Council: Inspection of services for children in need of help and…"
    `);
  });

  it("suggests documents while their name is typed", async () => {
    room = await openRoom();
    const { discord } = room;
    const all = discord.type("ask", "document", "");
    const some = discord.type("ask", "document", "ofsted 2014 leavers");
    const none = discord.type("ask", "document", "zzz");
    const choices = async (id: string): Promise<unknown> =>
      (await until(() => discord.answered(id)))["choices"];
    expect(await choices(all)).toHaveLength(2);
    expect(await choices(some)).toMatchInlineSnapshot(`
      [
        {
          "name": "8 August 2014 · Cambridgeshire County Council: Inspection of services for children in need of help…",
          "value": "ofsted-report-2014",
        },
      ]
    `);
    expect(await choices(none)).toEqual([]);
  });
});

describe("the other commands", () => {
  it.each(["help", "sources", "about"])("/%s is shown to whoever asked", async (name) => {
    room = await openRoom();
    const { discord } = room;
    const id = discord.slash(name);
    const message = await until(() => discord.answered(id));
    expect(message["flags"]).toBe(EPHEMERAL);
    expect(readable(message).replace(/Node \S+ discord\.js \S+/, "Node X, discord.js Y")).toMatchSnapshot();
  });
});

it("/about names the reranker where there is one", async () => {
  room = await openRoom({ ...fakeEngine(), reranker: "fake-reranker" });
  const { discord } = room;
  const id = discord.slash("about");
  const text = readable(await until(() => discord.answered(id)));
  expect(text).toContain("**Encoder** fake-encoder\n**Reranker** fake-reranker");
});

it("fifty questions at once are all answered, everybody getting a turn", async () => {
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const engine = fakeEngine(async ({ text }) => {
    await begun;
    return answer(text);
  });
  room = await openRoom(engine);
  const { discord } = room;
  const busy = Array.from({ length: 10 }, (_, index) => discord.slash("ask", { question: `busy ${index}` }));
  const others = Array.from({ length: 40 }, (_, index) =>
    discord.slash("ask", { question: `other ${index}` }, { from: person(index + 2) }),
  );
  await until(() => discord.requests.filter(({ path }) => path.endsWith("/callback")).length === 50);
  begin();
  for (const id of [...busy, ...others]) await until(() => discord.answered(id));
  expect(engine.asked).toHaveLength(50);
  const place = (text: string): number => engine.asked.findIndex((question) => question.text === text);
  expect(place("busy 9")).toBeGreaterThan(place("other 20"));
});
