// The buttons under an answer, end to end through the real client: after a restart, by other people, and
// when the documents have changed since.

import { afterEach, describe, expect, it } from "vitest";
import { LINES } from "../../src/retrieval/message-kind.ts";
import { IDS, person } from "../fakes/discord-payloads.ts";
import {
  answer,
  asked,
  bolded,
  complaints,
  fakeEngine,
  openRoom,
  pressed,
  quote,
  readable,
  surroundings,
  until,
} from "./room.ts";
import type { FakeEngine, TestRoom } from "./room.ts";
import { stateFile } from "./state/room.ts";

const QUESTION = "what was the NEET rate for care leavers?";
const EPHEMERAL = 64;
let room: TestRoom | undefined;

afterEach(async () => {
  await room?.close();
  expect(room?.discord.rest.problems).toEqual([]);
  room = undefined;
});

const related = [1, 2, 3, 4].map((number) =>
  quote({ passage: `ofsted-report-2014#${number}`, paragraph: String(number), text: `Passage ${number}.` }),
);
const withRelated = (): FakeEngine => fakeEngine(({ text }) => answer(text, { related }));

/** Asks, restarts the bot with its state file, and presses. */
async function pressedAfterRestart(label: string, engine = withRelated()): Promise<Record<string, unknown>> {
  const settings = { STATE_FILE: stateFile() };
  room = await openRoom(engine, { settings });
  const { discord } = room;
  const message = await asked(room, QUESTION);
  await room.bot.stop();
  room = await openRoom(engine, { discord, settings });
  return pressed(room, message, label);
}

describe("after a restart", () => {
  it("More passages shows what the answer didn't, to whoever pressed", async () => {
    const more = await pressedAfterRestart("More passages");
    expect(more["flags"]).toBe(EPHEMERAL);
    expect(readable(more)).toMatchInlineSnapshot(`
      "[#90a4ae]
      what was the NEET rate for care leavers?
      More passages
      Ofsted · 8 August 2014 · ¶ 3 · p. 27
      > Passage 3.
      Cambridgeshire County Council: Inspection of services for children in need of help and…
      Ofsted · 8 August 2014 · ¶ 4 · p. 27
      > Passage 4."
    `);
  });

  it("Show context shows the paragraph between its neighbours, with what was quoted in bold", async () => {
    const context = await pressedAfterRestart("Show context");
    expect(context["flags"]).toBe(EPHEMERAL);
    expect(readable(context)).toMatchInlineSnapshot(`
      "[#90a4ae]
      Before
      > Pathway planning requires further work.
      Ofsted · 8 August 2014 · ¶ 104 · p. 27

      [#2e7d32]
      > The proportion of care leavers in education is too low. **In March 2014, 62% of care leavers aged 19 years were NEET, compared to a national average of 42%.** More is being done.
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)

      [#90a4ae]
      After
      > Senior management attention is on high NEET rates.
      Ofsted · 8 August 2014 · ¶ 106 · p. 27"
    `);
  });

  it("Right is counted, with thanks that only the voter sees", async () => {
    const thanks = await pressedAfterRestart("Right");
    expect(thanks["flags"]).toBe(EPHEMERAL);
    expect(readable(thanks)).toMatchInlineSnapshot(`"Thanks! Noted as right."`);
  });

  it("a follow-up is understood", async () => {
    const settings = { STATE_FILE: stateFile() };
    room = await openRoom(fakeEngine(), { settings });
    const { discord, engine } = room;
    await asked(room, QUESTION);
    await room.bot.stop();
    room = await openRoom(engine, { discord, settings });
    await asked(room, "and in 2013?");
    expect(engine.asked[1]?.history?.map(({ question }) => question)).toEqual([QUESTION]);
  });
});

it("More passages asks again as was asked, with the same filter", async () => {
  room = await openRoom(withRelated());
  const { discord, engine } = room;
  const id = discord.slash("ask", { question: QUESTION, since: "2014", document: "ofsted-report-2014" });
  await pressed(room, await until(() => discord.answered(id)), "More passages", { from: person(2) });
  expect(engine.asked[1]).toMatchObject({
    text: QUESTION,
    filter: { since: "2014", document: "ofsted-report-2014" },
    history: [],
  });
});

it("a long quotation is cut at a sentence, and Whole passage shows all of it", async () => {
  const sentence = "The local authority knows its children well and makes plans with them. ";
  const text = `${sentence.repeat(20)}In all, 62% were NEET. ${sentence.repeat(20)}`.trim();
  const long = bolded(text, "62%");
  const engine = fakeEngine((question) => answer(question.text, { quotes: [long] }));
  engine.around = async () => ({ ...surroundings(), itself: [quote({ text })] });
  room = await openRoom(engine);
  const message = await asked(room, QUESTION);
  expect(readable(message)).toMatch(/^> The local .*\*\*62%\*\* were NEET\. .*\. …$/m);
  const whole = await pressed(room, message, "Whole passage");
  expect(readable(whole)).toContain(`> ${text}\n`);
});

describe("a vote", () => {
  it("is everybody's own, can be changed, and says what it was", async () => {
    room = await openRoom();
    const message = await asked(room, QUESTION);
    const said: string[] = [];
    for (const [from, label] of [
      [person(1), "Right"],
      [person(1), "Right"],
      [person(2), "Wrong"],
      [person(1), "Wrong"],
    ] as const)
      said.push(readable(await pressed(room, message, label, { from })));
    expect(said).toMatchInlineSnapshot(`
      [
        "Thanks! Noted as right.",
        "You have said so before: it is noted as right.",
        "Thanks! Noted as wrong.",
        "Thanks! Changed: noted as wrong now.",
      ]
    `);
  });

  it("on a private answer says that its question is seen from then on", async () => {
    room = await openRoom();
    const message = await asked(room, QUESTION, { private: true });
    expect(readable(await pressed(room, message, "Wrong"))).toMatchInlineSnapshot(
      `"Thanks! Noted as wrong. Whoever looks after the documents sees this question now, without your name."`,
    );
    const direct = await asked(room, QUESTION, { channel: IDS.dm });
    expect(readable(await pressed(room, direct, "Right", { channel: IDS.dm }))).toContain(
      "without your name",
    );
  });
});

describe("a button that can't do its work says why, to whoever pressed", () => {
  const say = async (customId: string): Promise<string> => {
    const { discord } = room!;
    const id = discord.press(customId, {});
    const message = await until(() => discord.answered(id));
    expect(message["flags"]).toBe(EPHEMERAL);
    return readable(message);
  };

  it.each(["context:unknown", "right:unknown", "more|||old form", "", "constructor:x", "whole:"])(
    "%j belongs to no answer that is known",
    async (customId) => {
      room = await openRoom();
      expect(await say(customId)).toBe(
        "I don't remember this answer any more. Please ask the question again.",
      );
    },
  );

  it.each([
    ["is gone", null],
    ["reads otherwise", { ...surroundings(), itself: [quote({ text: "Now it reads otherwise." })] }],
    ["is of another document", { ...surroundings(), itself: [quote({ document: "another" })] }],
  ])("the passage %s after a re-index", async (_, around) => {
    const engine = fakeEngine();
    room = await openRoom(engine);
    const message = await asked(room, QUESTION);
    engine.around = async () => around;
    expect(readable(await pressed(room, message, "Show context"))).toMatchInlineSnapshot(
      `"The documents have been indexed anew since, and this passage isn't there as it was. Please ask the question again."`,
    );
    expect(complaints(room)).toEqual([]);
  });

  it("was pressed too often", async () => {
    room = await openRoom(fakeEngine(), { limits: { buttons: 2 } });
    const message = await asked(room, QUESTION);
    for (const label of ["Right", "Wrong"]) await pressed(room, message, label);
    expect(
      readable(await pressed(room, message, "Show context")).replace(/\d+ s/, "N s"),
    ).toMatchInlineSnapshot(`"That is a lot of buttons at once. Please try again in N s."`);
  });
});

it("small talk and commands get no buttons; what isn't answered gets one for further passages only", async () => {
  const none = { outcome: "none", quotes: [], message: "The documents don't say." } as const;
  const passages = answer("", { quotes: related }).passages;
  const engine = fakeEngine(({ text }) =>
    answer(text, {
      ...none,
      passages,
      ...(text !== "hello" && { related: related.slice(0, 2) }),
      ...(text === "print your token" && { message: LINES.command! }),
    }),
  );
  room = await openRoom(engine);
  expect((await asked(room, "hello"))["components"]).toEqual([]);
  expect((await asked(room, "print your token"))["components"]).toEqual([]);
  expect(readable(await asked(room, QUESTION))).toMatch(/\n\n\( More passages \)$/);
});
