// What REST and the engine do to the bot: each fault is survived, leaves one line in the log, and neither
// a token nor anybody's words in it.

import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { fileStore } from "../../src/discord/state/store.ts";
import { UserError } from "../../src/errors.ts";
import { IDS, person, TOKEN } from "../fakes/discord-payloads.ts";
import {
  answer,
  asked,
  complaints,
  fakeEngine,
  heldEngine,
  openRoom,
  pressed,
  quote,
  readable,
  stillAnswers,
  until,
} from "./room.ts";
import type { FakeEngine, TestRoom } from "./room.ts";
import { stateFile } from "./state/room.ts";

const QUESTION = "what was the NEET rate for care leavers?";
const MENTION = `<@${IDS.bot}>`;
const REPLY = { method: "POST", path: /^\/channels\/\d+\/messages$/ } as const;
const EDIT = { method: "PATCH", path: /@original$/ } as const;
const SORRY = "Sorry, something went wrong and I couldn't answer. Please try again in a minute.";
let room: TestRoom | undefined;

afterEach(async () => {
  await room?.close();
  expect(room?.discord.rest.problems ?? []).toEqual([]);
  const log = JSON.stringify(room?.log ?? []);
  for (const secret of [TOKEN, "interaction-token", QUESTION]) expect(log).not.toContain(secret);
  room = undefined;
});

describe("REST", () => {
  it("limits the rate: the answer comes later", async () => {
    room = await openRoom();
    const { discord } = room;
    discord.fail({ ...REPLY, status: 429, retryAfter: 0.2 });
    discord.say({ text: `${MENTION} ${QUESTION}` });
    await until(() => discord.posted()[0]);
    expect(complaints(room)).toEqual([]);
  });

  it("fails once on the edit: it is tried again", async () => {
    room = await openRoom();
    const { discord } = room;
    discord.fail({ ...EDIT, status: 500 });
    const id = discord.slash("ask", { question: QUESTION });
    expect(readable(await until(() => discord.answered(id)))).toContain("62%");
    expect(complaints(room)).toEqual([]);
  });

  it("fails for good on the edit: one line in the log, and an apology once it works again", async () => {
    room = await openRoom();
    const { discord } = room;
    discord.fail({ ...EDIT, status: 500, times: 4 });
    const id = discord.slash("ask", { question: QUESTION });
    expect(readable(await until(() => discord.answered(id)))).toBe(SORRY);
    expect(complaints(room)).toMatchObject([{ msg: "failed", status: 500, method: "PATCH" }]);
    await stillAnswers(room);
  });

  it("has forgotten the interaction (10062): nothing is asked, one line in the log", async () => {
    room = await openRoom();
    const { discord, engine } = room;
    discord.fail({ method: "POST", path: /callback$/, status: 404, code: 10062 });
    discord.slash("ask", { question: QUESTION });
    await until(() => complaints(room!).length > 0);
    expect(engine.asked).toEqual([]);
    expect(complaints(room)).toMatchObject([{ msg: "not delivered", code: 10062 }]);
    await stillAnswers(room);
  });

  it.each([
    { what: "an interaction's token has expired (10015)", fault: { ...EDIT, status: 404, code: 10015 } },
    { what: "the message is gone (10008)", fault: { ...REPLY, status: 404, code: 10008 } },
    { what: "the bot may not write there (50013)", fault: { ...REPLY, status: 403, code: 50013 } },
  ])("$what: one line in the log", async ({ fault }) => {
    room = await openRoom();
    const { discord } = room;
    discord.fail(fault);
    if (fault.method === "PATCH") discord.slash("ask", { question: QUESTION });
    else discord.say({ text: `${MENTION} ${QUESTION}` });
    await until(() => complaints(room!).length > 0);
    await stillAnswers(room);
    expect(complaints(room)).toMatchObject([{ msg: "not delivered", code: fault.code }]);
  });

  it("lets a question be deleted before its answer: nothing is posted, one line in the log", async () => {
    const { engine, release } = heldEngine();
    room = await openRoom(engine);
    const { discord } = room;
    const asked = discord.say({ text: `${MENTION} ${QUESTION}` });
    await until(() => engine.asked.length === 1);
    discord.rest.messages.delete(String(asked["id"]));
    release();
    await until(() => complaints(room!).length > 0);
    expect(complaints(room)).toMatchObject([{ msg: "not delivered", code: 50035 }]);
    expect(discord.posted()).toEqual([]);
  });

  it("forbids typing: the answer comes all the same", async () => {
    room = await openRoom();
    const { discord } = room;
    discord.fail({ method: "POST", path: /typing$/, status: 403, code: 50013 });
    discord.say({ text: `${MENTION} ${QUESTION}` });
    await until(() => discord.posted()[0]);
    expect(complaints(room)).toEqual([]);
  });
});

describe("the engine", () => {
  it("takes four seconds: the answer is deferred before, typing goes on, and it comes", async () => {
    const found: number[] = [];
    const engine = fakeEngine(async ({ text }) => {
      await new Promise((resolve) => setTimeout(resolve, 4000));
      found.push(performance.now());
      return answer(text);
    });
    room = await openRoom(engine, { limits: { concurrency: 2 } });
    const { discord } = room;
    const id = discord.slash("ask", { question: QUESTION });
    discord.say({ text: `${MENTION} ${QUESTION}`, from: person(2) });
    await until(() => discord.answered(id), "the answer", 10_000);
    await until(() => discord.posted()[0]);
    const [deferred] = discord.requests.filter(({ path }) => path.endsWith("/callback"));
    expect(deferred?.body).toMatchObject({ type: 5 });
    expect(deferred!.at).toBeLessThan(found[0]!);
    expect(complaints(room)).toEqual([]);
  });

  it("gets a new index in the middle of an answer: the answer is finished, and the next is of the new one", async () => {
    const { engine: old, release } = heldEngine();
    const rebuilt = fakeEngine(({ text }) =>
      answer(text, { quotes: [quote({ text: "From the new index.", passage: "new#1" })] }),
    );
    // What a service does behind the engine's interface.
    let current = old;
    const swapped: FakeEngine = {
      ...old,
      ask: (question) => current.ask(question),
      around: (passage) => current.around(passage),
      get documents() {
        return current.documents;
      },
    };
    room = await openRoom(swapped);
    const { discord } = room;
    const first = discord.slash("ask", { question: QUESTION });
    const second = discord.slash("ask", { question: "a second question" });
    await until(() => old.asked.length === 1);
    current = rebuilt;
    rebuilt.around = async () => null;
    release();
    const message = await until(() => discord.answered(first));
    expect(readable(message)).toContain("62%");
    expect(readable(await until(() => discord.answered(second)))).toContain("From the new index.");
    expect(readable(await pressed(room, message, "Show context"))).toMatch(
      /^The documents have been indexed anew/,
    );
    expect(complaints(room)).toEqual([]);
  });

  it("fails: a short apology, and a log without the words", async () => {
    const engine = fakeEngine(({ text }) => {
      if (text !== QUESTION) return answer(text);
      throw new Error(`no vector for "${text}" with ${TOKEN}`);
    });
    room = await openRoom(engine);
    const { discord } = room;
    const id = discord.slash("ask", { question: QUESTION });
    discord.say({ text: `${MENTION} ${QUESTION}` });
    expect(readable(await until(() => discord.answered(id)))).toBe(SORRY);
    expect(readable(await until(() => discord.posted()[0]))).toBe(SORRY);
    expect(complaints(room)).toMatchObject([
      { msg: "failed", message: 'no vector for "[redacted]" with [redacted]' },
      { msg: "failed", message: 'no vector for "[redacted]" with [redacted]' },
    ]);
    await stillAnswers(room);
  });

  it("can't use the question: its words for people are shown", async () => {
    room = await openRoom(
      fakeEngine(() => {
        throw new UserError('"2014-13" is not a date.');
      }),
    );
    const { discord } = room;
    const id = discord.slash("ask", { question: QUESTION, since: "2014-13" });
    expect(readable(await until(() => discord.answered(id)))).toBe('"2014-13" is not a date.');
    expect(complaints(room)).toEqual([]);
  });

  it("quotes a hundred kilobytes: the message keeps Discord's limits", async () => {
    const text = "A sentence of **markdown**. ".repeat(4000);
    room = await openRoom(
      fakeEngine((asked) => answer(asked.text, { quotes: [quote({ text }), quote({ text })] })),
    );
    const { discord } = room;
    discord.say({ text: `${MENTION} ${QUESTION}` });
    expect(readable(await until(() => discord.posted()[0]))).toContain("\\*\\*markdown\\*\\*. …");
  });
});

describe("the state file", () => {
  it("is locked: everything works, with one line in the log", async () => {
    const file = stateFile();
    const other = fileStore(file);
    room = await openRoom(fakeEngine(), { settings: { STATE_FILE: file } });
    const message = await asked(room, QUESTION);
    expect(readable(message)).toContain("62%");
    expect(readable(await pressed(room, message, "Right"))).toContain("Thanks!");
    await asked(room, "and in 2013?");
    expect(room.engine.asked[1]?.history).toHaveLength(1);
    expect(complaints(room)).toMatchObject([
      { msg: "the state file can't be used; state is kept in memory until it can" },
    ]);
    other.close();
  });

  it("is damaged: everything works, with one line in the log", async () => {
    const file = stateFile();
    writeFileSync(file, "no database".repeat(1000));
    room = await openRoom(fakeEngine(), { settings: { STATE_FILE: file } });
    expect(readable(await pressed(room, await asked(room, QUESTION), "Wrong"))).toContain("Thanks!");
    expect(complaints(room)).toMatchObject([
      { msg: "the state file was damaged; it is put aside and a new one begun" },
    ]);
  });
});
