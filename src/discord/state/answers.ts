// What was answered, and what people said of it: what the buttons under an answer need after a restart,
// the votes, and from both the gaps and the feedback that maintainers look at.

import type { Filter, Outcome } from "../../types.ts";
import type { Keeper } from "./keeper.ts";

export type Vote = "right" | "wrong";

/** A quotation that was shown, to be found again. */
export interface Quoted {
  readonly passage: string;
  readonly document: string;
  readonly paragraph: string | null;
  readonly text: string;
}

/** An answer as its message needs it later. */
export interface SavedAnswer {
  /** As in the buttons' custom_ids. */
  readonly key: string;
  /** The server's id; empty in direct messages. */
  readonly guild: string;
  /** Shown to nobody but the asker: its question is told to nobody unless they vote. */
  readonly hidden: boolean;
  /** The question as understood: stands by itself. */
  readonly understood: string;
  readonly outcome: Outcome;
  readonly filter: Filter;
  /** The first quotation, or all of a list that is shown as one; empty where nothing was quoted. */
  readonly quoted: readonly Quoted[];
  /** Ids of all passages that the message shows. */
  readonly shown: readonly string[];
}

/** A question with what people said of its answer. */
export interface JudgedAnswer extends SavedAnswer {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly right: number;
  readonly wrong: number;
}

export interface Answers {
  /** Keeps an answer; one of the same key is replaced, and its votes are gone. */
  save(answer: SavedAnswer, user: string): void;
  /** Null for an answer that is not known any more. */
  get(key: string): SavedAnswer | null;
  /** A person's one vote on an answer; whether it is the first, another, the same, or the answer is gone. */
  vote(key: string, user: string, vote: Vote): "first" | "changed" | "same" | "gone";
  /** How many answers of a server are kept, and how often they were said to be right and wrong. */
  tally(guild: string): { readonly answers: number; readonly right: number; readonly wrong: number };
  /** Answers of these servers that had votes, or no quotation and were not hidden; newest first. */
  judged(guilds: readonly string[]): JudgedAnswer[];
}

/** Answers kept at most; the oldest are dropped. */
const MOST_ANSWERS = 50_000;

/** Answers in the state. `now` gives milliseconds. */
export function answersIn(keeper: Keeper, now: () => number = Date.now): Answers {
  return {
    save(answer, user) {
      const at = now();
      keeper.write(({ db, hash }) => {
        db.run("DELETE FROM answers WHERE key = ?", [answer.key]);
        db.run("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [
          answer.key,
          answer.guild,
          hash(user),
          at,
          Number(answer.hidden),
          answer.understood,
          answer.outcome,
          JSON.stringify(answer),
        ]);
        db.run("DELETE FROM answers WHERE at <= (SELECT at FROM answers ORDER BY at DESC LIMIT 1 OFFSET ?)", [
          MOST_ANSWERS,
        ]);
      });
    },
    get: (key) =>
      keeper.read(({ db }) => {
        const row = db.get("SELECT saved FROM answers WHERE key = ?", [key]);
        return row === null ? null : (JSON.parse(String(row["saved"])) as SavedAnswer);
      }),
    vote(key, user, vote) {
      const at = now();
      return keeper.write(({ db, hash }) => {
        if (db.get("SELECT 1 FROM answers WHERE key = ?", [key]) === null) return "gone";
        const id = hash(user);
        const before = db.get("SELECT vote FROM votes WHERE answer = ? AND user = ?", [key, id])?.["vote"];
        db.run("INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?)", [key, id, vote, at]);
        return before === undefined ? "first" : before === vote ? "same" : "changed";
      });
    },
    tally: (guild) =>
      keeper.read(({ db }) => {
        const row = db.get(
          `SELECT count(DISTINCT key) AS answers, sum(vote IS 'right') AS "right", sum(vote IS 'wrong') AS wrong
           FROM answers LEFT JOIN votes ON answer = key WHERE guild = ?`,
          [guild],
        );
        const count = (name: string): number => Number(row?.[name] ?? 0);
        return { answers: count("answers"), right: count("right"), wrong: count("wrong") };
      }),
    judged: (guilds) =>
      keeper.read(({ db }) => {
        const rows = db.all(
          `SELECT saved, answers.at AS at,
             sum(vote IS 'right') AS "right", sum(vote IS 'wrong') AS wrong
           FROM answers LEFT JOIN votes ON answer = key
           WHERE guild IN (${guilds.map(() => "?").join(", ")})
           GROUP BY key
           HAVING count(vote) > 0 OR (outcome = 'none' AND NOT hidden)
           ORDER BY answers.at DESC, answers.rowid DESC`,
          [...guilds],
        );
        return rows.map((row) => ({
          ...(JSON.parse(String(row["saved"])) as SavedAnswer),
          at: Number(row["at"]),
          right: Number(row["right"]),
          wrong: Number(row["wrong"]),
        }));
      }),
  };
}
