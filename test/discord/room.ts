// What the tests of the bot share: a fake engine that quotes what it is told to, and a bot in a fake
// Discord with a log that can be read.

import { pino } from "pino";
import { readConfig } from "../../src/config.ts";
import { startBot } from "../../src/discord/bot.ts";
import type { Bot, BotOptions } from "../../src/discord/bot.ts";
import type {
  Answer,
  DocumentInfo,
  Engine,
  ParagraphStart,
  Question,
  Quote,
  Surroundings,
} from "../../src/types.ts";
import { startFakeDiscord } from "../fakes/discord.ts";
import type { FakeDiscord } from "../fakes/discord.ts";
import { TOKEN } from "../fakes/discord-payloads.ts";
import type { Doing } from "../fakes/discord-payloads.ts";

const REPORT: DocumentInfo = {
  id: "ofsted-report-2014",
  file: "ofsted-report-2014.txt",
  title:
    "Cambridgeshire County Council: Inspection of services for children in need of help and protection, children looked after and care leavers",
  publisher: "Ofsted",
  published: "2014-08-08",
  sha256: "a".repeat(64),
};
const NEWS: DocumentInfo = {
  id: "news-requires-improvement-2024",
  file: "news-requires-improvement-2024.txt",
  title: "Ofsted: Cambridgeshire children's services require improvement",
  published: "2024",
  sha256: "b".repeat(64),
};
export const DOCUMENTS: readonly DocumentInfo[] = [REPORT, NEWS];

/** The quote that everybody asks for; `over` changes parts of it. */
export function quote(over: Partial<Quote> = {}): Quote {
  const text =
    "In March 2014, 62% of care leavers aged 19 years were NEET, compared to a national average of 42%.";
  return {
    document: REPORT.id,
    title: REPORT.title,
    publisher: "Ofsted",
    published: "2014-08-08",
    section: [
      "Inspection judgements about the local authority",
      "The graded judgement about the experiences and progress of care leavers is good",
    ],
    paragraph: "105",
    page: 27,
    passage: "ofsted-report-2014#160",
    text,
    pieces: [{ start: 0, end: (over.text ?? text).length, join: "" }],
    bold: over.text === undefined ? [{ start: 15, end: 18 }] : [],
    leadIn: null,
    ...over,
  };
}

/** A quote of a text with the given words in bold. */
export function bolded(text: string, bold: string, over: Partial<Quote> = {}): Quote {
  const start = text.indexOf(bold);
  return quote({ text, bold: [{ start, end: start + bold.length }], ...over });
}

/** An answer to `question`; `over` changes parts of it. */
export function answer(question: string, over: Partial<Answer> = {}): Answer {
  const quotes = over.quotes ?? [quote()];
  const ranked = [...quotes, ...(over.related ?? [])];
  return {
    question,
    understood: question,
    outcome: "answer",
    confidence: 0.9,
    message: null,
    quotes,
    related: [],
    passages: ranked.map((item, index) => ({ ...item, rank: index + 1, score: 1 / (index + 1) })),
    ms: 1,
    ...over,
  };
}

const STARTS: readonly ParagraphStart[] = Array.from({ length: 158 }, (_, index) => ({
  number: String(index + 1),
  text: index === 104 ? quote().text : `Paragraph ${index + 1} of the report`,
}));

/** The paragraph that everybody is shown, between its neighbours. */
export function surroundings(): Surroundings {
  const whole = `The proportion of care leavers in education is too low. ${quote().text} More is being done.`;
  const beside = (passage: string, paragraph: string, text: string): Quote[] => [
    quote({ passage, paragraph, text }),
  ];
  return {
    before: beside("ofsted-report-2014#159", "104", "Pathway planning requires further work."),
    itself: [quote({ text: whole })],
    after: beside("ofsted-report-2014#161", "106", "Senior management attention is on high NEET rates."),
  };
}

export interface FakeEngine extends Engine {
  readonly asked: Question[];
}

/** An engine that answers with what `reply` says. */
export function fakeEngine(
  reply: (question: Question) => Answer | Promise<Answer> = ({ text }) => answer(text),
): FakeEngine {
  const asked: Question[] = [];
  return {
    asked,
    async ask(question) {
      asked.push(question);
      return reply(question);
    },
    around: async (passage) => (passage === quote().passage ? surroundings() : null),
    find: async (document, number) =>
      document === REPORT.id && number === "105" ? surroundings().itself : [],
    paragraphs: async (document) => (document === REPORT.id ? STARTS : []),
    documents: DOCUMENTS,
    passageCount: () => 158,
    encoder: "fake-encoder",
    builtAt: "2026-11-21T09:30:00.000Z",
  };
}

export interface TestRoom {
  readonly discord: FakeDiscord;
  readonly engine: FakeEngine;
  readonly bot: Bot;
  /** The log's lines, parsed. */
  readonly log: { level: number; msg: string; [key: string]: unknown }[];
  close(): Promise<void>;
}

/** A bot that is ready, in a Discord of its own. */
export async function openRoom(
  engine: FakeEngine = fakeEngine(),
  options: Partial<BotOptions> & {
    discord?: FakeDiscord;
    guild?: string;
    level?: string;
    /** Environment variables. */
    settings?: Readonly<Record<string, string>>;
  } = {},
): Promise<TestRoom> {
  const { discord = await startFakeDiscord(), guild = "", level = "info", settings = {}, ...rest } = options;
  const log: TestRoom["log"] = [];
  const logger = pino({ base: null, level }, { write: (line: string) => void log.push(JSON.parse(line)) });
  const config = readConfig({
    DISCORD_TOKEN: TOKEN,
    DISCORD_API_URL: discord.api,
    DISCORD_GUILD_ID: guild,
    STATE_FILE: ":memory:",
    ...settings,
  });
  const bot = await startBot({
    config,
    engine,
    logger,
    version: "0.1.0",
    // Discord wants five seconds between two logins.
    clientOptions: {
      ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) },
    },
    ...rest,
  });
  return {
    discord,
    engine,
    bot,
    log,
    async close() {
      await bot.stop(100);
      await discord.close();
    },
  };
}

/** Waits until `find` finds something. */
export async function until<T>(
  find: () => T | undefined | false,
  what = "what was waited for",
  ms = 5000,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`${what} didn't come`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** An engine that answers when it is let. */
export function heldEngine(): { engine: FakeEngine; release: () => void } {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const engine = fakeEngine(async ({ text }) => {
    await released;
    return answer(text);
  });
  return { engine, release };
}

/** The log's warnings and errors. */
export const complaints = (room: TestRoom): TestRoom["log"] => room.log.filter(({ level }) => level >= 40);

/** Fails unless the bot still answers. */
export async function stillAnswers({ discord }: TestRoom): Promise<void> {
  const id = discord.slash("ask", { question: "are you there?" });
  const message = await until(() => discord.answered(id));
  if (!readable(message).includes("62%")) throw new Error("the bot doesn't answer any more");
}

/** The custom_id of a message's button. Throws when there is none of that label. */
export function buttonOf(message: Record<string, unknown>, label: string): string {
  const rows = (message["components"] ?? []) as { components: { label: string; custom_id: string }[] }[];
  const found = rows.flatMap(({ components }) => components).find((button) => button.label === label);
  if (found === undefined) throw new Error(`there is no button "${label}" in: ${readable(message)}`);
  return found.custom_id;
}

/** Asks by /ask, and returns the answer's message. */
export async function asked(
  { discord }: TestRoom,
  question: string,
  doing: Doing & { private?: boolean } = {},
): Promise<Record<string, unknown>> {
  const { private: hidden, ...rest } = doing;
  const options = { question, ...(hidden !== undefined && { private: hidden }) };
  const id = discord.slash("ask", options, rest);
  return until(() => discord.answered(id));
}

/** Presses a message's button, and returns what comes of it. */
export async function pressed(
  { discord }: TestRoom,
  message: Record<string, unknown>,
  label: string,
  doing: Doing = {},
): Promise<Record<string, unknown>> {
  const id = discord.press(buttonOf(message, label), message, doing);
  return until(() => discord.answered(id));
}

/** Does a command, and returns what comes of it. */
export async function commanded(
  { discord }: TestRoom,
  command: string,
  options: Record<string, unknown> = {},
  doing: Doing = {},
): Promise<Record<string, unknown>> {
  const id = discord.slash(command, options, doing);
  return until(() => discord.answered(id));
}

/** The text of a message's embeds, as a reader meets it. */
export function readable(message: Record<string, unknown>): string {
  interface Embed {
    author?: { name: string };
    title?: string;
    description?: string;
    fields?: { name: string; value: string }[];
    footer?: { text: string };
    color?: number;
  }
  const embeds = (message["embeds"] ?? []) as Embed[];
  const rows = (message["components"] ?? []) as { components: { label: string }[] }[];
  const files = Object.entries((message["attached"] ?? {}) as Record<string, string>);
  const blocks = embeds.map((embed) =>
    [
      `[#${(embed.color ?? 0).toString(16).padStart(6, "0")}]`,
      embed.author?.name,
      embed.title,
      embed.description,
      ...(embed.fields ?? []).map(({ name, value }) => `${name}\n${value}`),
      embed.footer && `(${embed.footer.text.replaceAll("\n", " | ")})`,
    ]
      .filter(Boolean)
      .join("\n"),
  );
  const buttons = rows.map((row) => row.components.map(({ label }) => `( ${label} )`).join(" "));
  const attached = files.map(([name, text]) => `[${name}]\n${text}`);
  return [message["content"], ...blocks, ...buttons, ...attached].filter(Boolean).join("\n\n");
}
