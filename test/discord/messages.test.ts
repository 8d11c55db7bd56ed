// Messages to the bot, end to end through the real client: mentions, direct messages, the message menu,
// follow-ups, and what is left alone.

import { afterEach, describe, expect, it } from "vitest";
import { IDS, person } from "../fakes/discord-payloads.ts";
import { answer, fakeEngine, openRoom, quote, readable, until } from "./room.ts";
import type { TestRoom } from "./room.ts";

const QUESTION = "what was the NEET rate for care leavers?";
const MENTION = `<@${IDS.bot}>`;
let room: TestRoom | undefined;

afterEach(async () => {
  await room?.close();
  expect(room?.discord.rest.problems).toEqual([]);
  room = undefined;
});

describe("a message to the bot", () => {
  it("is answered by a reply when it mentions the bot in a channel", async () => {
    room = await openRoom();
    const { discord, engine } = room;
    const asked = discord.say({ text: `${MENTION} ${QUESTION}` });
    const message = await until(() => discord.posted()[0]);
    expect(engine.asked[0]?.text).toBe(QUESTION);
    expect(message["message_reference"]).toMatchObject({ message_id: asked["id"] });
    expect(readable(message)).toMatchInlineSnapshot(`
      "[#2e7d32]
      > In March 2014, **62%** of care leavers aged 19 years were NEET, compared to a national average of 42%.
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)

      ( Show context ) ( Right ) ( Wrong )"
    `);
    expect(discord.requests.some(({ path }) => path.endsWith("/typing"))).toBe(true);
  });

  it("is answered when it comes directly", async () => {
    room = await openRoom();
    const { discord, engine } = room;
    discord.say({ text: QUESTION, channel: IDS.dm });
    const message = await until(() => discord.posted()[0]);
    expect(message["channel_id"]).toBe(IDS.dm);
    expect(engine.asked[0]?.text).toBe(QUESTION);
  });

  it("is answered from the message menu", async () => {
    room = await openRoom();
    const { discord, engine } = room;
    const message = discord.say({ text: QUESTION });
    // The menu delivers the text that the gateway keeps back.
    const id = discord.menu("Answer this message", { ...message, content: QUESTION }, { from: person(2) });
    expect(readable(await until(() => discord.answered(id)))).toContain(QUESTION);
    expect(engine.asked.map(({ text }) => text)).toEqual([QUESTION]);
  });

  it("is a follow-up when the same person goes on in a channel, and somebody else's is not", async () => {
    room = await openRoom();
    const { discord, engine } = room;
    discord.say({ text: `${MENTION} ${QUESTION}` });
    const first = await until(() => discord.posted()[0]);
    discord.say({ text: "and in 2013?", replyTo: first });
    await until(() => discord.posted()[1]);
    expect(engine.asked[1]?.history).toEqual([
      {
        question: QUESTION,
        understood: QUESTION,
        outcome: "answer",
        passages: ["ofsted-report-2014#160"],
      },
    ]);
    discord.say({ text: `${MENTION} and in 2012?`, from: person(2) });
    await until(() => discord.posted()[2]);
    expect(engine.asked[2]?.history).toEqual([]);
  });

  it("is a follow-up to anybody's question in a thread", async () => {
    room = await openRoom();
    const { discord, engine } = room;
    discord.say({ text: `${MENTION} ${QUESTION}`, channel: IDS.thread });
    await until(() => discord.posted()[0]);
    const id = discord.slash("ask", { question: "and in 2013?" }, { from: person(2), channel: IDS.thread });
    await until(() => discord.answered(id));
    expect(engine.asked[1]?.history).toHaveLength(1);
  });

  it("is left alone when it is the bot's own, another bot's, a webhook's or not for the bot", async () => {
    room = await openRoom();
    const { discord, engine } = room;
    discord.say({ text: `${MENTION} ${QUESTION}`, from: IDS.bot });
    discord.say({ text: `${MENTION} ${QUESTION}`, from: person(9), bot: true });
    discord.say({ text: `${MENTION} ${QUESTION}`, webhook: true });
    discord.say({ text: "what is for lunch?" });
    discord.say({ text: "@everyone lunch!" });
    discord.say({ text: `${MENTION} last one`, from: person(3) });
    await until(() => engine.asked.length > 0);
    expect(engine.asked.map(({ text }) => text)).toEqual(["last one"]);
  });

  it("gets a friendly word when it is empty, too long or one too many", async () => {
    room = await openRoom(fakeEngine(), { limits: { questions: 1, seconds: 60 } });
    const { discord, engine } = room;
    for (const text of ["", "x".repeat(501), QUESTION, QUESTION]) discord.say({ text: `${MENTION} ${text}` });
    await until(() => discord.posted().length === 4);
    const notices = discord
      .posted()
      .flatMap(({ content }) => (content ? [String(content).replace(/\d+ s/, "N s")] : []));
    expect(notices.toSorted()).toMatchInlineSnapshot(`
      [
        "Ask me a question about the documents. /help shows how.",
        "That is a long one: 501 characters. Please ask in at most 500.",
        "That is a lot of questions at once. Please ask again in N s.",
      ]
    `);
    expect(engine.asked).toHaveLength(1);
  });

  it("gets a friendly word when the whole server asks too much, while direct messages are answered", async () => {
    room = await openRoom(fakeEngine(), { limits: { guildQuestions: 2 } });
    const { discord, engine } = room;
    for (const n of [1, 2, 3]) discord.say({ text: `${MENTION} ${QUESTION}`, from: person(n) });
    discord.say({ text: QUESTION, channel: IDS.dm, from: person(4) });
    await until(() => discord.posted().length === 4);
    const notices = discord.posted().flatMap(({ content }) => content || []);
    expect(notices.map((text) => String(text).replace(/\d+ s/, "N s"))).toEqual([
      "This server is asking a lot just now. Please ask again in N s.",
    ]);
    expect(engine.asked).toHaveLength(3);
  });

  it("pings nobody, whatever it says and whatever is quoted", async () => {
    const text =
      "@everyone @here <@400000000000000001> <@&1> <#300000000000000001> </ask:1> https://x.org discord.gg/x";
    room = await openRoom(
      fakeEngine(({ text: question }) => answer(question, { quotes: [quote({ text })] })),
    );
    const { discord } = room;
    discord.say({ text: `${MENTION} ${text}` });
    const message = await until(() => discord.posted()[0]);
    expect(message["allowed_mentions"]).toEqual({ parse: [], replied_user: false });
    expect(message["content"] ?? "").toBe("");
    expect(readable(message).split("\n")[1]).toMatchInlineSnapshot(
      `"> \\@everyone \\@here \\<\\@400000000000000001> \\<\\@&1> \\<#300000000000000001> \\</ask\\:1> https\\://x.org discord\\.gg/x"`,
    );
  });
});
