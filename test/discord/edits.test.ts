// Edited and deleted questions: the answer follows the question for a minute.

import { afterEach, describe, expect, it, vi } from "vitest";
import { UserError } from "../../src/errors.ts";
import { IDS, person } from "../fakes/discord-payloads.ts";
import {
  answer,
  buttonOf,
  complaints,
  fakeEngine,
  heldEngine,
  openRoom,
  quote,
  readable,
  until,
} from "./room.ts";
import type { FakeEngine, TestRoom } from "./room.ts";

const MENTION = `<@${IDS.bot}>`;
let room: TestRoom | undefined;

afterEach(async () => {
  vi.restoreAllMocks();
  await room?.close();
  expect(room?.discord.rest.problems).toEqual([]);
  room = undefined;
});

/** Quotes the question back. */
const echo = (): FakeEngine => fakeEngine(({ text }) => answer(text, { quotes: [quote({ text })] }));
const shows = (text: string) => () => {
  const [message] = room!.discord.posted();
  return message !== undefined && readable(message).includes(text) && message;
};

describe("an edited question", () => {
  it("gets its answer edited, and its turn of the conversation replaced", async () => {
    room = await openRoom(echo());
    const { discord, engine } = room;
    const first = discord.say({ text: `${MENTION} what was the NEET rate in 2013?` });
    const answered = await until(shows("in 2013?"));
    discord.edit(first, `${MENTION} what was the NEET rate in 2014?`);
    const edited = await until(shows("in 2014?"));
    expect(discord.posted()).toHaveLength(1);
    expect(buttonOf(edited, "Right")).toBe(buttonOf(answered, "Right"));
    expect(engine.asked[1]?.history).toEqual([]);
    discord.say({ text: `${MENTION} and nationally?` });
    await until(() => engine.asked.length === 3);
    expect(engine.asked[2]?.history?.map(({ question }) => question)).toEqual([
      "what was the NEET rate in 2014?",
    ]);
  });

  it("waits for the answer to what it was before", async () => {
    const { engine, release } = heldEngine();
    room = await openRoom(engine);
    const { discord } = room;
    const said = discord.say({ text: `${MENTION} one?` });
    await until(() => engine.asked.length === 1);
    discord.edit(said, `${MENTION} two?`);
    discord.edit(said, `${MENTION} three?`);
    release();
    await until(() => engine.asked.length === 3);
    await until(() => discord.requests.filter(({ method }) => method === "PATCH").length === 2);
    expect(engine.asked.at(-1)?.text).toBe("three?");
    expect(discord.posted()).toHaveLength(1);
  });

  it("is answered after it couldn't be, and told off after it could", async () => {
    const engine = fakeEngine(({ text }) => {
      if (text.includes("bad")) throw new UserError("That can't be asked.");
      return answer(text);
    });
    room = await openRoom(engine);
    const { discord } = room;
    const said = discord.say({ text: `${MENTION} bad` });
    await until(shows("That can't be asked."));
    discord.edit(said, `${MENTION} good`);
    expect(readable(await until(shows("62%")))).not.toContain("can't be asked");
    discord.edit(said, `${MENTION} bad again`);
    expect(readable(await until(shows("That can't be asked.")))).toBe("That can't be asked.");
  });

  it("is answered when the mention was forgotten at first", async () => {
    room = await openRoom(echo());
    const { discord } = room;
    const said = discord.say({ text: "what was the NEET rate?" });
    discord.edit(said, `${MENTION} what was the NEET rate?`);
    const message = await until(shows("NEET rate"));
    expect(message["message_reference"]).toMatchObject({ message_id: said["id"] });
  });

  it("is left alone when its words are the same, when it is nobody's edit, and after a minute", async () => {
    room = await openRoom(echo());
    const { discord, engine } = room;
    const said = discord.say({ text: `${MENTION} first?` });
    await until(shows("first?"));
    discord.edit(said, `${MENTION}  first?`);
    discord.edit(said);
    const { now } = Date;
    vi.spyOn(Date, "now").mockImplementation(() => now() + 61_000);
    discord.edit(said, `${MENTION} later?`);
    discord.say({ text: `${MENTION} last one`, from: person(3) });
    await until(() => engine.asked.length === 2);
    expect(engine.asked.map(({ text }) => text)).toEqual(["first?", "last one"]);
  });

  it("whose answer was deleted is left with one line in the log", async () => {
    room = await openRoom(echo());
    const { discord } = room;
    const said = discord.say({ text: `${MENTION} first?` });
    const message = await until(shows("first?"));
    discord.rest.messages.delete(String(message["id"]));
    discord.edit(said, `${MENTION} second?`);
    await until(() => complaints(room!).length > 0);
    expect(complaints(room)).toMatchObject([{ msg: "not delivered", code: 10008 }]);
  });
});

it("a deleted question leaves its answer, and an edit that crosses the deletion does no harm", async () => {
  room = await openRoom(echo());
  const { discord, engine } = room;
  const said = discord.say({ text: `${MENTION} first?` });
  await until(shows("first?"));
  discord.remove(said);
  discord.say({ text: `${MENTION} still there?`, from: person(2) });
  await until(() => engine.asked.length === 2);
  expect(complaints(room)).toEqual([]);
  expect(discord.posted()[0]).toBeDefined();
});
