// Coming, staying and going: the gateway that breaks off, the login that is refused, the end that leaves
// no question unanswered.

import { existsSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { startBot } from "../../src/discord/bot.ts";
import { UserError } from "../../src/errors.ts";
import { startFakeDiscord } from "../fakes/discord.ts";
import { IDS, TOKEN } from "../fakes/discord-payloads.ts";
import { complaints, fakeEngine, heldEngine, openRoom, readable, stillAnswers, until } from "./room.ts";
import type { TestRoom } from "./room.ts";
import { stateFile } from "./state/room.ts";

const QUESTION = "what was the NEET rate for care leavers?";
const MENTION = `<@${IDS.bot}>`;
let room: TestRoom | undefined;

afterEach(async () => {
  await room?.close();
  expect(room?.discord.rest.problems ?? []).toEqual([]);
  const log = JSON.stringify(room?.log ?? []);
  for (const secret of [TOKEN, "interaction-token", QUESTION]) expect(log).not.toContain(secret);
  room = undefined;
});

describe("the gateway", () => {
  it("breaks off in the middle of an answer: it is delivered, and what was asked meanwhile is answered", async () => {
    const { engine, release } = heldEngine();
    room = await openRoom(engine);
    const { discord } = room;
    const id = discord.slash("ask", { question: QUESTION });
    await until(() => engine.asked.length === 1);
    discord.gateway.drop();
    discord.say({ text: `${MENTION} asked in the dark` });
    release();
    await until(() => discord.answered(id));
    await until(() => discord.posted()[0]);
    expect(engine.asked[1]?.text).toBe("asked in the dark");
    expect(discord.gateway.log).toContain("resume");
    expect(room.log.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(["connection lost, reconnecting", "connection resumed"]),
    );
    expect(complaints(room)).toHaveLength(1);
  });

  it.each([1001, 4000, 4009])("closes with %i: the bot comes back", async (code) => {
    room = await openRoom();
    room.discord.gateway.drop(code);
    await stillAnswers(room);
    expect(complaints(room).map(({ msg }) => msg)).toEqual(["connection lost, reconnecting"]);
  });

  it("declares the session invalid: the bot logs in anew", async () => {
    room = await openRoom();
    const { discord } = room;
    discord.gateway.invalidate();
    await until(() => discord.gateway.log.filter((entry) => entry === "identify").length === 2);
    await stillAnswers(room);
    expect(complaints(room).map(({ msg }) => msg)).toEqual(["connection lost, reconnecting"]);
  });

  it("refuses to resume: the bot logs in anew", async () => {
    room = await openRoom();
    const { discord } = room;
    discord.gateway.resumable = false;
    discord.gateway.drop();
    await until(() => discord.gateway.log.filter((entry) => entry === "identify").length === 2);
    await stillAnswers(room);
  });

  it("no longer takes the token: the bot says so and gives up", async () => {
    room = await openRoom();
    room.discord.gateway.tokenAccepted = false;
    room.discord.gateway.drop();
    const reason = await room.bot.lost;
    expect(reason).toBeInstanceOf(UserError);
    expect(reason.message).toContain("DISCORD_TOKEN");
  });
});

describe("the health file", () => {
  it("says that the bot is ready, reconnecting and stopping, and is gone when it has stopped", async () => {
    const file = stateFile();
    room = await openRoom(fakeEngine(), { settings: { HEALTH_FILE: file } });
    const health = (): Record<string, unknown> =>
      JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const first = health();
    expect(first).toEqual({
      status: "ready",
      since: expect.stringMatching(/^20.*Z$/),
      at: expect.stringMatching(/^20.*Z$/),
      pid: process.pid,
      guilds: 1,
      lastAnswerAt: null,
      index: { builtAt: "2026-11-21T09:30:00.000Z", documents: 2, encoder: "fake-encoder" },
    });
    await stillAnswers(room);
    room.discord.gateway.drop();
    await until(() => health()["status"] === "reconnecting");
    expect(health()["lastAnswerAt"]).toMatch(/^20.*Z$/);
    await until(() => health()["status"] === "ready");
    await room.bot.stop();
    expect(existsSync(file)).toBe(false);
  });

  it("that can't be written is told once", async () => {
    room = await openRoom(fakeEngine(), { settings: { HEALTH_FILE: "/dev/null/health.json" } });
    room.discord.gateway.drop();
    await stillAnswers(room);
    expect(complaints(room).map(({ msg }) => msg)).toEqual([
      "the health file can't be written",
      "connection lost, reconnecting",
    ]);
  });
});

describe("stopping", () => {
  it("finishes the answers in flight and says goodbye to the gateway", async () => {
    const { engine, release } = heldEngine();
    room = await openRoom(engine);
    const { discord, bot } = room;
    const id = discord.slash("ask", { question: QUESTION });
    await until(() => engine.asked.length === 1);
    const stopped = bot.stop();
    const late = discord.slash("ask", { question: "too late?" });
    expect(readable(await until(() => discord.answered(late)))).toContain("about to restart");
    release();
    await stopped;
    expect(readable(discord.answered(id) ?? {})).toContain("62%");
    expect(discord.gateway.log).toContain("close 1000");
    expect(room.log.at(-1)).toMatchObject({ msg: "stopped", unanswered: 0 });
  });

  it("doesn't wait for an answer that never comes", async () => {
    room = await openRoom(heldEngine().engine);
    const { discord, engine, bot, log } = room;
    discord.slash("ask", { question: QUESTION });
    await until(() => engine.asked.length === 1);
    await bot.stop(50);
    expect(log.at(-1)).toMatchObject({ msg: "stopped", unanswered: 1 });
  });
});

describe("logging in", () => {
  const start = async (token: string, api: string): Promise<unknown> => {
    const config = readConfig({ DISCORD_TOKEN: token, DISCORD_API_URL: api, STATE_FILE: ":memory:" });
    const { pino } = await import("pino");
    return startBot({ config, engine: fakeEngine(), logger: pino({ enabled: false }) }).catch(
      (error: unknown) => error,
    );
  };

  it("with a wrong token names DISCORD_TOKEN and where to get a new one", async () => {
    const discord = await startFakeDiscord();
    expect(await start("wrong-token", discord.api)).toMatchInlineSnapshot(
      `[UserError: DISCORD_TOKEN is not a bot's token that Discord accepts. Make a new one at https://discord.com/developers/applications (your application, Bot, Reset Token) and put it into .env.]`,
    );
    discord.gateway.tokenAccepted = false;
    expect(await start(TOKEN, discord.api)).toBeInstanceOf(UserError);
    await discord.close();
  });

  it("without a Discord to reach says so", async () => {
    const discord = await startFakeDiscord();
    await discord.close();
    const error = await start(TOKEN, "http://127.0.0.1:9/api");
    expect(error).toMatchInlineSnapshot(
      `[UserError: Discord can't be reached at http://127.0.0.1:9/api (ECONNREFUSED). Check the network and DISCORD_API_URL.]`,
    );
    expect(error).toBeInstanceOf(UserError);
  });
});
