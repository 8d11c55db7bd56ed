// Does what an event asks for, and survives it: every failure is caught here. What is meant for people is
// shown to them, the rest is logged in one line and excused in a short one. Also knows what is in flight,
// so that a stop can wait for it.

import { Message, MessageFlags } from "discord.js";
import type { Interaction } from "discord.js";
import { UserError } from "../errors.ts";
import type { Room } from "./answering.ts";
import { readButton } from "./buttons.ts";
import { describeError, isGone } from "./failures.ts";
import { questionOf, reply } from "./messages.ts";
import { renderNotice } from "./render.ts";

type Asked = Interaction | Message;

const SORRY = "Sorry, something went wrong and I couldn't answer. Please try again in a minute.";
const LEAVING = "I'm about to restart. Please ask again in a minute.";

export interface Handler {
  /** Runs `work` for whoever asked; never throws. */
  handle(asked: Asked, work: () => Promise<void>): void;
  /** Refuses what comes from now on, and waits at most `ms` milliseconds for what is in flight; how much is left. */
  drain(ms: number): Promise<number>;
}

/** `token` is the bot's, to be kept out of the log. */
export function createHandler(room: Room, token: string): Handler {
  const { logger } = room;
  const active = new Set<Promise<void>>();
  let leaving = false;

  const failed = async (asked: Asked, error: unknown): Promise<void> => {
    const secrets = [token, ...wordsOf(asked, room)];
    if (isGone(error)) return logger.warn(describeError(error, secrets), "not delivered");
    const forPeople = error instanceof UserError;
    if (!forPeople) logger.error(describeError(error, secrets), "failed");
    try {
      await tell(asked, forPeople ? error.message : SORRY, room);
    } catch (second) {
      // What failed before is in the log already.
      if (forPeople) logger.warn(describeError(second, secrets), "not delivered");
    }
  };

  return {
    handle(asked, work) {
      const running = (async () => {
        try {
          if (leaving) throw new UserError(LEAVING);
          await work();
        } catch (error) {
          await failed(asked, error);
        }
      })();
      active.add(running);
      void running.finally(() => active.delete(running));
    },
    async drain(ms) {
      leaving = true;
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
      await Promise.race([Promise.all(active), patience]);
      clearTimeout(timer);
      return active.size;
    },
  };
}

/** Shows a notice to whoever asked: to nobody else where Discord offers that. */
async function tell(asked: Asked, text: string, room: Room): Promise<void> {
  const notice = renderNotice(text);
  if (asked instanceof Message) await reply(asked, notice, room);
  else if (asked.isAutocomplete()) await asked.respond([]);
  else if (asked.deferred || asked.replied) await asked.editReply({ ...notice, embeds: [], components: [] });
  else await asked.reply({ ...notice, flags: MessageFlags.Ephemeral });
}

/** The words of whoever asked, which no log may show. */
function wordsOf(asked: Asked, { state }: Room): string[] {
  if (asked instanceof Message) return [asked.content, questionOf(asked)];
  if (asked.isMessageContextMenuCommand()) return [questionOf(asked.targetMessage)];
  if (asked.isButton()) {
    return [state.answers.get(readButton(asked.customId)?.argument ?? "")?.understood ?? ""];
  }
  const typed = asked.isChatInputCommand() || asked.isAutocomplete() ? asked.options.data : [];
  return typed.map(({ value }) => (typeof value === "string" ? value.trim() : ""));
}
