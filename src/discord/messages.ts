// Messages that speak to the bot: a mention in a channel or thread, a reply to one of its answers, a
// direct message. Everybody else's talk, and all that bots and webhooks say, is left alone. Discord
// delivers the text of just these messages without the message-content intent.

import { cleanContent, MessageType } from "discord.js";
import type { Message, MessageReplyOptions } from "discord.js";
import type { Room } from "./asking.ts";
import { conversationOf } from "./conversation-key.ts";
import { renderAnswer } from "./render.ts";

/** Discord shows "is typing" for ten seconds. */
const TYPING_MS = 8000;

/** Whether the message is a person's, to the bot. */
export function isForBot(message: Message): boolean {
  if (message.author.bot || message.webhookId !== null) return false;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return false;
  return message.channel.isDMBased() || message.mentions.users.has(message.client.user.id);
}

/** The message's text on one line, without the mention of the bot, other mentions as names. */
export function questionOf(message: Message): string {
  const text = message.content.replaceAll(new RegExp(`<@!?${message.client.user.id}>`, "g"), " ");
  // The channel of a message from the menu may be one that the bot doesn't know.
  const channel = message.channel as Message["channel"] | null;
  return (channel === null ? text : cleanContent(text, channel)).replace(/\s+/g, " ").trim();
}

/** Answers with a reply. Throws `UserError` on what can't be answered. */
export async function onMessage(message: Message, { asker }: Room): Promise<void> {
  const text = questionOf(message);
  asker.admit(message.author.id, text);
  const stopTyping = keepTyping(message);
  try {
    const answer = await asker.ask({
      user: message.author.id,
      text,
      conversation: conversationOf({
        channelId: message.channelId,
        channel: message.channel,
        user: message.author,
      }),
    });
    await reply(message, renderAnswer(answer, { showQuestion: false }));
  } finally {
    stopTyping();
  }
}

/** Replies once: Discord drops a second reply that a retry sends after the first did arrive. */
export async function reply(message: Message, body: MessageReplyOptions): Promise<void> {
  await message.reply({ ...body, nonce: message.id, enforceNonce: true });
}

/** Shows "is typing" until stopped. Where that isn't allowed, the reply will tell. */
function keepTyping(message: Message): () => void {
  const type = (): void => {
    if (message.channel.isSendable()) message.channel.sendTyping().catch(() => undefined);
  };
  type();
  const timer = setInterval(type, TYPING_MS);
  return () => clearInterval(timer);
}
