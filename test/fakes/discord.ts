// A fake Discord on the loopback that carries the real discord.js client: its routes are in
// discord-rest.ts, its gateway in discord-gateway.ts. Here are the server that records every request,
// the faults that it plays on demand, and the people who talk to the bot.

import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FakeGateway } from "./discord-gateway.ts";
import { IDS, interaction, message, snowflake, TOKEN } from "./discord-payloads.ts";
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

export class FakeDiscord {
  readonly requests: Recorded[] = [];
  readonly gateway: FakeGateway;
  readonly rest: FakeRest;
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

  /** Somebody uses a slash command; returns the interaction's id, under which its answer is found. */
  slash(name: string, options: Json = {}, doing: Doing = {}): string {
    return this.#interact(2, { id: snowflake(), type: 1, name, options: optionList(options) }, doing);
  }

  /** Somebody types into an option that suggests. */
  type(name: string, option: string, typed: string, doing: Doing = {}): string {
    const options = [{ name: option, type: 3, value: typed, focused: true }];
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
    });
    this.gateway.dispatch("INTERACTION_CREATE", made);
    return String(made["id"]);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const method = request.method ?? "GET";
    const path = decodeURIComponent((request.url ?? "").replace(/^\/api\/v10|\?.*$/g, ""));
    const body = (text === "" ? {} : JSON.parse(text)) as Json;
    this.requests.push({ method, path, body, at: performance.now() });
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

/** Discord's list of options from plain values. */
const optionList = (options: Json): Json[] =>
  Object.entries(options).map(([name, value]) => ({ name, type: typeof value === "boolean" ? 5 : 3, value }));

/** A fake Discord that listens on a free port. */
export async function startFakeDiscord(): Promise<FakeDiscord> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new FakeDiscord(server);
}
