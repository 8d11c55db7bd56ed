// Words on their way to Discord: cut, marked and escaped, and still what the source says.

import { describe, expect, it } from "vitest";
import { escapeText, oneLine } from "../../src/discord/escape.ts";
import { blockQuote, blockQuotes, isCut } from "../../src/discord/quotation.ts";
import { dateText, sectionText } from "../../src/discord/source-line.ts";
import { bolded, quote } from "./room.ts";

describe("a quotation", () => {
  const long = "The first sentence stands here. The second one is a little longer. ".repeat(40);

  it("that is too long is cut at a sentence end", () => {
    const cut = blockQuote(quote({ text: long }), 200);
    expect(cut).toMatchInlineSnapshot(
      `"> The first sentence stands here. The second one is a little longer. The first sentence stands here. The second one is a little longer. The first sentence stands here. …"`,
    );
    expect(cut.length).toBeLessThanOrEqual(200);
  });

  it("is cut so that its bold words stay, with what stands around them", () => {
    expect(blockQuote(bolded(`${long}In all, 62% were NEET. ${long}`, "62%"), 260)).toMatchInlineSnapshot(
      `"> … The second one is a little longer. The first sentence stands here. The second one is a little longer. In all, **62%** were NEET. The first sentence stands here. The second one is a little longer. The first sentence stands here. …"`,
    );
  });

  it("reads as its source reads, whatever that means to Discord", () => {
    const text =
      "# 1 *star* _x_ `code` ~~no~~ ||spoiler|| [link](https://x.org) <@1>\n- item\n12. item\n> said: 10:30";
    expect(blockQuote(bolded(text, "*star*"), 500)).toMatchInlineSnapshot(`
      "> \\# 1 **\\*star\\*** \\_x\\_ \\\`code\\\` \\~\\~no\\~\\~ \\|\\|spoiler\\|\\| \\[link\\](https\\://x.org) \\<\\@1>
      > \\- item
      > 12\\. item
      > \\> said: 10\\:30"
    `);
  });

  it("carries bold words over lines, joins neighbours and ignores what is out of range", () => {
    const bold = [
      { start: 0, end: 3 },
      { start: 4, end: 9 },
      { start: 12, end: 12 },
      { start: 90, end: 99 },
    ];
    expect(blockQuote(quote({ text: "one two\nthree four", bold }), 200)).toBe(
      "> **one two**\n> **t**hree four",
    );
  });

  it("is told to be cut when it is", () => {
    const text = long.trim();
    expect(isCut(quote({ text }), text.length + 2)).toBe(false);
    expect(isCut(quote({ text }), text.length + 1)).toBe(true);
  });

  it("goes on in a second part where the first ends, and in no more than were asked for", () => {
    const parts = blockQuotes(bolded(long.trim(), "little longer"), [200, 300, 100_000]);
    expect(parts[0]!.length).toBeLessThanOrEqual(200);
    expect(parts[1]!.length).toBeLessThanOrEqual(300);
    const plain = parts.map((part) => part.replace(/^> (?:… )?| …$|\*\*/g, ""));
    expect(plain.join(" ")).toBe(long.trim());
    expect(blockQuotes(quote({ text: long }), [200, 300])).toHaveLength(2);
    expect(blockQuotes(quote({ text: "Short." }), [200, 300])).toEqual(["> Short."]);
  });

  it("has its footnotes below, two at most and short", () => {
    const notes = ["¹ A note.", "² Another *note*.", "³ A third."];
    expect(blockQuote(quote({ text: "A fact.¹ Another.²", notes }), 500)).toMatchInlineSnapshot(`
      "> A fact.¹ Another.²
      > ¹ A note.
      > ² Another \\*note\\*."
    `);
    const long = blockQuote(quote({ text: "A fact.¹ ".repeat(200), notes: ["¹ word ".repeat(200)] }), 500);
    expect(long.length).toBeLessThanOrEqual(500);
    expect(long.split("\n").map((line) => line.slice(0, 9))).toEqual(["> A fact.", "> ¹ word "]);
  });

  it("has who says it once, above its first part, and short where there is little room", () => {
    const words = quote({ text: long.trim(), attribution: "Ann Hall said:" });
    const parts = blockQuotes(words, [300, 300]);
    expect(parts.map((part) => part.split("\n")[0]!.slice(0, 18))).toEqual([
      "> Ann Hall said: …",
      "> … The first sent",
    ]);
    const short = blockQuote({ ...words, attribution: `Ann Hall, ${"very ".repeat(40)}said:` }, 150);
    expect(short.length).toBeLessThanOrEqual(150);
    expect(short).toMatch(/^> Ann Hall, (?:very )+…\n> The first sentence stands here\./);
  });

  it("never parts a surrogate pair", () => {
    const cut = blockQuote(quote({ text: "👩".repeat(400), bold: [{ start: 1, end: 3 }] }), 101);
    expect(cut).not.toMatch(/\p{Surrogate}/u);
    expect(cut.length).toBeLessThanOrEqual(101);
  });
});

describe("small things", () => {
  it.each([
    ["2014-08-08", "8 August 2014"],
    ["2014-08", "August 2014"],
    ["2014", "2014"],
    ["2014-13-01", "2014"],
  ])("the date %s reads %s", (date, text) => expect(dateText(date)).toBe(text));

  it("a section path is shortened from the outside", () => {
    expect(sectionText(["Part one", "Chapter two", "Care leavers"], 29)).toBe("… › Care leavers");
    expect(sectionText([], 30)).toBe("");
  });

  it("a line is cut at a word and has no white space or direction marks to play tricks with", () => {
    expect(oneLine("  a\u202e\tlong\n title that goes on ", 14)).toBe("a long title…");
    expect(oneLine("\u200b \n", 14)).toBe("");
  });

  it.each([
    ["plain words, with 42.3% (or so): fine", "plain words, with 42.3% (or so): fine"],
    ["@everyone <@1> a@b.org", String.raw`\@everyone \<\@1> a\@b.org`],
    ["https://x.org discord.gg/x :smile:", String.raw`https\://x.org discord\.gg/x \:smile:`],
    ["- a\n  1. b\n### c\n-# d\n> e", "\\- a\n  1\\. b\n\\### c\n\\-# d\n\\> e"],
    [String.raw`\*`, String.raw`\\\*`],
  ])("%s is escaped as needed and no more", (text, escaped) => expect(escapeText(text)).toBe(escaped));
});
