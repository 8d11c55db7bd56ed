// From a person's question to an Answer, the same for every way of asking: its length, how often one may
// ask, the queue in front of the engine, and the conversation's history. How it came in and how it is
// shown is left to interactions.ts and messages.ts.

import type { Logger } from "pino";
import { turnOf } from "../answer/turn.ts";
import { UserError } from "../errors.ts";
import type { Answer, Engine, Filter } from "../types.ts";
import { MAX_QUESTION } from "./limits.ts";
import { fairQueue } from "./queue.ts";
import { rateLimiter } from "./rate-limit.ts";
import type { Conversations } from "./state/conversations.ts";

export const ASKING_DEFAULTS = {
  /** Questions that one user may ask in any `seconds` seconds. */
  questions: 12,
  /** Questions that all of one server may ask in any `seconds` seconds. */
  guildQuestions: 600,
  /** Buttons that one user may press in any `seconds` seconds. */
  buttons: 60,
  seconds: 60,
  /** Questions that the engine answers at once. */
  concurrency: 1,
  /** Questions waiting or being answered beyond which new ones are refused. */
  waiting: 500,
} as const satisfies AskingLimits;

export interface AskingLimits {
  readonly questions: number;
  readonly guildQuestions: number;
  readonly buttons: number;
  readonly seconds: number;
  readonly concurrency: number;
  readonly waiting: number;
}

export interface Asked {
  /** The user's id. */
  readonly user: string;
  /** The server's id; empty in direct messages. */
  readonly guild: string;
  readonly text: string;
  /** The answer's key: asking under the same key again replaces the turn in its conversation. */
  readonly key: string;
  /** The conversation that it belongs to; null for a question that neither uses nor leaves a trace. */
  readonly conversation: string | null;
  readonly filter?: Filter;
}

export interface Asker {
  /** Throws `UserError`, before any work, when this user can't ask this now; counts as one question. */
  admit(asked: Pick<Asked, "user" | "guild" | "text">): void;
  /** Throws `UserError` when this user has pressed too many buttons; counts as one. */
  admitPress(user: string): void;
  /** The engine's answer, when its turn comes. */
  ask(asked: Asked): Promise<Answer>;
  /** When the last answer was found, ISO 8601; null before the first. */
  readonly lastAnswerAt: string | null;
}

export function createAsker(parts: {
  readonly engine: Engine;
  readonly conversations: Conversations;
  readonly logger: Logger;
  readonly limits?: Partial<AskingLimits>;
}): Asker {
  const { engine, conversations, logger } = parts;
  const limits = { ...ASKING_DEFAULTS, ...parts.limits };
  const ofUser = rateLimiter(limits.questions, limits.seconds);
  const ofGuild = rateLimiter(limits.guildQuestions, limits.seconds);
  const ofPresses = rateLimiter(limits.buttons, limits.seconds);
  const queue = fairQueue(limits.concurrency);
  let lastAnswerAt: string | null = null;

  return {
    get lastAnswerAt() {
      return lastAnswerAt;
    },
    admit({ user, guild, text }) {
      if (text === "") throw new UserError("Ask me a question about the documents. /help shows how.");
      if (text.length > MAX_QUESTION) {
        throw new UserError(
          `That is a long one: ${text.length} characters. Please ask in at most ${MAX_QUESTION}.`,
        );
      }
      const own = ofUser(user);
      if (own > 0) throw new UserError(`That is a lot of questions at once. Please ask again in ${own} s.`);
      const all = guild === "" ? 0 : ofGuild(guild);
      if (all > 0) {
        throw new UserError(`This server is asking a lot just now. Please ask again in ${all} s.`);
      }
      if (queue.size >= limits.waiting) {
        throw new UserError("Many people are asking just now. Please ask again in a minute.");
      }
    },
    admitPress(user) {
      const seconds = ofPresses(user);
      if (seconds > 0)
        throw new UserError(`That is a lot of buttons at once. Please try again in ${seconds} s.`);
    },
    ask({ user, guild, text, key, conversation, filter }) {
      const came = performance.now();
      return queue.run(user, async () => {
        const waited = Math.round(performance.now() - came);
        const history = conversation === null ? [] : conversations.turns(conversation, key);
        const answer = await engine.ask({ text, history, ...(filter === undefined ? {} : { filter }) });
        if (conversation !== null) {
          conversations.remember({ key, conversation, guild, user, turn: turnOf(answer) });
        }
        lastAnswerAt = new Date().toISOString();
        logger.info({ outcome: answer.outcome, turn: history.length + 1, waited, ms: answer.ms }, "answered");
        logger.debug({ question: text, understood: answer.understood }, "question");
        return answer;
      });
    },
  };
}
