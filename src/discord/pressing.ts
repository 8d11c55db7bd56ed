// The buttons under an answer. What they need stands in the state under the answer's key, so that they
// work after a restart; whatever they show only whoever pressed sees. A quotation that the documents no
// longer hold is not shown.

import { MessageFlags } from "discord.js";
import type { ButtonInteraction } from "discord.js";
import { UserError } from "../errors.ts";
import type { Surroundings } from "../types.ts";
import { onGapsPage } from "./admin/gaps.ts";
import type { Room } from "./answering.ts";
import { readButton } from "./buttons.ts";
import { newKey } from "./key.ts";
import { renderContext, renderParagraph } from "./render-paragraph.ts";
import { renderMore, renderNotice } from "./render.ts";
import type { MessageBody } from "./render.ts";
import type { SavedAnswer, Vote } from "./state/answers.ts";

const FORGOTTEN = "I don't remember this answer any more. Please ask the question again.";
const CHANGED =
  "The documents have been indexed anew since, and this passage isn't there as it was. Please ask the question again.";

/** Does what a button says. Throws `UserError` when it can't be done any more. */
export async function onButton(interaction: ButtonInteraction, room: Room): Promise<void> {
  room.asker.admitPress(interaction.user.id);
  const button = readButton(interaction.customId);
  if (button === null) throw new UserError(FORGOTTEN);
  const { action, argument } = button;
  if (action === "newer" || action === "older") return onGapsPage(interaction, argument, room);
  const saved = room.state.answers.get(argument);
  if (saved === null) throw new UserError(FORGOTTEN);
  if (action === "right" || action === "wrong") return vote(interaction, action, saved, room);
  // Asking again is the engine's work as a question is.
  if (action === "more") room.asker.admit({ user: interaction.user.id, guild: saved.guild, text: "more" });
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const show = { more, context, whole }[action];
  await interaction.editReply(await show(saved, interaction, room));
}

async function more(saved: SavedAnswer, { user }: ButtonInteraction, { asker }: Room): Promise<MessageBody> {
  const { guild, understood: text, filter, shown } = saved;
  const answer = await asker.ask({ user: user.id, guild, text, filter, key: newKey(), conversation: null });
  return renderMore(answer, shown);
}

async function context(saved: SavedAnswer, _: ButtonInteraction, room: Room): Promise<MessageBody> {
  return renderContext(await standingAround(saved, room), textsOf(saved));
}

async function whole(saved: SavedAnswer, _: ButtonInteraction, room: Room): Promise<MessageBody> {
  return renderParagraph((await standingAround(saved, room)).itself, textsOf(saved));
}

const textsOf = ({ quoted }: SavedAnswer): string[] => quoted.map(({ text }) => text);

/** The paragraph that was quoted, if it still stands as it was quoted. */
async function standingAround({ quoted }: SavedAnswer, { engine }: Room): Promise<Surroundings> {
  const [first] = quoted;
  const around = first === undefined ? null : await engine.around(first.passage);
  const stands = around?.itself.some(
    ({ document, text }) => document === first?.document && text.includes(first.text),
  );
  if (around === null || stands !== true) throw new UserError(CHANGED);
  return around;
}

async function vote(
  interaction: ButtonInteraction,
  given: Vote,
  saved: SavedAnswer,
  room: Room,
): Promise<void> {
  const done = room.state.answers.vote(saved.key, interaction.user.id, given);
  if (done === "gone") throw new UserError(FORGOTTEN);
  room.logger.info({ vote: given, done }, "vote");
  const noted = {
    first: `Thanks! Noted as ${given}.`,
    changed: `Thanks! Changed: noted as ${given} now.`,
    same: `You have said so before: it is noted as ${given}.`,
  }[done];
  const seen = saved.hidden
    ? " Whoever looks after the documents sees this question now, without your name."
    : "";
  await interaction.reply({ ...renderNotice(noted + seen), flags: MessageFlags.Ephemeral });
}
