// The commands as Discord is told of them, and telling it: only when they differ from what it knows,
// since creating commands is rationed. What they do is left to interactions.ts.

import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Routes,
} from "discord.js";
import type { REST, RESTPutAPIApplicationCommandsJSONBody } from "discord.js";
import { MAX_QUESTION } from "./limits.ts";

type Commands = RESTPutAPIApplicationCommandsJSONBody;

export const ANSWER_THIS = "Answer this message";

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
      {
        name: "document",
        description: "Quote this document only",
        type: ApplicationCommandOptionType.String,
        autocomplete: true,
      },
      { ...DATE, name: "since", description: "Published in or after: 2014, 2014-08 or 2014-08-08" },
      { ...DATE, name: "until", description: "Published in or before: 2014, 2014-08 or 2014-08-08" },
      {
        name: "private",
        description: "Show the answer to you only",
        type: ApplicationCommandOptionType.Boolean,
      },
    ],
  },
  { name: "sources", description: "The documents that can be quoted" },
  { name: "about", description: "What answers here, and since when" },
  { name: "help", description: "How to ask" },
  { name: ANSWER_THIS, type: ApplicationCommandType.Message },
];

/** The commands for everywhere: in servers and in direct messages with the bot. */
const GLOBAL_COMMANDS: Commands = COMMANDS.map((command) => ({
  ...command,
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
}));

/**
 * Makes Discord know the commands, in one server where `guild` is given, else everywhere. Returns
 * whether anything had to be changed.
 */
export async function registerCommands(rest: REST, application: string, guild: string): Promise<boolean> {
  const route =
    guild === ""
      ? Routes.applicationCommands(application)
      : Routes.applicationGuildCommands(application, guild);
  const wanted = guild === "" ? GLOBAL_COMMANDS : COMMANDS;
  const known = (await rest.get(route)) as readonly KnownCommand[];
  if (sameCommands(wanted, known)) return false;
  await rest.put(route, { body: wanted });
  return true;
}

/** Whether two lists of commands mean the same, whatever Discord has filled in or left out. */
export function sameCommands(wanted: Commands, known: readonly KnownCommand[]): boolean {
  const normalised = (commands: readonly KnownCommand[]): string =>
    JSON.stringify(commands.map((command) => JSON.stringify(commandParts(command))).toSorted());
  return normalised(wanted) === normalised(known);
}

/** What Discord answers with, as far as it is compared. */
interface KnownCommand {
  readonly type?: number | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly options?: readonly KnownOption[] | undefined;
  readonly contexts?: readonly number[] | null | undefined;
  readonly integration_types?: readonly number[] | null | undefined;
  readonly default_member_permissions?: unknown;
  readonly nsfw?: boolean | undefined;
}

interface KnownOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean | undefined;
  readonly autocomplete?: boolean | undefined;
  readonly min_length?: number | undefined;
  readonly max_length?: number | undefined;
  readonly choices?: readonly { readonly name: string | undefined; readonly value: unknown }[];
  readonly options?: readonly KnownOption[] | undefined;
}

const commandParts = (command: KnownCommand): unknown[] => [
  command.type ?? ApplicationCommandType.ChatInput,
  command.name,
  command.description ?? "",
  (command.options ?? []).map(optionParts),
  command.contexts?.toSorted() ?? null,
  (command.integration_types ?? [ApplicationIntegrationType.GuildInstall]).toSorted(),
  command.default_member_permissions ?? null,
  command.nsfw ?? false,
];

const optionParts = (option: KnownOption): unknown[] => [
  option.type,
  option.name,
  option.description,
  option.required ?? false,
  option.autocomplete ?? false,
  option.min_length ?? null,
  option.max_length ?? null,
  (option.choices ?? []).map(({ name, value }) => [name, value]),
  (option.options ?? []).map(optionParts),
];
