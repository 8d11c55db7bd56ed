// Why the bot couldn't come or stay online -> a message that names the culprit and the remedy.

import { messageOf, UserError } from "../errors.ts";

const PORTAL = "https://discord.com/developers/applications";

/** Errors that no setting explains are returned as they are. */
export function loginError(error: unknown, apiUrl: string): Error {
  const code = codeOf(error);
  const message = messageOf(error);
  if (code === "TokenInvalid" || /authentication failed|\b4004\b|401: Unauthorized/i.test(message)) {
    return new UserError(
      `DISCORD_TOKEN is not a bot's token that Discord accepts. Make a new one at ${PORTAL} (your application, Bot, Reset Token) and put it into .env.`,
    );
  }
  if (/^(E[A-Z_]+|UND_ERR_[A-Z_]+)$/.test(code)) {
    return new UserError(
      `Discord can't be reached at ${apiUrl} (${code}). Check the network and DISCORD_API_URL.`,
    );
  }
  return error instanceof Error ? error : new Error(message);
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? codeOf(error.cause) : "";
}
