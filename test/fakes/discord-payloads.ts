// What Discord's gateway sends, as small as the real client takes it: one server with a text channel
// and a thread, a bot, people, messages and interactions.

export const TOKEN = "fake-token.for-tests.0123456789abcdefghijklm";
export const IDS = {
  application: "100000000000000001",
  bot: "100000000000000001",
  guild: "200000000000000001",
  channel: "300000000000000001",
  /** Another channel of the same server. */
  lobby: "300000000000000004",
  thread: "300000000000000002",
  dm: "300000000000000003",
} as const;

/** The first person; others are made with `person(n)`. */
export const person = (number = 1): string => `40000000000000${String(number).padStart(4, "0")}`;

/** Milliseconds from 1970 to the first second of 2015, from which Discord's ids count. */
const EPOCH = 1_420_070_400_000;
let last = BigInt(Date.now() - EPOCH) << 22n;
/** A new id, of the time of the process's start. */
export const snowflake = (): string => String(++last);

export function user(id: string, bot = id === IDS.bot): Record<string, unknown> {
  const name = id === IDS.bot ? "Chapter & Verse" : `person-${id.slice(-4)}`;
  return { id, username: name, discriminator: "0", global_name: null, avatar: null, bot };
}

export function guild(): Record<string, unknown> {
  const member = {
    user: user(IDS.bot),
    roles: [],
    joined_at: "2026-01-01T00:00:00Z",
    deaf: false,
    mute: false,
    flags: 0,
  };
  return {
    id: IDS.guild,
    name: "The team",
    owner_id: person(),
    roles: [{ id: IDS.guild, name: "@everyone", permissions: "2147483647", position: 0, color: 0 }],
    channels: [textChannel(IDS.channel, "questions"), textChannel(IDS.lobby, "lobby")],
    threads: [thread()],
    members: [member],
    member_count: 2,
    emojis: [],
    stickers: [],
    features: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    preferred_locale: "en-GB",
  };
}

export const textChannel = (id: string, name: string): Record<string, unknown> => ({
  id,
  type: 0,
  name,
  position: 0,
  permission_overwrites: [],
});

function thread(): Record<string, unknown> {
  return {
    id: IDS.thread,
    guild_id: IDS.guild,
    parent_id: IDS.channel,
    owner_id: person(),
    type: 11,
    name: "NEET",
    message_count: 0,
    member_count: 1,
    thread_metadata: {
      archived: false,
      auto_archive_duration: 60,
      archive_timestamp: "2026-01-01T00:00:00Z",
      locked: false,
    },
  };
}

const CHANNEL_TYPES: Record<string, number> = {
  [IDS.channel]: 0,
  [IDS.lobby]: 0,
  [IDS.thread]: 11,
  [IDS.dm]: 1,
};

/** Where something happens, as a message or an interaction tells it. */
function place(channel: string, from: string, permissions: string): Record<string, unknown> {
  const member = {
    roles: [],
    joined_at: "2026-01-01T00:00:00Z",
    deaf: false,
    mute: false,
    permissions,
    flags: 0,
  };
  return channel === IDS.dm ? {} : { guild_id: IDS.guild, member: { ...member, user: user(from) } };
}

export interface Said {
  readonly text: string;
  readonly from?: string;
  readonly channel?: string;
  /** Written by a bot, or by a webhook. */
  readonly bot?: boolean;
  readonly webhook?: boolean;
  /** The message that it replies to; its author is mentioned. */
  readonly replyTo?: Record<string, unknown>;
}

/** A message; its text is left out where Discord leaves it out for bots without the privileged intent. */
export function message(said: Said): Record<string, unknown> {
  const { text, from = person(), channel = IDS.channel, bot = false, webhook = false, replyTo } = said;
  const mentioned = [...text.matchAll(/<@!?(\d+)>/g)].map((match) => match[1] ?? "");
  const repliedTo = (replyTo?.["author"] as { id: string } | undefined)?.id;
  if (repliedTo !== undefined) mentioned.push(repliedTo);
  const told = channel === IDS.dm || mentioned.includes(IDS.bot) || from === IDS.bot;
  const { member, ...where } = place(channel, from, MEMBER);
  const id = snowflake();
  return {
    ...where,
    ...(member === undefined || webhook ? {} : { member }),
    id,
    channel_id: channel,
    channel_type: CHANNEL_TYPES[channel],
    author: webhook ? { ...user(id), bot: false } : user(from, bot || from === IDS.bot),
    ...(webhook ? { webhook_id: id } : {}),
    content: told ? text : "",
    type: replyTo === undefined ? 0 : 19,
    ...(replyTo === undefined
      ? {}
      : { message_reference: { message_id: replyTo["id"], channel_id: channel } }),
    mentions: [...new Set(mentioned)].map((mention) => user(mention)),
    mention_roles: [],
    mention_everyone: text.includes("@everyone"),
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    tts: false,
    timestamp: "2026-11-21T12:00:00Z",
    edited_timestamp: null,
  };
}

/** View Channels, Send Messages and Use Application Commands: no managing. */
export const MEMBER = String((1n << 10n) | (1n << 11n) | (1n << 31n));
/** The same and Manage Server. */
export const MANAGER = String(BigInt(MEMBER) | (1n << 5n));

export interface Doing {
  readonly from?: string;
  readonly channel?: string;
  /** The permissions of whoever does it; those of a plain member unless told. */
  readonly permissions?: string;
}

/** An interaction of a type (2 command, 3 button, 4 autocomplete) with its data. */
export function interaction(
  type: number,
  data: Record<string, unknown>,
  doing: Doing,
): Record<string, unknown> {
  const { from = person(), channel = IDS.channel, permissions = MEMBER } = doing;
  const where = place(channel, from, permissions);
  return {
    ...where,
    ...(where["member"] === undefined ? { user: user(from) } : {}),
    id: snowflake(),
    application_id: IDS.application,
    type,
    token: `interaction-token-${snowflake()}`,
    version: 1,
    data,
    channel_id: channel,
    channel:
      channel === IDS.thread
        ? thread()
        : {
            id: channel,
            type: CHANNEL_TYPES[channel],
            ...(channel === IDS.dm ? { recipients: [user(from)] } : { guild_id: IDS.guild }),
          },
    app_permissions: "2147483647",
    locale: "en-GB",
    guild_locale: "en-GB",
    entitlements: [],
    authorizing_integration_owners: {},
    context: channel === IDS.dm ? 1 : 0,
    attachment_size_limit: 10485760,
  };
}
