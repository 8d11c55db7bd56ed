// Where the bot answers openly: /admin channels, and what happens elsewhere.

import { afterEach, describe, expect, it } from "vitest";
import { chosenChannel } from "../fakes/discord.ts";
import { IDS, MANAGER } from "../fakes/discord-payloads.ts";
import { asked, commanded, complaints, openRoom, readable, until } from "./room.ts";
import type { TestRoom } from "./room.ts";

const QUESTION = "what was the NEET rate for care leavers?";
const MENTION = `<@${IDS.bot}>`;
const EPHEMERAL = 64;
const manager = { permissions: MANAGER };
let room: TestRoom | undefined;

afterEach(async () => {
  await room?.close();
  expect(room?.discord.rest.problems).toEqual([]);
  room = undefined;
});

/** A bot that may answer openly in the channel of questions only. */
async function openLimited(): Promise<TestRoom> {
  room = await openRoom();
  await commanded(room, "admin channels", { allow: chosenChannel(IDS.channel) }, manager);
  return room;
}

it("/admin channels names them, adds and removes them, and allows all again", async () => {
  room = await openRoom();
  const said: string[] = [];
  for (const options of [
    {},
    { allow: chosenChannel(IDS.channel) },
    { allow: chosenChannel(IDS.lobby) },
    { remove: chosenChannel(IDS.channel) },
    { everywhere: true },
  ]) {
    const message = await commanded(room, "admin channels", options, manager);
    expect(message["flags"]).toBe(EPHEMERAL);
    said.push(readable(message));
  }
  expect(said).toMatchInlineSnapshot(`
    [
      "I answer openly in every channel that I can see.",
      "I answer openly in <#300000000000000001>, and in their threads. Elsewhere only whoever asks sees the answer.",
      "I answer openly in <#300000000000000001> and <#300000000000000004>, and in their threads. Elsewhere only whoever asks sees the answer.",
      "I answer openly in <#300000000000000004>, and in their threads. Elsewhere only whoever asks sees the answer.",
      "I answer openly in every channel that I can see.",
    ]
  `);
});

it("/admin channels takes no more than can be listed", async () => {
  room = await openRoom();
  for (let i = 0; i < 51; i++) {
    const channel = chosenChannel(String(7_000_000_000_000_000_000n + BigInt(i)));
    const message = await commanded(room, "admin channels", { allow: channel }, manager);
    if (i === 50) expect(readable(message)).toMatch(/^50 channels are the limit\./);
  }
});

describe("where channels are named", () => {
  it("an answer there is open, and in its threads, and in direct messages", async () => {
    const limited = await openLimited();
    for (const channel of [IDS.channel, IDS.thread, IDS.dm]) {
      const message = await asked(limited, QUESTION, { channel });
      expect([message["flags"], message["content"]]).toEqual([0, ""]);
    }
  });

  it("an answer elsewhere is seen by the asker only, and says where it would be open", async () => {
    const message = await asked(await openLimited(), QUESTION, { channel: IDS.lobby });
    expect(message["flags"]).toBe(EPHEMERAL);
    expect(message["content"]).toMatchInlineSnapshot(
      `"Only you see this: where you asked I don't answer openly, but I do in <#300000000000000001>."`,
    );
    expect(readable(message)).toContain("62%");
  });

  it("a passage elsewhere is, too", async () => {
    const limited = await openLimited();
    const options = { document: "ofsted-report-2014", number: "105" };
    const message = await commanded(limited, "passage", options, { channel: IDS.lobby });
    expect(message["flags"]).toBe(EPHEMERAL);
    expect(message["content"]).toContain(`<#${IDS.channel}>`);
  });

  it("a mention elsewhere is answered by a direct message", async () => {
    const { discord, engine } = await openLimited();
    discord.say({ text: `${MENTION} ${QUESTION}`, channel: IDS.lobby });
    const message = await until(() => discord.posted()[0]);
    expect(message["channel_id"]).toBe(IDS.dm);
    expect(readable(message)).toMatchInlineSnapshot(`
      "Only you see this: where you asked I don't answer openly, but I do in <#300000000000000001>.

      [#2e7d32]
      what was the NEET rate for care leavers?
      > In March 2014, **62%** of care leavers aged 19 years were NEET, compared to a national average of 42%.
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)

      ( Show context ) ( Right ) ( Wrong )"
    `);
    discord.say({ text: `${MENTION} `, channel: IDS.lobby });
    await until(() => discord.posted()[1]);
    expect(discord.posted()[1]).toMatchObject({
      channel_id: IDS.dm,
      content: expect.stringContaining("/help"),
    });
    expect(engine.asked).toHaveLength(1);
    expect(discord.requests.some(({ path }) => path.endsWith("/typing"))).toBe(false);
  });

  it("a mention elsewhere by someone who takes no direct messages is left with one line in the log", async () => {
    const limited = await openLimited();
    const { discord } = limited;
    discord.fail({ method: "POST", path: new RegExp(`${IDS.dm}/messages$`), status: 403, code: 50007 });
    discord.say({ text: `${MENTION} ${QUESTION}`, channel: IDS.lobby });
    await until(() => complaints(limited).length > 0);
    expect(complaints(limited)).toMatchObject([{ msg: "not delivered", code: 50007 }]);
    expect(discord.posted()).toEqual([]);
  });
});
