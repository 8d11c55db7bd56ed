// Which conversation a question belongs to: a thread's people share one, in a channel everybody has
// their own, and what is asked in private stays there.

import type { Place } from "./where.ts";

/** The conversation's key: the thread's, or the user's in that channel. */
export function conversationOf(place: Omit<Place, "guildId">, user: string, hidden = false): string {
  const channel = place.channelId ?? "none";
  if (hidden) return `private:${channel}:${user}`;
  return place.channel?.isThread() === true ? `thread:${channel}` : `channel:${channel}:${user}`;
}
