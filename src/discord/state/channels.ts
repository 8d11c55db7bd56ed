// Where the bot may answer openly in each server. No channel named means: everywhere.

import type { Keeper } from "./keeper.ts";

/** As many as can be listed in a message. */
export const MOST_CHANNELS = 50;

export interface Channels {
  /** The ids of a server's channels in which the bot answers openly; empty: all of them. */
  list(guild: string): readonly string[];
  allow(guild: string, channel: string): void;
  remove(guild: string, channel: string): void;
  /** Allows all channels again. */
  clear(guild: string): void;
}

/** Channels in the state. */
export function channelsIn(keeper: Keeper): Channels {
  return {
    list: (guild) =>
      keeper.read(({ db }) =>
        db
          .all("SELECT channel FROM channels WHERE guild = ? ORDER BY rowid", [guild])
          .map((row) => String(row["channel"])),
      ),
    allow: (guild, channel) =>
      keeper.write(({ db }) => void db.run("INSERT OR IGNORE INTO channels VALUES (?, ?)", [guild, channel])),
    remove: (guild, channel) =>
      keeper.write(
        ({ db }) => void db.run("DELETE FROM channels WHERE guild = ? AND channel = ?", [guild, channel]),
      ),
    clear: (guild) => keeper.write(({ db }) => void db.run("DELETE FROM channels WHERE guild = ?", [guild])),
  };
}
