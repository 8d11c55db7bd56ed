// /admin channels: where in a server the bot may answer openly. Without an option it says where that is.

import { MessageFlags } from "discord.js";
import type { ChatInputCommandInteraction } from "discord.js";
import { UserError } from "../../errors.ts";
import type { Room } from "../answering.ts";
import { MOST_CHANNELS } from "../state/channels.ts";
import { channelList } from "../where.ts";
import { checkAdmin } from "./admin.ts";

/** Changes the list as asked, and says what it is now. */
export async function onChannels(interaction: ChatInputCommandInteraction, { state }: Room): Promise<void> {
  const guild = checkAdmin(interaction);
  const { channels } = state;
  const [allow, remove] = [interaction.options.getChannel("allow"), interaction.options.getChannel("remove")];
  if (interaction.options.getBoolean("everywhere") === true) channels.clear(guild);
  if (remove !== null) channels.remove(guild, remove.id);
  if (allow !== null) {
    if (channels.list(guild).length >= MOST_CHANNELS) {
      throw new UserError(
        `${MOST_CHANNELS} channels are the limit. Remove one first, or allow all with everywhere:True.`,
      );
    }
    channels.allow(guild, allow.id);
  }
  const list = channels.list(guild);
  const content =
    list.length === 0
      ? "I answer openly in every channel that I can see."
      : `I answer openly in ${channelList(list, MOST_CHANNELS)}, and in their threads. Elsewhere only whoever asks sees the answer.`;
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}
