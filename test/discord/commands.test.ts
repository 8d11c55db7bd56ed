// Making the commands known to Discord: only when it doesn't know them already.

import { afterEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { COMMANDS } from "../../src/discord/commands.ts";
import { diffCommands, isEmpty, pendingCommands } from "../../src/discord/register.ts";
import { openRegistry, registryError } from "../../src/discord/registry.ts";
import { commandProblems } from "../fakes/discord-limits.ts";
import { startFakeDiscord } from "../fakes/discord.ts";
import type { FakeDiscord } from "../fakes/discord.ts";
import { IDS, TOKEN } from "../fakes/discord-payloads.ts";
import { fakeEngine, openRoom } from "./room.ts";

let discord: FakeDiscord;
afterEach(async () => {
  await discord.close();
  expect(discord.rest.problems).toEqual([]);
});

const puts = (): string[] => discord.requests.flatMap(({ method, path }) => (method === "PUT" ? [path] : []));

/** Starts the bot and stops it; returns its log. */
async function visit(guild = ""): Promise<{ level: number; msg: string }[]> {
  const { bot, log } = await openRoom(fakeEngine(), { discord, guild });
  await bot.stop();
  return log;
}

describe("the commands", () => {
  it("are put at the first start and not at the second", async () => {
    discord = await startFakeDiscord();
    await visit();
    await visit();
    expect(puts()).toEqual([`/applications/${IDS.application}/commands`]);
  });

  it("are put again when Discord knows others", async () => {
    discord = await startFakeDiscord();
    await visit();
    discord.rest.commands.get("")?.pop();
    await visit();
    expect(puts()).toHaveLength(2);
  });

  it("are put in one server only when one is named", async () => {
    discord = await startFakeDiscord();
    await visit(IDS.guild);
    await visit(IDS.guild);
    expect(puts()).toEqual([`/applications/${IDS.application}/guilds/${IDS.guild}/commands`]);
  });

  it("that can't be put are complained of, and mentions are answered all the same", async () => {
    discord = await startFakeDiscord();
    discord.fail({ method: "PUT", path: /commands$/, status: 403, code: 50001 });
    const log = await visit(IDS.guild);
    expect(log.filter(({ level }) => level >= 40).map(({ msg }) => msg)).toEqual([
      "the commands couldn't be registered; is DISCORD_GUILD_ID right and the bot in that server?",
    ]);
    expect(log.at(-2)?.msg).toBe("ready");
  });

  it("are not compared with a wrong token or a wrong server, which is named", async () => {
    discord = await startFakeDiscord();
    const settings = { DISCORD_API_URL: discord.api, DISCORD_GUILD_ID: "200000000000000009" };
    const wrong = openRegistry(readConfig({ ...settings, DISCORD_TOKEN: "wrong" }));
    await expect(wrong).rejects.toThrow(/^DISCORD_TOKEN is not a bot's token/);
    const config = readConfig({ ...settings, DISCORD_TOKEN: TOKEN });
    discord.fail({ method: "GET", path: /commands$/, status: 403, code: 50001 });
    const refused = await pendingCommands(await openRegistry(config)).catch((error: unknown) => error);
    expect(registryError(refused, config)).toMatchInlineSnapshot(
      `[UserError: Discord refuses the commands: fault 50001 (50001). Is DISCORD_GUILD_ID right, and the bot in that server?]`,
    );
  });

  it("are within Discord's limits", async () => {
    discord = await startFakeDiscord();
    expect(commandProblems(COMMANDS as unknown as Record<string, unknown>[])).toEqual([]);
  });
});

describe("the difference between commands", () => {
  const ask = {
    name: "ask",
    description: "Ask",
    options: [{ name: "q", description: "Q", type: 3 as const }],
  };

  it("takes what Discord fills in and the order of commands for no difference", () => {
    const help = { name: "help", description: "Help" };
    const filled = {
      id: "1",
      type: 1,
      nsfw: false,
      default_member_permissions: null,
      contexts: null,
      version: "2",
    };
    const known = [
      { ...help, ...filled },
      { ...ask, ...filled, options: [{ ...ask.options[0]!, required: false }] },
    ];
    expect(isEmpty(diffCommands([ask, help], known))).toBe(true);
  });

  it.each([
    { ...ask, description: "Asks" },
    { ...ask, options: [{ ...ask.options[0]!, required: true }] },
    { ...ask, options: [...ask.options, { name: "r", description: "R", type: 3 }] },
    { ...ask, contexts: [0] },
  ])("sees a difference in %o", (known) => {
    expect(diffCommands([ask], [known])).toEqual({ added: [], changed: ["/ask"], removed: [] });
  });
});
