// Anything thrown -> what may stand in a log: kind, code and route, without tokens and without people's
// words, both of which Discord's errors carry in their url, body and message. Also tells what is merely
// gone (a deleted message, an expired interaction, a missing permission) from what went wrong.

import { DiscordAPIError, HTTPError } from "discord.js";
import { UserError } from "../errors.ts";

/** Discord's codes for "there is nobody to answer any more, or not here". */
const GONE: ReadonlySet<number | string> = new Set([
  10003, // unknown channel
  10008, // unknown message
  10015, // unknown webhook: the interaction's token has expired
  10062, // unknown interaction
  40060, // interaction already acknowledged
  50001, // missing access
  50007, // the user takes no direct messages
  50013, // missing permissions
  50027, // invalid webhook token
]);

/** Whether the answer can't be delivered through no fault of the bot's. */
export function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && (GONE.has(error.code) || repliesToDeleted(error));
}

/** A reply to a deleted message is refused as an invalid form. */
function repliesToDeleted(error: DiscordAPIError): boolean {
  return error.code === 50035 && JSON.stringify(error.rawError).includes("MESSAGE_REFERENCE_UNKNOWN_MESSAGE");
}

/**
 * The loggable part of an error. `secrets` (the bot's token, the question) are taken out wherever
 * they stand.
 */
export function describeError(error: unknown, secrets: readonly string[] = []): Record<string, unknown> {
  const clean = (text: string): string => {
    let out = text;
    for (const secret of secrets) if (secret.length > 2) out = out.replaceAll(secret, "[redacted]");
    return withoutTokens(out);
  };
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return {
      error: error.name,
      status: error.status,
      ...(error instanceof DiscordAPIError ? { code: error.code, fields: fieldErrors(error.rawError) } : {}),
      method: error.method,
      route: clean(withoutTokens(error.url)),
    };
  }
  if (!(error instanceof Error)) return { error: clean(String(error)) };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...("code" in error ? { code: error.code } : {}),
    message: clean(error.message),
    ...(error instanceof UserError ? {} : { stack: frames.slice(0, 8).map((line) => clean(line.trim())) }),
  };
}

/** The query and the secret part of webhook and interaction addresses are left out. */
function withoutTokens(text: string): string {
  return text
    .replace(/(\/(?:webhooks|interactions)\/\d+\/)[^/\s?"']+/g, "$1[token]")
    .replace(/\b[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}/g, "[token]");
}

/** The paths and codes of Discord's field errors, without their messages, which repeat what was sent. */
function fieldErrors(raw: unknown, path = ""): string[] {
  if (typeof raw !== "object" || raw === null) return [];
  return Object.entries(raw).flatMap(([key, value]: [string, unknown]) => {
    if (key === "_errors" && Array.isArray(value)) {
      return value.map((item: { code?: unknown }) => `${path}: ${String(item.code)}`);
    }
    return fieldErrors(value, key === "errors" && path === "" ? "" : `${path}${path && "."}${key}`);
  });
}
