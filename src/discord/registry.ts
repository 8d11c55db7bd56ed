// The settings -> where commands are registered, without logging in to the gateway.

import { DiscordAPIError, REST, Routes } from "discord.js";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import { loginError } from "./login-error.ts";
import type { Registry } from "./register.ts";

/** Asks Discord whose token it is. Throws `UserError` when it is nobody's or Discord can't be reached. */
export async function openRegistry(config: Config): Promise<Registry> {
  const rest = new REST({ api: config.discordApiUrl, version: "10" }).setToken(config.discordToken);
  try {
    const { id } = (await rest.get(Routes.currentApplication())) as { id: string };
    return { rest, application: id, guild: config.discordGuildId };
  } catch (error) {
    throw loginError(error, config.discordApiUrl);
  }
}

/** Why the commands couldn't be compared or registered, in words for people where there are some. */
export function registryError(error: unknown, { discordApiUrl, discordGuildId }: Config): Error {
  if (!(error instanceof DiscordAPIError)) return loginError(error, discordApiUrl);
  const remedy = discordGuildId === "" ? "" : " Is DISCORD_GUILD_ID right, and the bot in that server?";
  return new UserError(`Discord refuses the commands: ${error.message} (${error.code}).${remedy}`);
}
