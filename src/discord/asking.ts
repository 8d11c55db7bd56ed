// From a person's question to an Answer, the same for every way of asking: its length, how often one may
// ask, the queue in front of the engine, and the conversation's history. How it came in and how it is
// shown is left to interactions.ts and messages.ts.

import type { Logger } from "pino";
import { UserError } from "../errors.ts";
import type { Answer, Engine, Filter } from "../types.ts";
import { turnOf } from "../answer/turn.ts";
import type { Conversations } from "./conversations.ts";
import { MAX_QUESTION } from "./limits.ts";
import { fairQueue } from "./queue.ts";
import { rateLimiter } from "./rate-limit.ts";

export const ASKING_DEFAULTS = {
  /** Questions that one user may ask in any `seconds` seconds. */
  questions: 12,
  seconds: 60,
  /** Questions that the engine answers at once. */
  concurrency: 1,
  /** Questions waiting or being answered beyond which new ones are refused. */
  waiting: 500,
} as const satisfies AskingLimits;

export interface AskingLimits {
  readonly questions: number;
  readonly seconds: number;
  readonly concurrency: number;
  readonly waiting: number;
}

export interface Asked {
  /** The user's id. */
  readonly user: string;
  readonly text: string;
  /** The conversation that it belongs to; null for a question that neither uses nor leaves a trace. */
  readonly conversation: string | null;
  readonly filter?: Filter;
}

export interface Asker {
  /** Throws `UserError`, before any work, when this user can't ask this now; counts as one question. */
  admit(user: string, text: string): void;
  /** The engine's answer, when its turn comes. */
  ask(asked: Asked): Promise<Answer>;
}

/** What the handlers of Discord's events work with. */
export interface Room {
  readonly engine: Engine;
  readonly asker: Asker;
  readonly version: string;
}

export function createAsker(parts: {
  readonly engine: Engine;
  readonly conversations: Conversations;
  readonly logger: Logger;
  readonly limits?: Partial<AskingLimits>;
}): Asker {
  const { engine, conversations, logger } = parts;
  const limits = { ...ASKING_DEFAULTS, ...parts.limits };
  const limiter = rateLimiter(limits);
  const queue = fairQueue(limits.concurrency);

  return {
    admit(user, text) {
      if (text === "") throw new UserError("Ask me a question about the documents. /help shows how.");
      if (text.length > MAX_QUESTION) {
        throw new UserError(
          `That is a long one: ${text.length} characters. Please ask in at most ${MAX_QUESTION}.`,
        );
      }
      const seconds = limiter(user);
      if (seconds > 0) {
        throw new UserError(`That is a lot of questions at once. Please ask again in ${seconds} s.`);
      }
      if (queue.size >= limits.waiting) {
        throw new UserError("Many people are asking just now. Please ask again in a minute.");
      }
    },
    ask({ user, text, conversation, filter }) {
      const came = performance.now();
      return queue.run(user, async () => {
        const waited = Math.round(performance.now() - came);
        const history = conversation === null ? [] : conversations.turns(conversation);
        const answer = await engine.ask({ text, history, ...(filter === undefined ? {} : { filter }) });
        if (conversation !== null) conversations.add(conversation, turnOf(answer));
        logger.info({ outcome: answer.outcome, turn: history.length + 1, waited, ms: answer.ms }, "answered");
        logger.debug({ question: text, understood: answer.understood }, "question");
        return answer;
      });
    },
  };
}
