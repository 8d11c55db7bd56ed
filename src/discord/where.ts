// Where the bot answers openly: everywhere, or in the channels that a server has named and their threads.
// Elsewhere only whoever asks sees the answer, with a word that says why.

import type { Channels } from "./state/channels.ts";

export interface Place {
  readonly guildId: string | null;
  readonly channelId: string | null;
  readonly channel: { isThread(): boolean; readonly parentId?: string | null } | null;
}

/** Whether everybody in the channel may see the answer. */
export function isOpen({ guildId, channelId, channel }: Place, channels: Channels): boolean {
  const allowed = guildId === null ? [] : channels.list(guildId);
  if (allowed.length === 0) return true;
  return [channelId, channel?.isThread() === true ? channel.parentId : null].some(
    (id) => id != null && allowed.includes(id),
  );
}

/** `<#1>, <#2> and <#3>`; at most `most` of them. */
export function channelList(channels: readonly string[], most = 5): string {
  const names = channels.slice(0, most).map((id) => `<#${id}>`);
  if (channels.length > most) names.push(`${channels.length - most} more`);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join("");
}

/** Why only the asker sees an answer. */
export function privateNotice(guild: string, channels: Channels): string {
  return `Only you see this: where you asked I don't answer openly, but I do in ${channelList(channels.list(guild))}.`;
}
