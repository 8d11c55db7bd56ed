// All that the bot remembers, in one SQLite file: conversations, answers with their votes, channels. Old
// entries go by themselves after the retention time, and at once when they are asked to be forgotten.

import type { Logger } from "pino";
import { type Answers, answersIn } from "./answers.ts";
import { type Channels, channelsIn } from "./channels.ts";
import { type Conversations, conversationsIn } from "./conversations.ts";
import { type Keeper, openKeeper } from "./keeper.ts";

const HOUR = 3_600_000;

export interface State {
  readonly conversations: Conversations;
  readonly answers: Answers;
  readonly channels: Channels;
  /** Deletes what a person asked and said in a server and in direct messages; how many entries that were. */
  forgetUser(guild: string, user: string): number;
  /** Deletes what everybody asked and said in a server; how many entries that were. */
  forgetGuild(guild: string): number;
  close(): void;
}

export interface StateOptions {
  /** The file's path, or `:memory:` to keep nothing on disk. */
  readonly file: string;
  /** Days that questions, answers and votes are kept. */
  readonly days: number;
  readonly logger: Logger;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Opens the state. Never throws for the file's sake: see keeper.ts. */
export function openState({ file, days, logger, now = Date.now }: StateOptions): State {
  const keeper = openKeeper(file, logger);
  const dropOld = (): void => {
    const before = now() - days * 24 * HOUR;
    keeper.write(({ db }) => {
      for (const table of ["turns", "answers", "votes"])
        db.run(`DELETE FROM ${table} WHERE at < ?`, [before]);
    });
  };
  dropOld();
  const timer = setInterval(dropOld, HOUR).unref();
  return {
    conversations: conversationsIn(keeper, undefined, now),
    answers: answersIn(keeper, now),
    channels: channelsIn(keeper),
    forgetUser(guild, user) {
      const votes = "user = ? AND answer IN (SELECT key FROM answers WHERE guild IN (?, ''))";
      return (
        forget(keeper, "user = ?1 AND guild IN (?2, '')", (hash) => [hash(user), guild]) +
        keeper.write(
          ({ db, hash }) => db.run(`DELETE FROM votes WHERE ${votes}`, [hash(user), guild]).changes,
        )
      );
    },
    forgetGuild: (guild) => forget(keeper, "guild = ?", () => [guild]),
    close() {
      clearInterval(timer);
      keeper.close();
    },
  };
}

/** Deletes turns and answers, and with these their votes. */
function forget(keeper: Keeper, where: string, values: (hash: (id: string) => string) => string[]): number {
  const entries = keeper.write(({ db, hash }) => {
    const given = values(hash);
    return ["turns", "answers"]
      .map((table) => db.run(`DELETE FROM ${table} WHERE ${where}`, given).changes)
      .reduce((a, b) => a + b);
  });
  // The log beside the file holds what was written last.
  keeper.read(({ db }) => db.exec("PRAGMA wal_checkpoint(TRUNCATE)"));
  return entries;
}
