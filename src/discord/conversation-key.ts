// Which conversation a question belongs to: a thread's people share one, in a channel everybody has
// their own, and what is asked in private stays there.

interface Place {
  readonly channelId: string | null;
  readonly channel: { isThread(): boolean } | null;
}

/** The conversation's key: the thread's, or the user's in that channel. */
export function conversationOf(
  place: Place & { readonly user: { readonly id: string } },
  hidden = false,
): string {
  const channel = place.channelId ?? "none";
  if (hidden) return `private:${channel}:${place.user.id}`;
  return place.channel?.isThread() === true ? `thread:${channel}` : `channel:${channel}:${place.user.id}`;
}
