// Slash commands, autocomplete and the message menu: acknowledged at once, since Discord waits three
// seconds only, then answered by an edit. Asking itself is in asking.ts, looks are in render.ts, buttons
// in pressing.ts, failures are caught by bot.ts.

import { MessageFlags } from "discord.js";
import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
} from "discord.js";
import { UserError } from "../errors.ts";
import type { Filter } from "../types.ts";
import { onAdmin } from "./admin/admin.ts";
import { answerTo } from "./answering.ts";
import type { Room } from "./answering.ts";
import { ANSWER_THIS } from "./commands.ts";
import { conversationOf } from "./conversation-key.ts";
import { findDocument, suggestDocuments, suggestParagraphs } from "./documents.ts";
import { newKey } from "./key.ts";
import { questionOf } from "./messages.ts";
import { aboutPage, helpPage, sourcesPage } from "./pages.ts";
import { onButton } from "./pressing.ts";
import { renderParagraph } from "./render-paragraph.ts";
import { isOpen, privateNotice } from "./where.ts";

/** Does what an interaction asks for. Throws `UserError` on what can't be done for the user. */
export async function onInteraction(interaction: Interaction, room: Room): Promise<void> {
  if (interaction.isAutocomplete()) return suggest(interaction, room);
  if (interaction.isButton()) return onButton(interaction, room);
  if (interaction.isMessageContextMenuCommand() && interaction.commandName === ANSWER_THIS) {
    return answerMessage(interaction, room);
  }
  if (!interaction.isChatInputCommand()) return;
  if (interaction.commandName === "ask") return ask(interaction, room);
  if (interaction.commandName === "passage") return showPassage(interaction, room);
  if (interaction.commandName === "admin") return onAdmin(interaction, room);
  const page = {
    sources: () => sourcesPage(room.engine),
    about: () => aboutPage(room.engine, room.version, room.state.answers.tally(interaction.guildId ?? "")),
    help: helpPage,
  }[interaction.commandName];
  if (page !== undefined) await interaction.reply({ embeds: [page()], flags: MessageFlags.Ephemeral });
}

async function suggest(interaction: AutocompleteInteraction, { engine }: Room): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  if (name !== "number") return interaction.respond(suggestDocuments(engine.documents, value));
  const chosen = interaction.options.getString("document") ?? "";
  const starts = await engine.paragraphs(findDocument(engine.documents, chosen).id);
  await interaction.respond(suggestParagraphs(starts, value));
}

async function ask(interaction: ChatInputCommandInteraction, room: Room): Promise<void> {
  const text = interaction.options.getString("question", true).trim();
  const document = interaction.options.getString("document");
  const since = interaction.options.getString("since")?.trim();
  const until = interaction.options.getString("until")?.trim();
  const filter: Filter = {
    ...(document === null ? {} : { document: findDocument(room.engine.documents, document).id }),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  };
  await answer(interaction, room, text, filter);
}

async function answerMessage(interaction: MessageContextMenuCommandInteraction, room: Room): Promise<void> {
  await answer(interaction, room, questionOf(interaction.targetMessage), {});
}

async function answer(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  room: Room,
  text: string,
  filter: Filter,
): Promise<void> {
  const asked = { user: interaction.user.id, guild: interaction.guildId ?? "", text };
  room.asker.admit(asked);
  const { hidden, notice } = await acknowledge(interaction, room);
  const conversation = conversationOf(interaction, asked.user, hidden);
  const body = await answerTo(
    room,
    { ...asked, key: newKey(), filter, conversation },
    { hidden, showQuestion: true, ...(notice !== undefined && { notice }) },
  );
  await interaction.editReply(body);
}

async function showPassage(interaction: ChatInputCommandInteraction, room: Room): Promise<void> {
  const document = findDocument(room.engine.documents, interaction.options.getString("document", true));
  const number = interaction.options.getString("number", true).replace(/^[¶\s]+/, "");
  room.asker.admitPress(interaction.user.id);
  const { notice } = await acknowledge(interaction, room);
  const quotes = await room.engine.find(document.id, number);
  if (quotes.length === 0) {
    throw new UserError(
      `"${document.title}" has no paragraph "${number}". Pick one from the list that appears while you type.`,
    );
  }
  await interaction.editReply({
    ...renderParagraph(quotes),
    ...(notice !== undefined && { content: notice }),
  });
}

/** Defers: openly where the bot may answer so and nobody asked otherwise, else for the asker's eyes only. */
async function acknowledge(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  { state }: Room,
): Promise<{ hidden: boolean; notice?: string }> {
  const asked = interaction.isChatInputCommand() ? interaction.options.getBoolean("private") : null;
  const open = isOpen(interaction, state.channels);
  const hidden = asked === true || !open;
  await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {});
  return { hidden, ...(!open && { notice: privateNotice(interaction.guildId ?? "", state.channels) }) };
}
