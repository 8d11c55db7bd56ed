// /passage: any paragraph by document and number, both suggested while they are typed.

import { afterEach, describe, expect, it } from "vitest";
import { commanded, fakeEngine, openRoom, quote, readable, until } from "./room.ts";
import type { TestRoom } from "./room.ts";

const EPHEMERAL = 64;
let room: TestRoom | undefined;

afterEach(async () => {
  await room?.close();
  expect(room?.discord.rest.problems).toEqual([]);
  room = undefined;
});

describe("/passage", () => {
  it("shows the paragraph openly, or to the asker only", async () => {
    room = await openRoom();
    const options = { document: "ofsted-report-2014", number: "¶ 105" };
    const open = await commanded(room, "passage", options);
    expect(open["flags"]).toBe(0);
    expect(readable(open)).toMatchInlineSnapshot(`
      "[#2e7d32]
      > The proportion of care leavers in education is too low. In March 2014, 62% of care leavers aged 19 years were NEET, compared to a national average of 42%. More is being done.
      Ofsted · 8 August 2014 · ¶ 105 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)"
    `);
    const hidden = await commanded(room, "passage", { ...options, private: true });
    expect(hidden["flags"]).toBe(EPHEMERAL);
    expect(room.engine.asked).toEqual([]);
  });

  it("shows a list under the sentence that introduces it, with that sentence's number", async () => {
    const engine = fakeEngine();
    const list = { leadIn: "The board must:", paragraph: null, page: 28 };
    engine.find = async () => [
      quote({ text: "The board must:", paragraph: "12" }),
      quote({ ...list, text: "train its staff", passage: "b" }),
      quote({ ...list, text: "write to parents", passage: "c" }),
      quote({ ...list, leadIn: "write to parents", text: "in English", passage: "d" }),
    ];
    room = await openRoom(engine);
    const message = await commanded(room, "passage", { document: "ofsted-report-2014", number: "12" });
    expect(readable(message)).toMatchInlineSnapshot(`
      "[#2e7d32]
      > The board must:
      > - train its staff
      > - write to parents
      > write to parents
      > - in English
      Ofsted · 8 August 2014 · ¶ 12 · p. 27
      (Cambridgeshire County Council: Inspection of services for children in need of help and protection, children… | … › The graded judgement about the experiences and progress of care leavers is good)"
    `);
  });

  it("shows who says a paragraph of a longer quotation", async () => {
    const engine = fakeEngine();
    engine.find = async () => [quote({ text: "“We know.”", attribution: "Ann Hall said:" })];
    room = await openRoom(engine);
    const message = await commanded(room, "passage", { document: "ofsted-report-2014", number: "1" });
    expect(readable(message)).toContain("\n> Ann Hall said: …\n> “We know.”\n");
  });

  it("shows a very long paragraph in two parts, within Discord's limits", async () => {
    const engine = fakeEngine();
    engine.find = async () => [quote({ text: "A sentence of **markdown** and more. ".repeat(200) })];
    room = await openRoom(engine);
    const message = await commanded(room, "passage", { document: "ofsted-report-2014", number: "1" });
    expect(message["embeds"]).toHaveLength(2);
    expect(readable(message)).toMatch(/ …$/);
  });

  it("says that there is no such paragraph, or document", async () => {
    room = await openRoom();
    const number = await commanded(room, "passage", { document: "ofsted-report-2014", number: "@everyone" });
    expect(readable(number)).toMatchInlineSnapshot(
      `""Cambridgeshire County Council: Inspection of services for children in need of help and protection, children looked after and care leavers" has no paragraph "\\@​everyone". Pick one from the list that appears while you type."`,
    );
    const document = await commanded(room, "passage", { document: "nothing", number: "1" });
    expect(readable(document)).toContain('There is no document "nothing".');
  });

  it("suggests documents, and paragraphs of the one that is chosen", async () => {
    room = await openRoom();
    const { discord } = room;
    const choices = async (id: string): Promise<unknown> =>
      (await until(() => discord.answered(id)))["choices"];
    expect(await choices(discord.type("passage", "document", "ofsted"))).toHaveLength(2);
    const chosen = { document: "ofsted-report-2014" };
    expect(await choices(discord.type("passage", "number", "", chosen))).toHaveLength(25);
    expect(await choices(discord.type("passage", "number", "105", chosen))).toMatchInlineSnapshot(`
      [
        {
          "name": "¶ 105 · In March 2014, 62% of care leavers aged 19 years were NEET, compared to a national average…",
          "value": "105",
        },
      ]
    `);
    expect(await choices(discord.type("passage", "number", "march neet", chosen))).toHaveLength(1);
    expect(await choices(discord.type("passage", "number", "1"))).toEqual([]);
  });
});
