// The fake's REST part: what Discord keeps (messages, commands, interactions) and what its routes answer.
// A body that breaks a limit or Discord's own description is refused and noted.

import { fileURLToPath } from "node:url";
import { callbackProblems, commandProblems, messageProblems } from "./discord-limits.ts";
import { IDS, message, snowflake, user } from "./discord-payloads.ts";
import { openApiCheck } from "./openapi.ts";

export type Json = Record<string, unknown>;

const described = openApiCheck(
  fileURLToPath(new URL("../../../shared/discord/openapi.json", import.meta.url)),
);
const REFUSED: [number, unknown] = [400, { code: 50035, message: "Invalid Form Body", errors: {} }];

export interface Interaction {
  readonly token: string;
  response: Json | null;
  /** Whether the response is more than "thinking". */
  done: boolean;
  /** Everything that the response has been edited to. */
  readonly edits: Json[];
}

export class FakeRest {
  /** What was wrong with requests: a test ends with none. */
  readonly problems: string[] = [];
  /** Everything that can be seen in channels, by id: people's messages and the bot's. */
  readonly messages = new Map<string, Json>();
  /** The commands that Discord knows, by guild; "" for those known everywhere. */
  readonly commands = new Map<string, Json[]>();
  /** By id. */
  readonly interactions = new Map<string, Interaction>();
  readonly #gateway: () => string;

  constructor(gateway: () => string) {
    this.#gateway = gateway;
  }

  /** Status and body of the answer to a request. */
  route(method: string, path: string, body: Json): [number, unknown] {
    const route = `${method} ${path}`;
    const limits = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
    if (route === "GET /gateway/bot") {
      return [200, { url: this.#gateway(), shards: 1, session_start_limit: limits }];
    }
    const commands = /^\/applications\/\d+(?:\/guilds\/(\d+))?\/commands$/.exec(path);
    if (commands !== null) return this.#commands(method, commands[1] ?? "", body as unknown as Json[]);
    if (/^POST \/channels\/\d+\/typing$/.test(route)) return [204, null];
    const channel = /^POST \/channels\/(\d+)\/messages$/.exec(route)?.[1];
    if (channel !== undefined) return this.#post(channel, body);
    const [, where, id] = /^PATCH \/channels\/(\d+)\/messages\/(\d+)$/.exec(route) ?? [];
    if (where !== undefined && id !== undefined) return this.#editMessage(where, id, body);
    if (route === "POST /users/@me/channels") {
      return [200, { id: IDS.dm, type: 1, recipients: [user(String(body["recipient_id"]))] }];
    }
    if (route === "GET /applications/@me") return [200, { id: IDS.application, name: "Chapter & Verse" }];
    const callback = /^POST \/interactions\/(\d+)\/([^/]+)\/callback$/.exec(route);
    if (callback !== null) return this.#callback(callback[1] ?? "", callback[2] ?? "", body);
    const token = /^PATCH \/webhooks\/\d+\/([^/]+)\/messages\/@original$/.exec(route)?.[1];
    if (token !== undefined) return this.#edit(token, body);
    this.problems.push(`unexpected request: ${route}`);
    return [404, { message: "404: Not Found", code: 0 }];
  }

  #commands(method: string, guild: string, body: Json[]): [number, unknown] {
    if (method === "PUT") {
      const path = `/applications/{application_id}${guild && "/guilds/{guild_id}"}/commands`;
      if (this.#refused(commandProblems(body), method, path, body)) return REFUSED;
      const extra = {
        application_id: IDS.application,
        default_member_permissions: null,
        nsfw: false,
        version: snowflake(),
      };
      this.commands.set(
        guild,
        body.map((command) => ({ id: snowflake(), type: 1, description: "", ...extra, ...command })),
      );
    }
    return [200, this.commands.get(guild) ?? []];
  }

  #post(channel: string, body: Json): [number, unknown] {
    if (this.#refused(messageProblems(body), "POST", "/channels/{channel_id}/messages", body)) return REFUSED;
    const reference = body["message_reference"] as Json | undefined;
    if (reference !== undefined && !this.messages.has(String(reference["message_id"]))) {
      const error = { _errors: [{ code: "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", message: "Unknown message" }] };
      return [400, { code: 50035, message: "Invalid Form Body", errors: { message_reference: error } }];
    }
    const posted = { ...message({ text: "", from: IDS.bot, channel }), ...body };
    this.messages.set(String(posted["id"]), posted);
    return [200, posted];
  }

  #editMessage(channel: string, id: string, body: Json): [number, unknown] {
    const path = "/channels/{channel_id}/messages/{message_id}";
    if (this.#refused(messageProblems(body), "PATCH", path, body)) return REFUSED;
    const known = this.messages.get(id);
    if (known === undefined || known["channel_id"] !== channel)
      return [404, { message: "Unknown Message", code: 10008 }];
    const edited = { ...known, ...body };
    this.messages.set(id, edited);
    return [200, edited];
  }

  #callback(id: string, token: string, body: Json): [number, unknown] {
    const path = "/interactions/{interaction_id}/{interaction_token}/callback";
    if (this.#refused(callbackProblems(body), "POST", path, body)) return REFUSED;
    const found = this.interactions.get(id);
    if (found?.token !== token) return [404, { message: "Unknown interaction", code: 10062 }];
    if (found.response !== null)
      return [400, { message: "Interaction has already been acknowledged.", code: 40060 }];
    found.response = (body["data"] ?? {}) as Json;
    found.done = body["type"] !== 5;
    return [204, null];
  }

  #edit(token: string, body: Json): [number, unknown] {
    const path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original";
    if (this.#refused(messageProblems(body), "PATCH", path, body)) return REFUSED;
    const attached = body["attached"] as Json | undefined;
    const found = [...this.interactions.values()].find((item) => item.token === token);
    if (found === undefined || found.response === null)
      return [404, { message: "Unknown Webhook", code: 10015 }];
    const flags = found.response["flags"];
    const shown = { ...message({ text: "", from: IDS.bot }), author: user(IDS.bot), ...body, flags };
    // What the bot gave as attachments comes back as what is attached.
    found.response = attached === undefined ? shown : { ...shown, attachments: [], attached };
    found.edits.push(found.response);
    found.done = true;
    return [200, found.response];
  }

  /** Notes what is wrong with a body; a refused request is a bug, so that it also fails the test. */
  #refused(broken: string[], method: string, path: string, body: unknown): boolean {
    const { attached, ...json } = body as Json;
    const checked = Array.isArray(body) || attached === undefined ? body : json;
    const all = [...broken, ...(described?.(method, path, checked) ?? [])];
    this.problems.push(...all.map((problem) => `${method} ${path}: ${problem}`));
    return all.length > 0;
  }
}
