// What each conversation remembers, so that a follow-up can be understood: its last turns, for a while,
// over a restart. What a follow-up means is left to the engine.

import type { Turn } from "../../types.ts";
import type { Keeper } from "./keeper.ts";
import type { Store } from "./store.ts";

export const CONVERSATION_DEFAULTS = {
  /** Turns kept of one conversation. */
  turns: 6,
  /** Minutes after its last turn that a conversation is forgotten. */
  minutes: 30,
  /** Turns kept of all conversations; the oldest are dropped. */
  all: 20_000,
} as const;

/** A turn and where it belongs. */
export interface Remembered {
  /** The answer's key: a turn of the same key is replaced, in its place. */
  readonly key: string;
  /** As conversation-key.ts makes it. */
  readonly conversation: string;
  readonly guild: string;
  readonly user: string;
  readonly turn: Turn;
}

export interface Conversations {
  /** The remembered turns of a conversation, oldest first; with `before`, those older than that key's. */
  turns(conversation: string, before?: string): readonly Turn[];
  remember(remembered: Remembered): void;
}

/** Conversations in the state. `now` gives milliseconds. */
export function conversationsIn(
  keeper: Keeper,
  limits: { turns: number; minutes: number; all: number } = CONVERSATION_DEFAULTS,
  now: () => number = Date.now,
): Conversations {
  const age = limits.minutes * 60_000;
  return {
    turns: (conversation, before) =>
      keeper.read(({ db, hash }) => {
        const id = hash(conversation);
        const last = db.get("SELECT max(at) AS at FROM turns WHERE conversation = ?", [id]);
        if (now() - Number(last?.["at"] ?? 0) >= age) return [];
        const rows = db.all(
          `SELECT turn FROM turns WHERE conversation = ?1
             AND place < ifnull((SELECT place FROM turns WHERE key = ?2), 9e15)
           ORDER BY place DESC LIMIT ?3`,
          [id, before ?? null, limits.turns],
        );
        return rows.map((row) => JSON.parse(String(row["turn"])) as Turn).toReversed();
      }),
    remember(remembered) {
      const at = now();
      keeper.write((store) => {
        put(store, remembered, at);
        const { db } = store;
        // A conversation is forgotten as a whole: the turns before its last one count as recent.
        db.run(
          "DELETE FROM turns WHERE conversation IN (SELECT conversation FROM turns GROUP BY conversation HAVING max(at) <= ?)",
          [at - age],
        );
        db.run(
          "DELETE FROM turns WHERE place <= (SELECT place FROM turns ORDER BY place DESC LIMIT 1 OFFSET ?)",
          [limits.all],
        );
      });
    },
  };
}

function put({ db, hash }: Store, { key, conversation, guild, user, turn }: Remembered, at: number): void {
  db.run(
    `INSERT INTO turns (key, conversation, guild, user, at, place, turn)
       VALUES (?, ?, ?, ?, ?, (SELECT ifnull(max(place), 0) + 1 FROM turns), ?)
     ON CONFLICT (key) DO UPDATE SET at = excluded.at, turn = excluded.turn`,
    [key, hash(conversation), guild, hash(user), at, JSON.stringify(turn)],
  );
}
