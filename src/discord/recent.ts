// The messages that were asked in the last minute, with the bot's replies: an edited question gets its
// answer edited. Remembered by this process only.

import type { Message } from "discord.js";
import { newKey } from "./key.ts";

/** How long after asking an edited question is answered anew, milliseconds. */
export const EDIT_MS = 60_000;

/** A message that was asked. */
export interface Recent {
  /** The answer's key. */
  readonly key: string;
  /** When it was asked, milliseconds. */
  readonly at: number;
  /** The question as last read. */
  text: string;
  reply: Message | null;
  /** What has been begun for it: one edit waits for the other. */
  done: Promise<void>;
}

export interface RecentQuestions {
  begin(message: string, text: string): Recent;
  /** Undefined for a message that wasn't asked in the last minute. */
  get(message: string): Recent | undefined;
}

export function recentQuestions(now: () => number = () => Date.now()): RecentQuestions {
  // In order of asking.
  const kept = new Map<string, Recent>();
  const sweep = (): void => {
    for (const [message, { at }] of kept) {
      if (now() - at < EDIT_MS) break;
      kept.delete(message);
    }
  };
  return {
    begin(message, text) {
      const recent: Recent = { key: newKey(), at: now(), text, reply: null, done: Promise.resolve() };
      kept.set(message, recent);
      return recent;
    },
    get(message) {
      sweep();
      return kept.get(message);
    },
  };
}
