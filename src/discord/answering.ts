// A question -> the message that answers it: asked, kept for its buttons, rendered. What handlers of
// Discord's events work with is put together here.

import type { Logger } from "pino";
import { newerThan } from "../answer/newer.ts";
import { asksNothing } from "../answer/turn.ts";
import type { Engine } from "../types.ts";
import type { Reindexer } from "./admin/reindex.ts";
import type { Asked, Asker } from "./asking.ts";
import type { RecentQuestions } from "./recent.ts";
import { renderAnswer } from "./render.ts";
import type { MessageBody } from "./render.ts";
import { select } from "./selection.ts";
import type { State } from "./state/state.ts";

/** What the handlers of Discord's events work with. */
export interface Room {
  readonly engine: Engine;
  readonly asker: Asker;
  readonly state: State;
  readonly recent: RecentQuestions;
  readonly reindexer: Reindexer;
  readonly logger: Logger;
  readonly version: string;
}

/** Asks, and keeps the answer under its key where there is something to press buttons for. */
export async function answerTo(
  { engine, asker, state }: Room,
  asked: Asked,
  how: { readonly hidden: boolean; readonly showQuestion: boolean; readonly notice?: string },
): Promise<MessageBody> {
  const { key, guild, user, filter = {} } = asked;
  const answer = await asker.ask(asked);
  const { first, shown } = select(answer);
  const { showQuestion, notice } = how;
  const look = { showQuestion, ...(notice !== undefined && { notice }) };
  if (shown.length === 0 || asksNothing(answer)) return renderAnswer(answer, look);
  state.answers.save(
    {
      key,
      guild,
      hidden: how.hidden || guild === "",
      understood: answer.understood,
      outcome: answer.outcome,
      filter,
      quoted: first.map(({ passage, document, paragraph, text }) => ({ passage, document, paragraph, text })),
      shown,
    },
    user,
  );
  return renderAnswer(answer, { ...look, key, newer: newerThan(answer, engine.documents, filter) });
}
