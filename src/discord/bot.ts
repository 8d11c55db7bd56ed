// The bot's life: connects to Discord, makes the commands known, hands every event to its handler, and
// ends without leaving a question unanswered. Here every failure is caught: what is meant for people is
// shown to them, the rest is logged in one line and excused in a short one.

import {
  Client,
  Events,
  GatewayIntentBits,
  Message,
  MessageFlags,
  OAuth2Scopes,
  Partials,
  PermissionFlagsBits,
} from "discord.js";
import type { ClientOptions, Interaction } from "discord.js";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import type { Engine } from "../types.ts";
import { createAsker } from "./asking.ts";
import type { AskingLimits } from "./asking.ts";
import { registerCommands } from "./commands.ts";
import { memoryConversations } from "./conversations.ts";
import type { Conversations } from "./conversations.ts";
import { describeError, isGone } from "./failures.ts";
import { onInteraction } from "./interactions.ts";
import { loginError } from "./login-error.ts";
import { isForBot, onMessage, questionOf, reply } from "./messages.ts";
import { renderNotice } from "./render.ts";

export interface BotOptions {
  readonly config: Config;
  readonly engine: Engine;
  readonly logger: Logger;
  readonly version?: string;
  readonly clientOptions?: Partial<ClientOptions>;
  readonly conversations?: Conversations;
  readonly limits?: Partial<AskingLimits>;
}

export interface Bot {
  readonly client: Client<true>;
  /** Resolves with the reason when Discord has ended the connection for good. */
  readonly lost: Promise<Error>;
  /** Lets answers in flight finish (for at most `ms` milliseconds), then leaves Discord. */
  stop(ms?: number): Promise<void>;
}

type Asked = Interaction | Message;

/** What the bot needs in a channel: no more. Reading the history is needed to reply. */
const PERMISSIONS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.SendMessagesInThreads,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.ReadMessageHistory,
];

const SORRY = "Sorry, something went wrong and I couldn't answer. Please try again in a minute.";
const LEAVING = "I'm about to restart. Please ask again in a minute.";

/**
 * Logs in and answers from then on; resolves when Discord is ready and knows the commands. Throws
 * `UserError` when the token is wrong or Discord can't be reached.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { config, engine, logger } = options;
  const asker = createAsker({
    engine,
    conversations: options.conversations ?? memoryConversations(),
    logger,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const room = { engine, asker, version: options.version ?? "" };
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    // A direct message's channel isn't known before its first message.
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    ...options.clientOptions,
    rest: { api: config.discordApiUrl, version: "10", ...options.clientOptions?.rest },
  });

  let leaving = false;
  const active = new Set<Promise<void>>();
  /** Does what was asked, and survives it. */
  const handle = (asked: Asked, work: () => Promise<void>): void => {
    const running = (async () => {
      try {
        if (leaving) throw new UserError(LEAVING);
        await work();
      } catch (error) {
        await failed(asked, error);
      }
    })();
    active.add(running);
    void running.finally(() => active.delete(running));
  };
  const failed = async (asked: Asked, error: unknown): Promise<void> => {
    const secrets = [config.discordToken, ...wordsOf(asked)];
    if (isGone(error)) return logger.warn(describeError(error, secrets), "not delivered");
    const forPeople = error instanceof UserError;
    if (!forPeople) logger.error(describeError(error, secrets), "failed");
    try {
      await tell(asked, forPeople ? error.message : SORRY);
    } catch (second) {
      // What failed before is in the log already.
      if (forPeople) logger.warn(describeError(second, secrets), "not delivered");
    }
  };

  client.on(Events.InteractionCreate, (asked) => handle(asked, () => onInteraction(asked, room)));
  client.on(Events.MessageCreate, (asked) => {
    if (isForBot(asked)) handle(asked, () => onMessage(asked, room));
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
  client.on(Events.ShardReconnecting, () => {
    if (!leaving) logger.warn("connection lost, reconnecting");
  });
  client.on(Events.ShardResume, () => logger.info("connection resumed"));

  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  try {
    await client.login(config.discordToken);
  } catch (error) {
    throw loginError(error, config.discordApiUrl);
  }
  await ready;
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
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
      await Promise.race([Promise.all(active), patience]);
      clearTimeout(timer);
      await client.destroy();
      logger.info({ unanswered: active.size }, "stopped");
    },
  };
}

/** A bot whose commands can't be registered still answers mentions: said loudly, survived. */
async function makeCommandsKnown(client: Client<true>, config: Config, logger: Logger): Promise<void> {
  try {
    const changed = await registerCommands(client.rest, client.application.id, config.discordGuildId);
    logger.info({ changed }, "commands");
  } catch (error) {
    const remedy =
      config.discordGuildId === "" ? "" : "; is DISCORD_GUILD_ID right and the bot in that server?";
    logger.error(describeError(error, [config.discordToken]), `the commands couldn't be registered${remedy}`);
  }
}

/** Shows a notice to whoever asked: to nobody else where Discord offers that. */
async function tell(asked: Asked, text: string): Promise<void> {
  const notice = renderNotice(text);
  if (asked instanceof Message) await reply(asked, notice);
  else if (asked.isAutocomplete()) await asked.respond([]);
  else if (asked.deferred || asked.replied) await asked.editReply(notice);
  else await asked.reply({ ...notice, flags: MessageFlags.Ephemeral });
}

/** The words of whoever asked, which no log may show. */
function wordsOf(asked: Asked): string[] {
  if (asked instanceof Message) return [asked.content, questionOf(asked)];
  if (asked.isMessageContextMenuCommand()) return [questionOf(asked.targetMessage)];
  const typed = asked.isChatInputCommand() || asked.isAutocomplete() ? asked.options.data : [];
  return typed.map(({ value }) => (typeof value === "string" ? value.trim() : ""));
}
