// Telling Discord of the commands: only when they differ from what it knows, since creating commands is
// rationed. What they are stands in commands.ts.

import { ApplicationCommandType, ApplicationIntegrationType, Routes } from "discord.js";
import type { REST } from "discord.js";
import { COMMANDS, GLOBAL_COMMANDS } from "./commands.ts";
import type { Commands } from "./commands.ts";

/** Names of commands, by what would be done to them. */
export interface CommandsDiff {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Where commands are registered: in one server where `guild` is given, else everywhere. */
export interface Registry {
  readonly rest: Pick<REST, "get" | "put">;
  readonly application: string;
  readonly guild: string;
}

/** What registering would change. */
export async function pendingCommands(registry: Registry): Promise<CommandsDiff> {
  const known = (await registry.rest.get(routeOf(registry))) as readonly KnownCommand[];
  return diffCommands(wantedIn(registry), known);
}

/** Makes Discord know the commands, if it doesn't. Returns what was changed. */
export async function registerCommands(registry: Registry): Promise<CommandsDiff> {
  const diff = await pendingCommands(registry);
  if (!isEmpty(diff)) await registry.rest.put(routeOf(registry), { body: wantedIn(registry) });
  return diff;
}

/** Whether Discord knows the commands as they are. */
export const isEmpty = ({ added, changed, removed }: CommandsDiff): boolean =>
  added.length + changed.length + removed.length === 0;

const wantedIn = ({ guild }: Registry): Commands => (guild === "" ? GLOBAL_COMMANDS : COMMANDS);

const routeOf = ({ application, guild }: Registry): `/${string}` =>
  guild === ""
    ? Routes.applicationCommands(application)
    : Routes.applicationGuildCommands(application, guild);

/** How two lists of commands differ, whatever Discord has filled in or left out. */
export function diffCommands(wanted: Commands, known: readonly KnownCommand[]): CommandsDiff {
  const keyed = (commands: readonly KnownCommand[]): Map<string, string> =>
    new Map(commands.map((command) => [keyOf(command), JSON.stringify(commandParts(command))]));
  const [ours, theirs] = [keyed(wanted), keyed(known)];
  return {
    added: [...ours.keys()].filter((key) => !theirs.has(key)),
    changed: [...ours].flatMap(([key, parts]) => (theirs.has(key) && theirs.get(key) !== parts ? [key] : [])),
    removed: [...theirs.keys()].filter((key) => !ours.has(key)),
  };
}

/** `/ask`, and `Answer this message` for a menu's command. */
const keyOf = ({ name, type }: KnownCommand): string =>
  (type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput ? `/${name}` : name;

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
  readonly channel_types?: readonly number[] | undefined;
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
  option.channel_types?.toSorted() ?? [],
  (option.choices ?? []).map(({ name, value }) => [name, value]),
  (option.options ?? []).map(optionParts),
];
