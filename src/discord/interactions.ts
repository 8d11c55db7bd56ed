// Slash commands, autocomplete, the message menu and buttons: acknowledged at once, since Discord waits
// three seconds only, then answered by an edit. Asking itself is in asking.ts, looks are in render.ts,
// failures are caught by bot.ts.

import { MessageFlags } from "discord.js";
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
} from "discord.js";
import type { Filter } from "../types.ts";
import type { Room } from "./asking.ts";
import { ANSWER_THIS } from "./commands.ts";
import { conversationOf } from "./conversation-key.ts";
import { findDocument, suggestDocuments } from "./documents.ts";
import { questionOf } from "./messages.ts";
import { readMoreId } from "./more-id.ts";
import { aboutPage, helpPage, sourcesPage } from "./pages.ts";
import { renderAnswer, renderMore } from "./render.ts";

/** Does what an interaction asks for. Throws `UserError` on what can't be done for the user. */
export async function onInteraction(interaction: Interaction, room: Room): Promise<void> {
  if (interaction.isAutocomplete()) return suggest(interaction, room);
  if (interaction.isButton()) return more(interaction, room);
  if (interaction.isMessageContextMenuCommand() && interaction.commandName === ANSWER_THIS) {
    return answerMessage(interaction, room);
  }
  if (!interaction.isChatInputCommand()) return;
  if (interaction.commandName === "ask") return ask(interaction, room);
  const page = {
    sources: () => sourcesPage(room.engine),
    about: () => aboutPage(room.engine, room.version),
    help: helpPage,
  }[interaction.commandName];
  if (page !== undefined) await interaction.reply({ embeds: [page()], flags: MessageFlags.Ephemeral });
}

async function suggest(interaction: AutocompleteInteraction, { engine }: Room): Promise<void> {
  await interaction.respond(suggestDocuments(engine.documents, interaction.options.getFocused()));
}

async function ask(interaction: ChatInputCommandInteraction, room: Room): Promise<void> {
  const text = interaction.options.getString("question", true).trim();
  const document = interaction.options.getString("document");
  const since = interaction.options.getString("since")?.trim();
  const until = interaction.options.getString("until")?.trim();
  const hidden = interaction.options.getBoolean("private") ?? false;
  const filter: Filter = {
    ...(document === null ? {} : { document: findDocument(room.engine.documents, document).id }),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  };
  await answer(interaction, room, { text, filter, hidden });
}

async function answerMessage(interaction: MessageContextMenuCommandInteraction, room: Room): Promise<void> {
  const text = questionOf(interaction.targetMessage);
  await answer(interaction, room, { text, filter: {}, hidden: false });
}

async function answer(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  { asker }: Room,
  { text, filter, hidden }: { text: string; filter: Filter; hidden: boolean },
): Promise<void> {
  asker.admit(interaction.user.id, text);
  await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {});
  const found = await asker.ask({
    user: interaction.user.id,
    text,
    filter,
    conversation: conversationOf(interaction, hidden),
  });
  await interaction.editReply(renderAnswer(found, { showQuestion: true, filter }));
}

async function more(interaction: ButtonInteraction, { asker }: Room): Promise<void> {
  const again = readMoreId(interaction.customId);
  if (again === null) return;
  asker.admit(interaction.user.id, again.question);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const found = await asker.ask({
    user: interaction.user.id,
    text: again.question,
    filter: again.filter,
    conversation: null,
  });
  await interaction.editReply(renderMore(found));
}
