// A fake Discord on the loopback that carries the real discord.js client: its routes are in
// discord-rest.ts, its gateway in discord-gateway.ts. Here are the server that records every request,
// the faults that it plays on demand, and the people who talk to the bot.

import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FakeGateway } from "./discord-gateway.ts";
import {
  IDS,
  interaction,
  MEMBER,
  message,
  snowflake,
  textChannel,
  TOKEN,
  user,
} from "./discord-payloads.ts";
import type { Doing, Said } from "./discord-payloads.ts";
import { FakeRest } from "./discord-rest.ts";
import type { Json } from "./discord-rest.ts";

export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly body: Json;
  readonly at: number;
}

export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
  /** Discord's own code, in the body. */
  readonly code?: number;
  /** Seconds, for status 429. */
  readonly retryAfter?: number;
  /** How many requests it hits. */
  readonly times?: number;
}

/** An option of a command that is more than text or a boolean. */
export interface Chosen {
  readonly type: 6 | 7;
  readonly id: string;
}
/** A user, or a channel, as an option of a command. */
export const chosenUser = (id: string): Chosen => ({ type: 6, id });
export const chosenChannel = (id: string): Chosen => ({ type: 7, id });

export class FakeDiscord {
  readonly requests: Recorded[] = [];
  readonly gateway: FakeGateway;
  readonly rest: FakeRest;
  readonly #holds: { method: string; path: RegExp; until: Promise<void> }[] = [];
  readonly #faults: { fault: Fault; left: number }[] = [];
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
    const address = (): string => `ws://127.0.0.1:${this.port}`;
    this.gateway = new FakeGateway(server, address);
    this.rest = new FakeRest(address);
    server.on("request", (request, response) => void this.#serve(request, response));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What DISCORD_API_URL has to be. */
  get api(): string {
    return `http://127.0.0.1:${this.port}/api`;
  }

  /** Holds back the answers to such requests until the returned function is called. */
  hold(method: string, path: RegExp): () => void {
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    this.#holds.push({ method, path, until });
    return release;
  }

  fail(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  /** Somebody says something; returns the message. */
  say(said: Said): Json {
    const said_ = message(said);
    this.rest.messages.set(String(said_["id"]), said_);
    this.gateway.dispatch("MESSAGE_CREATE", said_);
    return said_;
  }

  /** Somebody edits a message; with no text, Discord has made a link's preview. */
  edit(said: Json, text?: string): Json {
    const [from, channel] = [String((said["author"] as Json)["id"]), String(said["channel_id"])];
    const edited =
      text === undefined
        ? said
        : { ...message({ text, from, channel }), id: said["id"], edited_timestamp: "2026-11-21T12:00:30Z" };
    this.rest.messages.set(String(said["id"]), edited);
    this.gateway.dispatch("MESSAGE_UPDATE", edited);
    return edited;
  }

  /** Somebody deletes a message. */
  remove(said: Json): void {
    this.rest.messages.delete(String(said["id"]));
    const { id, channel_id, guild_id } = said;
    this.gateway.dispatch("MESSAGE_DELETE", { id, channel_id, guild_id });
  }

  /**
   * Somebody uses a slash command (`ask`, or `admin gaps` for a subcommand); returns the interaction's
   * id, under which its answer is found.
   */
  slash(command: string, options: Json = {}, doing: Doing = {}): string {
    const [name, subcommand] = command.split(" ");
    const list = optionList(options);
    const data = {
      id: snowflake(),
      type: 1,
      name,
      options: subcommand === undefined ? list : [{ type: 1, name: subcommand, options: list }],
      resolved: resolved(Object.values(options)),
    };
    return this.#interact(2, data, doing);
  }

  /** Somebody types into an option that suggests, others being filled in. */
  type(name: string, option: string, typed: string, others: Json = {}, doing: Doing = {}): string {
    const options = [...optionList(others), { name: option, type: 3, value: typed, focused: true }];
    return this.#interact(4, { id: snowflake(), type: 1, name, options }, doing);
  }

  /** Somebody chooses a command from a message's menu. */
  menu(name: string, target: Json, doing: Doing = {}): string {
    const id = String(target["id"]);
    const data = { id: snowflake(), type: 3, name, target_id: id, resolved: { messages: { [id]: target } } };
    return this.#interact(2, data, doing);
  }

  /** Somebody presses a button of a message. */
  press(customId: string, on: Json, doing: Doing = {}): string {
    return this.#interact(3, { custom_id: customId, component_type: 2 }, doing, { message: on });
  }

  /** What was answered to an interaction, once it is more than "thinking". */
  answered(id: string): Json | undefined {
    const found = this.rest.interactions.get(id);
    return found?.done === true ? (found.response ?? undefined) : undefined;
  }

  /** The bot's messages in channels, oldest first. */
  posted(): Json[] {
    return [...this.rest.messages.values()].filter((item) => (item["author"] as Json)["id"] === IDS.bot);
  }

  async close(): Promise<void> {
    this.gateway.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #interact(type: number, data: Json, doing: Doing, more: Json = {}): string {
    const made = { ...interaction(type, data, doing), ...more };
    this.rest.interactions.set(String(made["id"]), {
      token: String(made["token"]),
      response: null,
      done: false,
      edits: [],
    });
    this.gateway.dispatch("INTERACTION_CREATE", made);
    return String(made["id"]);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "GET";
    const path = decodeURIComponent((request.url ?? "").replace(/^\/api\/v10|\?.*$/g, ""));
    const body = await bodyOf(request);
    this.requests.push({ method, path, body, at: performance.now() });
    for (const held of this.#holds) if (held.method === method && held.path.test(path)) await held.until;
    const [status, answer, headers = {}] =
      this.#fault(method, path) ?? this.#unauthorised(path, request) ?? this.rest.route(method, path, body);
    response.writeHead(status, status === 204 ? {} : { "content-type": "application/json", ...headers });
    response.end(status === 204 ? "" : JSON.stringify(answer));
  }

  #fault(method: string, path: string): [number, unknown, Record<string, string>?] | null {
    const hit = this.#faults.find(
      ({ fault, left }) => left > 0 && fault.method === method && fault.path.test(path),
    );
    if (hit === undefined) return null;
    hit.left--;
    const { status, code = 0, retryAfter } = hit.fault;
    if (retryAfter === undefined) return [status, { code, message: `fault ${code}` }];
    return [
      status,
      { message: "rate limited", retry_after: retryAfter, global: false },
      { "retry-after": String(retryAfter) },
    ];
  }

  #unauthorised(path: string, request: IncomingMessage): [number, unknown] | null {
    if (/^\/(interactions|webhooks)\//.test(path) || request.headers.authorization === `Bot ${TOKEN}`)
      return null;
    return [401, { message: "401: Unauthorized", code: 0 }];
  }
}

/** A request's JSON; files that come with it as text, under `attached`. */
async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/")) return (bytes.length === 0 ? {} : JSON.parse(bytes.toString())) as Json;
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const attached: Json = {};
  for (const [, part] of form) if (typeof part !== "string") attached[part.name] = await part.text();
  return { ...(JSON.parse(String(form.get("payload_json"))) as Json), attached };
}

const isChosen = (value: unknown): value is Chosen =>
  typeof value === "object" && value !== null && "id" in value;

/** Discord's list of options from plain values. */
const optionList = (options: Json): Json[] =>
  Object.entries(options).map(([name, value]) =>
    isChosen(value)
      ? { name, type: value.type, value: value.id }
      : { name, type: typeof value === "boolean" ? 5 : 3, value },
  );

/** The users and channels that are chosen in options. */
function resolved(values: readonly unknown[]): Json {
  const of = (type: number, make: (id: string) => Json): Json =>
    Object.fromEntries(
      values.filter(isChosen).flatMap((value) => (value.type === type ? [[value.id, make(value.id)]] : [])),
    );
  return {
    users: of(6, (id) => user(id)),
    channels: of(7, (id) => ({ ...textChannel(id, "chosen"), permissions: MEMBER })),
  };
}

/** A fake Discord that listens on a free port. */
export async function startFakeDiscord(): Promise<FakeDiscord> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new FakeDiscord(server);
}
