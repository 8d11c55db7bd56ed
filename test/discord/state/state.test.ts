// What the bot remembers, and for how long.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { turnOf } from "../../../src/answer/turn.ts";
import type { SavedAnswer } from "../../../src/discord/state/answers.ts";
import { conversationsIn } from "../../../src/discord/state/conversations.ts";
import { openKeeper } from "../../../src/discord/state/keeper.ts";
import { openState } from "../../../src/discord/state/state.ts";
import type { State } from "../../../src/discord/state/state.ts";
import { answer } from "../room.ts";
import { readableLog, stateFile } from "./room.ts";

const DAY = 86_400_000;
let now = 1_800_000_000_000;
const open: State[] = [];
afterEach(() => open.splice(0).forEach((state) => state.close()));

function stateIn(file = ":memory:", days = 90): State {
  const state = openState({ file, days, logger: readableLog().logger, now: () => now });
  open.push(state);
  return state;
}

const saved = (key: string, over: Partial<SavedAnswer> = {}): SavedAnswer => ({
  key,
  guild: "guild",
  hidden: false,
  understood: `question ${key}`,
  outcome: "answer",
  filter: {},
  quoted: [{ passage: "report#1", document: "report", paragraph: "1", text: "Words." }],
  shown: ["report#1"],
  ...over,
});

const remember = (
  state: Pick<State, "conversations">,
  key: string,
  conversation = "here",
  user = "ann",
): void =>
  state.conversations.remember({ key, conversation, guild: "guild", user, turn: turnOf(answer(key)) });
const questions = (state: Pick<State, "conversations">, conversation = "here", before?: string): string[] =>
  state.conversations.turns(conversation, before).map(({ question }) => question);

describe("a conversation", () => {
  const limited = (all = 100): Pick<State, "conversations"> => {
    const keeper = openKeeper(":memory:", readableLog().logger);
    return { conversations: conversationsIn(keeper, { turns: 2, minutes: 30, all }, () => now) };
  };

  it("remembers its last turns for a while", () => {
    const state = limited();
    for (const key of ["one", "two", "three"]) remember(state, key);
    expect(questions(state)).toEqual(["two", "three"]);
    expect(questions(state, "there")).toEqual([]);
    now += 29 * 60_000;
    remember(state, "four", "there");
    expect(questions(state)).toEqual(["two", "three"]);
    now += 2 * 60_000;
    expect(questions(state)).toEqual([]);
    expect(questions(state, "there")).toEqual(["four"]);
  });

  it("is forgotten when it is among the oldest of too many", () => {
    const state = limited(3);
    for (const key of ["a", "b", "c", "d"]) remember(state, key, key);
    expect(["a", "b", "c", "d"].map((key) => questions(state, key).length)).toEqual([0, 1, 1, 1]);
  });

  it("has a turn replaced in its place when its question is asked anew", () => {
    const state = stateIn();
    remember(state, "one");
    remember(state, "two");
    expect(questions(state, "here", "two")).toEqual(["one"]);
    state.conversations.remember({
      key: "one",
      conversation: "here",
      guild: "guild",
      user: "ann",
      turn: turnOf(answer("one, edited")),
    });
    expect(questions(state)).toEqual(["one, edited", "two"]);
    expect(questions(state, "here", "one")).toEqual([]);
  });
});

describe("votes", () => {
  it("are one for each person and answer, and can be changed", () => {
    const { answers } = stateIn();
    answers.save(saved("a"), "ann");
    expect(answers.vote("a", "ann", "right")).toBe("first");
    expect(answers.vote("a", "ann", "right")).toBe("same");
    expect(answers.vote("a", "ben", "right")).toBe("first");
    expect(answers.vote("a", "ann", "wrong")).toBe("changed");
    expect(answers.judged(["guild"])).toMatchObject([{ key: "a", right: 1, wrong: 1 }]);
    expect(answers.vote("b", "ann", "right")).toBe("gone");
  });

  it("go when the answer is replaced", () => {
    const { answers } = stateIn();
    answers.save(saved("a"), "ann");
    answers.vote("a", "ann", "wrong");
    answers.save(saved("a", { understood: "edited" }), "ann");
    expect(answers.get("a")?.understood).toBe("edited");
    expect(answers.judged(["guild"])).toEqual([]);
  });
});

it("maintainers see what was unanswered or voted on in their servers, newest first, and nothing asked in private", () => {
  const { answers } = stateIn();
  answers.save(saved("fine"), "ann");
  answers.save(saved("none", { outcome: "none", quoted: [] }), "ann");
  answers.save(saved("secret", { outcome: "none", hidden: true }), "ann");
  answers.save(saved("told", { hidden: true }), "ann");
  answers.save(saved("elsewhere", { outcome: "none", guild: "other" }), "ann");
  answers.vote("told", "ann", "wrong");
  expect(answers.judged(["guild"]).map(({ key }) => key)).toEqual(["told", "none"]);
  expect(answers.judged(["guild", "other"])).toHaveLength(3);
});

describe("what is kept", () => {
  it("is there after a restart, in a file for the bot's account only, without anybody's id", () => {
    const file = stateFile();
    const first = stateIn(file);
    remember(first, "one", "channel:1:user-ann", "user-ann");
    first.answers.save(saved("a"), "user-ann");
    first.answers.vote("a", "user-ann", "right");
    first.channels.allow("guild", "channel");
    first.close();
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file).includes("user-ann")).toBe(false);
    const second = stateIn(file);
    expect(questions(second, "channel:1:user-ann")).toEqual(["one"]);
    expect(second.answers.get("a")).toEqual(saved("a"));
    expect(second.answers.vote("a", "user-ann", "right")).toBe("same");
    expect(second.channels.list("guild")).toEqual(["channel"]);
  });

  it("goes after the retention time, but for the channels", () => {
    const file = stateFile();
    const first = stateIn(file, 7);
    first.answers.save(saved("old"), "ann");
    now += 6 * DAY;
    first.answers.save(saved("new"), "ann");
    first.answers.vote("new", "ann", "right");
    first.channels.allow("guild", "channel");
    first.close();
    now += 2 * DAY;
    const second = stateIn(file, 7);
    expect(second.answers.get("old")).toBe(null);
    expect(second.answers.judged(["guild"])).toMatchObject([{ key: "new", right: 1 }]);
    second.close();
    now += 7 * DAY;
    const third = stateIn(file, 7);
    expect(third.answers.get("new")).toBe(null);
    expect(third.channels.list("guild")).toEqual(["channel"]);
  });

  it("of a person is forgotten in one server and in direct messages, and leaves no trace in the file", () => {
    const file = stateFile();
    const state = stateIn(file);
    remember(state, "a question of Ann's");
    remember(state, "a question of Ben's", "here", "ben");
    for (const guild of ["guild", "", "other"]) state.answers.save(saved(`ann-${guild}`, { guild }), "ann");
    state.answers.save(saved("ben"), "ben");
    state.answers.vote("ben", "ann", "right");
    expect(state.forgetUser("guild", "ann")).toBe(4);
    expect(state.forgetUser("guild", "ann")).toBe(0);
    expect(questions(state)).toEqual(["a question of Ben's"]);
    expect(["ann-guild", "ann-", "ann-other", "ben"].map((key) => state.answers.get(key) !== null)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(state.answers.judged(["guild"])).toEqual([]);
    const everything = readdirSync(dirname(file)).flatMap((name) => {
      const path = join(dirname(file), name);
      return statSync(path).isFile() ? readFileSync(path, "latin1") : [];
    });
    expect(everything.join("").includes("a question of Ann's")).toBe(false);
    expect(everything.join("").includes("a question of Ben's")).toBe(true);
  });

  it("of a whole server is forgotten at once, but for its channels", () => {
    const state = stateIn();
    remember(state, "one");
    state.answers.save(saved("a"), "ann");
    state.answers.vote("a", "ben", "right");
    state.answers.save(saved("b", { guild: "other" }), "ann");
    state.channels.allow("guild", "channel");
    expect(state.forgetGuild("guild")).toBe(2);
    expect([questions(state), state.answers.get("a"), state.answers.judged(["guild"])]).toEqual([
      [],
      null,
      [],
    ]);
    expect(state.answers.get("b")).not.toBe(null);
    expect(state.channels.list("guild")).toEqual(["channel"]);
  });
});
