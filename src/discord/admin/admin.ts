// /admin: for people with Manage Server. Discord hides it from others, but a server can change that, so
// that the permission is checked here again. Each subcommand has its file.

import { MessageFlags, PermissionFlagsBits } from "discord.js";
import type { ButtonInteraction, ChatInputCommandInteraction } from "discord.js";
import { UserError } from "../../errors.ts";
import type { Room } from "../answering.ts";
import { renderNotice } from "../render.ts";
import { onChannels } from "./channels.ts";
import { onFeedback } from "./feedback.ts";
import { onGaps } from "./gaps.ts";

/** Does an administrator's command. Throws `UserError` for everybody else. */
export async function onAdmin(interaction: ChatInputCommandInteraction, room: Room): Promise<void> {
  checkAdmin(interaction);
  const subcommand = interaction.options.getSubcommand();
  room.logger.info({ subcommand }, "admin");
  if (subcommand === "reindex") return room.reindexer.run(interaction);
  if (subcommand === "gaps") return onGaps(interaction, room);
  if (subcommand === "feedback") return onFeedback(interaction, room);
  if (subcommand === "channels") return onChannels(interaction, room);
  if (subcommand === "forget") return onForget(interaction, room);
}

/** The server's id. Throws `UserError` for people without Manage Server, and outside of servers. */
export function checkAdmin(interaction: ChatInputCommandInteraction | ButtonInteraction): string {
  const { guildId, memberPermissions } = interaction;
  if (guildId === null) throw new UserError("This works in a server only.");
  if (memberPermissions?.has(PermissionFlagsBits.ManageGuild) !== true) {
    throw new UserError("This is for people who may manage this server (the permission Manage Server).");
  }
  return guildId;
}

/**
 * The servers whose questions an administrator of `guild` sees: this one, and direct messages where the
 * bot is in no other server.
 */
export function guildsSeen(
  guild: string,
  { client }: ChatInputCommandInteraction | ButtonInteraction,
): string[] {
  return client.guilds.cache.size === 1 ? [guild, ""] : [guild];
}

async function onForget(interaction: ChatInputCommandInteraction, { state }: Room): Promise<void> {
  const guild = checkAdmin(interaction);
  const user = interaction.options.getUser("user");
  const everything = interaction.options.getBoolean("everything") === true;
  if (user === null && !everything) {
    throw new UserError("Say whom to forget: /admin forget user, or everything:True for the whole server.");
  }
  const entries = everything ? state.forgetGuild(guild) : state.forgetUser(guild, user!.id);
  const what = everything ? "of this server" : "of that person";
  const said =
    entries === 0
      ? `There was nothing to forget ${what}.`
      : `Forgotten: the questions, answers, conversations and votes ${what}. Messages in the channels stay; delete those in Discord.`;
  await interaction.reply({ ...renderNotice(said), flags: MessageFlags.Ephemeral });
}
