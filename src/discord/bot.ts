// The bot's life: connects to Discord, makes the commands known, hands every event to its handler, and
// ends without leaving a question unanswered.

import { Client, Events, GatewayIntentBits, OAuth2Scopes, Partials, PermissionFlagsBits } from "discord.js";
import type { ClientOptions } from "discord.js";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { Engine } from "../types.ts";
import { createReindexer } from "./admin/reindex.ts";
import type { Reindex } from "./admin/reindex.ts";
import type { Room } from "./answering.ts";
import { createAsker } from "./asking.ts";
import type { AskingLimits } from "./asking.ts";
import { describeError } from "./failures.ts";
import { createHandler } from "./handling.ts";
import { openHealthFile } from "./health.ts";
import { onInteraction } from "./interactions.ts";
import { loginError } from "./login-error.ts";
import { isForBot, onEdit, onMessage } from "./messages.ts";
import { recentQuestions } from "./recent.ts";
import { isEmpty, registerCommands } from "./register.ts";
import { openState } from "./state/state.ts";

export interface BotOptions {
  readonly config: Config;
  readonly engine: Engine;
  readonly logger: Logger;
  readonly version?: string;
  readonly clientOptions?: Partial<ClientOptions>;
  readonly limits?: Partial<AskingLimits>;
  /** What /admin reindex does; without it, it says that it isn't available. */
  readonly reindex?: Reindex;
}

export interface Bot {
  readonly client: Client<true>;
  /** Resolves with the reason when Discord has ended the connection for good. */
  readonly lost: Promise<Error>;
  /** Lets answers in flight finish (for at most `ms` milliseconds), then leaves Discord. */
  stop(ms?: number): Promise<void>;
}

/** What the bot needs in a channel: no more. Reading the history is needed to reply. */
const PERMISSIONS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.SendMessagesInThreads,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.ReadMessageHistory,
];

/**
 * Logs in and answers from then on; resolves when Discord is ready and knows the commands. Throws
 * `UserError` when the token is wrong or Discord can't be reached.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { config, engine, logger } = options;
  const state = openState({ file: config.stateFile, days: config.retentionDays, logger });
  const asker = createAsker({
    engine,
    conversations: state.conversations,
    logger,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const room: Room = {
    engine,
    asker,
    state,
    recent: recentQuestions(),
    reindexer: createReindexer(options.reindex, logger),
    logger,
    version: options.version ?? "",
  };
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    // A direct message's channel isn't known before its first message.
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    ...options.clientOptions,
    rest: { api: config.discordApiUrl, version: "10", ...options.clientOptions?.rest },
  });

  const { handle, drain } = createHandler(room, config.discordToken);
  client.on(Events.InteractionCreate, (asked) => handle(asked, () => onInteraction(asked, room)));
  client.on(Events.MessageCreate, (asked) => {
    if (isForBot(asked)) handle(asked, () => onMessage(asked, room));
  });
  client.on(Events.MessageUpdate, (_, asked) => {
    // Not every update is an edit: Discord sends one for a link's preview too.
    if (asked.editedTimestamp !== null && isForBot(asked)) handle(asked, () => onEdit(asked, room));
  });

  const lost = new Promise<Error>((resolve) => {
    client.on(Events.ShardDisconnect, ({ code }) => {
      logger.error({ code }, "Discord ended the connection");
      resolve(loginError(new Error(`the connection was closed with code ${code}`), config.discordApiUrl));
    });
  });
  const report = (error: Error): void =>
    logger.error(describeError(error, [config.discordToken]), "connection");
  client.on(Events.Error, report);
  client.on(Events.ShardError, report);

  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  try {
    await client.login(config.discordToken);
  } catch (error) {
    state.close();
    throw loginError(error, config.discordApiUrl);
  }
  await ready;
  let leaving = false;
  const health = openHealthFile(
    config.healthFile,
    () => ({
      guilds: client.guilds.cache.size,
      lastAnswerAt: asker.lastAnswerAt,
      index: { builtAt: engine.builtAt, documents: engine.documents.length, encoder: engine.encoder },
    }),
    logger,
  );
  client.on(Events.ShardReconnecting, () => {
    if (leaving) return;
    logger.warn("connection lost, reconnecting");
    health.set("reconnecting");
  });
  client.on(Events.ShardResume, () => logger.info("connection resumed"));
  for (const event of [Events.ShardResume, Events.ShardReady] as const)
    client.on(event, () => health.set("ready"));
  await makeCommandsKnown(client as Client<true>, config, logger);
  const invite = client.generateInvite({
    scopes: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands],
    permissions: PERMISSIONS,
  });
  logger.info({ guilds: client.guilds.cache.size, documents: engine.documents.length, invite }, "ready");

  return {
    client: client as Client<true>,
    lost,
    async stop(ms = 8000) {
      leaving = true;
      health.set("stopping");
      const unanswered = await drain(ms);
      await client.destroy();
      state.close();
      health.close();
      logger.info({ unanswered }, "stopped");
    },
  };
}

/** A bot whose commands can't be registered still answers mentions: said loudly, survived. */
async function makeCommandsKnown(client: Client<true>, config: Config, logger: Logger): Promise<void> {
  try {
    const diff = await registerCommands({
      rest: client.rest,
      application: client.application.id,
      guild: config.discordGuildId,
    });
    logger.info(isEmpty(diff) ? {} : diff, isEmpty(diff) ? "commands unchanged" : "commands registered");
  } catch (error) {
    const remedy =
      config.discordGuildId === "" ? "" : "; is DISCORD_GUILD_ID right and the bot in that server?";
    logger.error(describeError(error, [config.discordToken]), `the commands couldn't be registered${remedy}`);
  }
}
