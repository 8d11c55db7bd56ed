// The commands as Discord is told of them. Telling it is left to register.ts, what they do to
// interactions.ts and admin/.

import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from "discord.js";
import type { APIApplicationCommandChannelOption, RESTPutAPIApplicationCommandsJSONBody } from "discord.js";
import { MAX_QUESTION } from "./limits.ts";

export type Commands = RESTPutAPIApplicationCommandsJSONBody;

export const ANSWER_THIS = "Answer this message";

const PRIVATE = {
  name: "private",
  description: "Show the answer to you only",
  type: ApplicationCommandOptionType.Boolean,
} as const;
const DOCUMENT = { name: "document", type: ApplicationCommandOptionType.String, autocomplete: true } as const;
const CHANNEL: Pick<APIApplicationCommandChannelOption, "type" | "channel_types"> = {
  type: ApplicationCommandOptionType.Channel,
  channel_types: [
    ChannelType.GuildText,
    ChannelType.GuildAnnouncement,
    ChannelType.GuildForum,
    ChannelType.GuildVoice,
  ],
};
const SUBCOMMAND = { type: ApplicationCommandOptionType.Subcommand } as const;
const DATE = { type: ApplicationCommandOptionType.String, min_length: 4, max_length: 10 } as const;

/** Every command, without the places where it may be used. */
export const COMMANDS: Commands = [
  {
    name: "ask",
    description: "Ask the documents: the answer is a quotation, with its source",
    options: [
      {
        name: "question",
        description: "For example: what was the NEET rate for care leavers?",
        type: ApplicationCommandOptionType.String,
        required: true,
        min_length: 1,
        max_length: MAX_QUESTION,
      },
      { ...DOCUMENT, description: "Quote this document only" },
      { ...DATE, name: "since", description: "Published in or after: 2014, 2014-08 or 2014-08-08" },
      { ...DATE, name: "until", description: "Published in or before: 2014, 2014-08 or 2014-08-08" },
      PRIVATE,
    ],
  },
  {
    name: "passage",
    description: "Show a paragraph of a document as it stands there",
    options: [
      { ...DOCUMENT, description: "The document", required: true },
      {
        name: "number",
        description: "The paragraph's number, or words of its beginning",
        type: ApplicationCommandOptionType.String,
        required: true,
        autocomplete: true,
        min_length: 1,
        max_length: 100,
      },
      PRIVATE,
    ],
  },
  { name: "sources", description: "The documents that can be quoted" },
  { name: "about", description: "What answers here, and since when" },
  { name: "help", description: "How to ask" },
  {
    name: "admin",
    description: "Look after the documents and the bot",
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      {
        ...SUBCOMMAND,
        name: "reindex",
        description: "Read the documents anew; the old index answers meanwhile",
      },
      {
        ...SUBCOMMAND,
        name: "gaps",
        description: "Questions without an answer, or with one said to be wrong",
      },
      {
        ...SUBCOMMAND,
        name: "feedback",
        description: "What was said to be right or wrong, as a question set",
      },
      {
        ...SUBCOMMAND,
        name: "channels",
        description: "Where I answer openly; without an option, says where that is",
        options: [
          {
            ...CHANNEL,
            name: "allow",
            description: "Answer openly in this channel, and in others so named only",
          },
          { ...CHANNEL, name: "remove", description: "No longer answer openly in this channel" },
          {
            name: "everywhere",
            description: "Answer openly in every channel again",
            type: ApplicationCommandOptionType.Boolean,
          },
        ],
      },
      {
        ...SUBCOMMAND,
        name: "forget",
        description: "Delete what I keep of questions, answers and votes",
        options: [
          { name: "user", description: "Of this person", type: ApplicationCommandOptionType.User },
          {
            name: "everything",
            description: "Of everybody in this server",
            type: ApplicationCommandOptionType.Boolean,
          },
        ],
      },
    ],
  },
  { name: ANSWER_THIS, type: ApplicationCommandType.Message },
];

/** The commands for everywhere: in servers, and all but /admin in direct messages with the bot. */
export const GLOBAL_COMMANDS: Commands = COMMANDS.map((command) => ({
  ...command,
  contexts:
    command.name === "admin"
      ? [InteractionContextType.Guild]
      : [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
}));
