// Messages that speak to the bot: a mention in a channel or thread, a reply to one of its answers, a
// direct message, and their edits within a minute. Everybody else's talk, and all that bots and webhooks
// say, is left alone. Discord delivers the text of just these messages without the message-content intent.

import { cleanContent, MessageType } from "discord.js";
import type { Message } from "discord.js";
import { answerTo } from "./answering.ts";
import type { Room } from "./answering.ts";
import { conversationOf } from "./conversation-key.ts";
import { EDIT_MS } from "./recent.ts";
import type { Recent } from "./recent.ts";
import type { MessageBody } from "./render.ts";
import { isOpen, privateNotice } from "./where.ts";

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
export async function onMessage(message: Message, room: Room): Promise<void> {
  const recent = room.recent.begin(message.id, questionOf(message));
  await inTurn(recent, () => answer(message, recent, room));
}

/** Answers a question to the bot anew that was edited within a minute, in the same reply. */
export async function onEdit(message: Message, room: Room): Promise<void> {
  const recent = room.recent.get(message.id);
  if (recent === undefined) {
    // Somebody has put in the mention that was forgotten.
    if (Date.now() - message.createdTimestamp < EDIT_MS) await onMessage(message, room);
    return;
  }
  const text = questionOf(message);
  if (text === recent.text) return;
  recent.text = text;
  await inTurn(recent, () => answer(message, recent, room));
}

/** Replies, or edits the reply that was given. */
export async function reply(message: Message, body: Partial<MessageBody>, room: Room): Promise<void> {
  const recent = room.recent.get(message.id);
  const whole = { content: "", embeds: [], components: [], ...body };
  if (recent?.reply) {
    await recent.reply.edit(whole);
    return;
  }
  // Discord drops a second reply that a retry sends after the first did arrive.
  const sent = isOpen(message, room.state.channels)
    ? await message.reply({ ...body, nonce: message.id, enforceNonce: true })
    : await message.author.send(whole);
  if (recent !== undefined) recent.reply = sent;
}

async function answer(message: Message, { key, text }: Recent, room: Room): Promise<void> {
  const asked = { user: message.author.id, guild: message.guildId ?? "", text };
  room.asker.admit(asked);
  const open = isOpen(message, room.state.channels);
  const stopTyping = open ? keepTyping(message) : () => undefined;
  try {
    const conversation = conversationOf(message, message.author.id, !open);
    const notice = open ? {} : { notice: privateNotice(asked.guild, room.state.channels) };
    const how = { hidden: !open, showQuestion: !open, ...notice };
    await reply(message, await answerTo(room, { ...asked, key, conversation }, how), room);
  } finally {
    stopTyping();
  }
}

/** Does `work` when what was begun before for the same message is done. */
async function inTurn(recent: Recent, work: () => Promise<void>): Promise<void> {
  const before = recent.done;
  const running = before.then(work);
  recent.done = running.catch(() => undefined);
  await running;
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
