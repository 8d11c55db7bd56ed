// /admin, end to end through the real client: who may, and what comes of it.

import { writeFileSync } from "node:fs";
import type { ChatInputCommandInteraction } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { feedbackLines } from "../../src/discord/admin/feedback.ts";
import { createReindexer } from "../../src/discord/admin/reindex.ts";
import type { Reindex } from "../../src/discord/admin/reindex.ts";
import { gapsOf, renderGaps } from "../../src/discord/admin/gaps.ts";
import type { JudgedAnswer } from "../../src/discord/state/answers.ts";
import { UserError } from "../../src/errors.ts";
import { checkItems } from "../../src/evaluation/sets/check.ts";
import { readSets } from "../../src/evaluation/sets/read.ts";
import type { ReindexResult } from "../../src/types.ts";
import { chosenUser } from "../fakes/discord.ts";
import { IDS, MANAGER, MEMBER, person } from "../fakes/discord-payloads.ts";
import { messageProblems } from "../fakes/discord-limits.ts";
import {
  answer,
  asked,
  commanded,
  complaints,
  fakeEngine,
  openRoom,
  pressed,
  quote,
  readable,
  surroundings,
  until,
} from "./room.ts";
import type { FakeEngine, TestRoom } from "./room.ts";
import { readableLog, stateFile } from "./state/room.ts";

const QUESTION = "what was the NEET rate for care leavers?";
const EPHEMERAL = 64;
const manager = { permissions: MANAGER };
let room: TestRoom | undefined;

afterEach(async () => {
  await room?.close();
  expect(room?.discord.rest.problems ?? []).toEqual([]);
  room = undefined;
});

/** Answers all questions but those about France. */
const engineOfTwoMinds = (): FakeEngine =>
  fakeEngine(({ text }) =>
    /france/i.test(text)
      ? answer(text, { outcome: "none", quotes: [], related: [quote()], message: "The documents don't say." })
      : answer(text),
  );

describe("/admin", () => {
  it.each(["reindex", "gaps", "feedback", "channels", "forget"])(
    "%s is for people who may manage the server, whatever Discord lets through",
    async (subcommand) => {
      room = await openRoom(fakeEngine(), { reindex: () => Promise.reject(new Error("never")) });
      const options = subcommand === "forget" ? { everything: true } : {};
      const message = await commanded(room, `admin ${subcommand}`, options, { permissions: MEMBER });
      expect(message["flags"]).toBe(EPHEMERAL);
      expect(readable(message)).toBe(
        "This is for people who may manage this server (the permission Manage Server).",
      );
      const direct = await commanded(room, `admin ${subcommand}`, options, { ...manager, channel: IDS.dm });
      expect(readable(direct)).toBe("This works in a server only.");
    },
  );
});

describe("/admin reindex", () => {
  const RESULT: ReindexResult = { changed: true, documents: 6, passages: 322, encoded: 1, failures: [] };

  /** A re-index that is reported on and ended by the test. */
  function heldReindex() {
    const runs: { report: Parameters<Reindex>[0]; finish: (result: ReindexResult) => void }[] = [];
    const reindex: Reindex = (report) => new Promise((finish) => runs.push({ report, finish }));
    return { runs, reindex };
  }

  it("shows its progress, and says what was done, while questions are answered", async () => {
    const { runs, reindex } = heldReindex();
    room = await openRoom(fakeEngine(), { reindex });
    const { discord } = room;
    const id = discord.slash("admin reindex", {}, manager);
    const first = await until(() => runs[0]);
    expect(readable(await asked(room, QUESTION))).toContain("62%");
    first.report(5, 6, "Reading");
    expect(readable(await commanded(room, "admin reindex", {}, manager))).toBe(
      "I'm re-indexing already: 5 of 6 files read.",
    );
    first.report(128, 322, "Encoding");
    const again = await commanded(room, "admin reindex", {}, manager);
    expect(readable(again)).toBe("I'm re-indexing already: 128 of 322 passages encoded.");
    first.finish({ ...RESULT, failures: [{ file: "scan.pdf", reason: "has no text" }] });
    const edits = () => (discord.rest.interactions.get(id)?.edits ?? []).map((message) => readable(message));
    await until(() => edits().at(-1)?.startsWith("Done"));
    expect([
      edits()[0],
      edits()
        .at(-1)
        ?.replace(/[\d.]+ s/, "N s"),
    ]).toMatchInlineSnapshot(`
      [
        "Re-indexing; the old index answers meanwhile …",
        "Done in N s: 6 documents, 322 passages, 1 of them new or changed. The new index answers from now on.
      Left out: scan.pdf (has no text)",
      ]
    `);
    // It can be run again.
    const second = discord.slash("admin reindex", {}, manager);
    (await until(() => runs[1])).finish({ ...RESULT, changed: false, encoded: 0 });
    const same = await until(() => {
      const text = readable(discord.answered(second) ?? {});
      return text.startsWith("Done") ? text : undefined;
    });
    expect(same).toMatch(
      /s: 6 documents, 322 passages\. Nothing has changed, and the index stays as it is\.$/,
    );
  });

  it("shows its progress every other second at most", async () => {
    const { runs, reindex } = heldReindex();
    let now = 0;
    const reindexer = createReindexer(reindex, readableLog().logger, () => now);
    const shown: string[] = [];
    const interaction = {
      deferReply: async () => undefined,
      editReply: async ({ content }: { content: string }) => void shown.push(content),
    };
    const done = reindexer.run(interaction as unknown as ChatInputCommandInteraction);
    const run = await until(() => runs[0]);
    for (now = 0; now <= 5000; now += 500) run.report(now, 5000, "Encoding");
    run.finish(RESULT);
    await done;
    expect(shown.slice(1, -1)).toEqual([
      "Re-indexing: 2,000 of 5,000 passages encoded; the old index answers meanwhile …",
      "Re-indexing: 4,000 of 5,000 passages encoded; the old index answers meanwhile …",
    ]);
  });

  it("shows what people can mend, and apologises for what they can't", async () => {
    let error: Error = new UserError("corpus: there is no document to index.");
    room = await openRoom(fakeEngine(), { reindex: () => Promise.reject(error) });
    const { discord } = room;
    const said = async (text: string): Promise<unknown> => {
      const id = discord.slash("admin reindex", {}, manager);
      return until(() => readable(discord.answered(id) ?? {}) === text);
    };
    await said("corpus: there is no document to index.");
    expect(complaints(room)).toEqual([]);
    error = new Error("a bug");
    await said("Sorry, something went wrong and I couldn't answer. Please try again in a minute.");
    expect(complaints(room)).toMatchObject([{ msg: "failed", message: "a bug" }]);
  });

  it("that takes longer than Discord takes edits says in the channel that it is done", async () => {
    const { runs, reindex } = heldReindex();
    room = await openRoom(fakeEngine(), { reindex });
    const { discord } = room;
    discord.slash("admin reindex", {}, manager);
    const run = await until(() => runs[0]);
    discord.fail({ method: "PATCH", path: /@original$/, status: 401, code: 50027 });
    run.finish(RESULT);
    expect(readable(await until(() => discord.posted()[0]))).toMatch(/^Done in /);
  });

  it("isn't available where nobody provides it", async () => {
    room = await openRoom();
    expect(readable(await commanded(room, "admin reindex", {}, manager))).toMatchInlineSnapshot(
      `"Re-indexing from Discord isn't available here. Run \\\`npm run index\\\` on the bot's machine."`,
    );
  });
});

describe("/admin gaps", () => {
  it("lists what was not answered or said to be wrong, the same question once", async () => {
    room = await openRoom(engineOfTwoMinds());
    expect(readable(await commanded(room, "admin gaps", {}, manager))).toMatchInlineSnapshot(`
      "[#455a64]
      0 gaps
      No question has gone unanswered, and no answer was said to be wrong."
    `);
    await asked(room, "what is the capital of France?");
    await asked(room, "France: the capital?", { from: person(2) });
    await asked(room, "France in private?", { private: true });
    for (const from of [person(1), person(2)])
      await pressed(room, await asked(room, QUESTION, { from }), "Wrong", { from });
    const message = await commanded(room, "admin gaps", {}, manager);
    expect(message["flags"]).toBe(EPHEMERAL);
    expect(readable(message).replace(/; [^;]*\)/g, "; today)")).toMatchInlineSnapshot(`
      "[#455a64]
      2 gaps
      - what was the NEET rate for care leavers? (2 × wrong; today)
      - France: the capital? (2 × no answer; today)"
    `);
  });

  it("holds a vote that was given in a direct message, while the bot is in no other server", async () => {
    room = await openRoom();
    const direct = { channel: IDS.dm };
    await pressed(room, await asked(room, QUESTION, direct), "Wrong", direct);
    expect(readable(await commanded(room, "admin gaps", {}, manager))).toContain("1 × wrong");
    room.bot.client.guilds.cache.set("another", room.bot.client.guilds.cache.first()!);
    expect(readable(await commanded(room, "admin gaps", {}, manager))).toContain("0 gaps");
  });

  it("turns pages, for managers only", async () => {
    const engine = engineOfTwoMinds();
    room = await openRoom(engine, { limits: { questions: 100 } });
    for (let i = 0; i < 11; i++) await asked(room, `France, department ${i}?`);
    const first = await commanded(room, "admin gaps", {}, manager);
    expect(readable(first)).toContain("(Page 1 of 2, newest first)");
    const second = await pressed(room, first, "Older", manager);
    expect(readable(second)).toContain("(Page 2 of 2, newest first)");
    expect(readable(second)).toMatch(/department 0\? .*\n.*\n\n\( Newer \)$/);
    expect(readable(await pressed(room, second, "Newer", { permissions: MEMBER }))).toMatch(
      /^This is for people/,
    );
  });

  it("holds Discord's limits for any number of any texts", () => {
    const judged = Array.from({ length: 300 }, (_, i): JudgedAnswer => ({
      key: `${i}`,
      guild: "",
      hidden: false,
      understood: `${i} @everyone **${"*_`x".repeat(120)}`,
      outcome: "none",
      filter: {},
      quoted: [],
      shown: [],
      at: 1_800_000_000_000,
      right: 0,
      wrong: 99_999,
    }));
    const gaps = gapsOf(judged);
    for (const page of [-1, 0, 7, 99]) {
      const body = { ...renderGaps(gaps, page), allowed_mentions: { parse: [], replied_user: false } };
      expect(messageProblems(body)).toEqual([]);
    }
  });
});

describe("/admin feedback", () => {
  it("exports a question set that npm run eval reads", async () => {
    room = await openRoom(engineOfTwoMinds());
    expect(readable(await commanded(room, "admin feedback", {}, manager))).toBe(
      "Nobody has pressed Right or Wrong yet.",
    );
    await pressed(room, await asked(room, QUESTION), "Right");
    await pressed(room, await asked(room, "what was it in Spain?"), "Wrong");
    await asked(room, "nobody voted on this");
    const message = await commanded(room, "admin feedback", {}, manager);
    expect(message["flags"]).toBe(EPHEMERAL);
    expect(readable(message).replace(/feedback-[\w-]{12}/g, "feedback-KEY")).toMatchInlineSnapshot(`
      "2 questions: 1 with the quotation that was right, 1 to review. To use it: npm run eval -- --questions feedback.jsonl

      [feedback.jsonl]
      {"id":"feedback-KEY","question":"what was it in Spain?","type":"feedback_review","review":"said to be right by 0, wrong by 1; quoted: ofsted-report-2014 ¶ 105"}
      {"id":"feedback-KEY","question":"what was the NEET rate for care leavers?","type":"feedback","answerable":true,"need":"any","evidence":[{"document":"ofsted-report-2014","paragraph":"105","quote":"In March 2014, 62% of care leavers aged 19 years were NEET, compared to a national average of 42%."}]}
      "
    `);
    const file = `${stateFile()}.jsonl`;
    writeFileSync(file, (message["attached"] as Record<string, string>)["feedback.jsonl"] ?? "");
    const items = await readSets([file]);
    checkItems(items, ["ofsted-report-2014"], () => quote().text);
    expect(items.map(({ turns }) => turns[0]?.answerable)).toEqual([null, true]);
  });

  it("leaves for review what people don't agree on, what isn't there any more, and what quoted nothing", async () => {
    const judged: JudgedAnswer = {
      key: "key",
      guild: "",
      hidden: false,
      understood: QUESTION,
      outcome: "answer",
      filter: {},
      quoted: [quote(), quote({ text: "More is being done." })].map(
        ({ passage, document, paragraph, text }) => ({
          passage,
          document,
          paragraph,
          text,
        }),
      ),
      shown: [],
      at: 0,
      right: 2,
      wrong: 1,
    };
    const around = async () => surroundings();
    const line = async (
      over: Partial<JudgedAnswer>,
      engine: Pick<FakeEngine, "around"> = { around },
    ): Promise<unknown> => (await feedbackLines([{ ...judged, ...over }], engine))[0];
    expect(await line({})).toMatchObject({ type: "feedback", need: "all", evidence: [{}, {}] });
    expect(await line({ wrong: 2 })).toEqual({
      id: "feedback-key",
      question: QUESTION,
      type: "feedback_review",
      review: "said to be right by 2, wrong by 2; quoted: ofsted-report-2014 ¶ 105",
    });
    const gone = async () => null;
    expect(await line({}, { around: gone })).toMatchObject({
      review: "said to be right, but the documents have changed since; quoted: ofsted-report-2014 ¶ 105",
    });
    expect(await line({ quoted: [] })).toMatchObject({ review: "said to be right, but nothing was quoted" });
  });
});

describe("/admin forget", () => {
  it("deletes what one person asked, or everybody", async () => {
    room = await openRoom(engineOfTwoMinds());
    const mine = await asked(room, QUESTION);
    const theirs = await asked(room, QUESTION, { from: person(2) });
    const forget = async (options: Record<string, unknown>): Promise<string> =>
      readable(await commanded(room!, "admin forget", options, manager));
    expect(await forget({})).toMatchInlineSnapshot(
      `"Say whom to forget: /admin forget user, or everything\\:True for the whole server."`,
    );
    expect(await forget({ user: chosenUser(person(1)) })).toMatchInlineSnapshot(
      `"Forgotten: the questions, answers, conversations and votes of that person. Messages in the channels stay; delete those in Discord."`,
    );
    expect(await forget({ user: chosenUser(person(1)) })).toMatchInlineSnapshot(
      `"There was nothing to forget of that person."`,
    );
    expect(readable(await pressed(room, mine, "Right"))).toMatch(/^I don't remember this answer/);
    expect(readable(await pressed(room, theirs, "Right"))).toMatch(/^Thanks!/);
    expect(await forget({ everything: true })).toContain("of this server");
    expect(readable(await pressed(room, theirs, "Right"))).toMatch(/^I don't remember this answer/);
    await asked(room, "and in 2013?", { from: person(2) });
    expect(room.engine.asked.at(-1)?.history).toEqual([]);
  });
});
