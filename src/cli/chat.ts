// A terminal conversation: lines in, answers out, with the history that follow-ups need. Knows the
// commands; where lines come from and go to is the caller's.

import type { Engine, Turn } from "../types.ts";
import { turnOf } from "../answer/turn.ts";
import { UserError } from "../errors.ts";
import { readableDate } from "../documents/dates.ts";
import { printable, renderAnswer, type Terminal } from "./render.ts";

/** Turns remembered. */
const REMEMBERED = 6;

const HELP = `Ask what the documents say; follow-ups such as "and nationally?" work.
  /sources   the documents
  /new       forget the conversation
  /help      this
  /quit      leave
`;

export interface Chat {
  /** Answers one line; null when the conversation is over. */
  reply(line: string): Promise<string | null>;
}

/** A conversation with the engine that `engineNow` yields for each line. */
export function startChat(engineNow: () => Promise<Engine>, terminal: Terminal): Chat {
  let history: Turn[] = [];
  const commands: Readonly<Record<string, (engine: Engine) => string | null>> = {
    "/help": () => HELP,
    "/sources": renderSources,
    "/new": () => {
      history = [];
      return "A new conversation.\n";
    },
    "/quit": () => null,
    "/exit": () => null,
  };
  return {
    async reply(line) {
      const text = line.trim();
      if (text === "") return "";
      const engine = await engineNow();
      if (text.startsWith("/")) {
        const command = commands[text.split(/\s/)[0]!.toLowerCase()];
        return command ? command(engine) : `There is no ${text.split(/\s/)[0]}. ${HELP}`;
      }
      try {
        const answer = await engine.ask({ text, history });
        history = [...history, turnOf(answer)].slice(-REMEMBERED);
        return renderAnswer(answer, terminal);
      } catch (error) {
        if (error instanceof UserError) return `${error.message}\n`;
        throw error;
      }
    },
  };
}

/** The documents, a line each. */
export function renderSources(engine: Engine): string {
  const lines = engine.documents.map((info) => {
    const about = [info.publisher, info.kind, info.published && readableDate(info.published)]
      .filter(Boolean)
      .join(", ");
    return printable(
      `${info.id}\n  ${info.title}${about ? `\n  ${about}` : ""} · ${engine.passageCount(info.id)} passages`,
    );
  });
  return `${lines.join("\n")}\n`;
}
