// Rendering any text at all: thousands of random documents and questions, made of what breaks things.
// Within Discord's limits, without effect on anybody, and the quotation can be read back from it.

import { expect, it } from "vitest";
import { renderContext, renderParagraph } from "../../src/discord/render-paragraph.ts";
import { renderAnswer, renderMore, renderNotice } from "../../src/discord/render.ts";
import type { Quote } from "../../src/types.ts";
import { messageProblems } from "../fakes/discord-limits.ts";
import { answer, DOCUMENTS, quote } from "./room.ts";

const RUNS = 2000;
const SCRAPS = [
  ..."abc xyz Été ÅØ 123 4.5% £2.3m , ; : . ! ? ( ) “ ” ’ — - + = / & ^ $ # > < * _ ~ | ` [ ] @ \\".split(
    " ",
  ),
  ..." |\n|\t|\n\n|\r\n|\u2028|\u00a0|\u200b|\u200d|\ufeff|\u202e|\u2066|\u0000|\u0007|\u0301".split("|"),
  ..."👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝕏 日本語。 שלום עולם مرحبا \ud800 \udfff \ud83d".split(" "),
  ..."**bold** __u__ ~~s~~ ||spoiler|| `code` ```js *** ___ > >>> # ## -# - * 1. 12. \\* \\\\ ¯\\_(ツ)_/¯".split(
    " ",
  ),
  ..."@everyone @here <@1> <@!1> <@&1> <#1> </ask:1> <t:1> <:a:1> <a:b:1> <id:guide> :smile: a@b.org".split(
    " ",
  ),
  ..."https://x.org http://x [a](https://x.org) <https://x.org> discord.gg/abc discord.com/invite/x".split(
    " ",
  ),
  ..."A sentence of some length, with a point at its end. | Another one? | e.g. this |\n- an item".split("|"),
];

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function makeText(next: () => number): string {
  const kind = next();
  const count = kind < 0.7 ? next() * 30 : kind < 0.99 ? next() * 600 : 20_000;
  // Some texts are one scrap over and over.
  const few = next() < 0.1 ? [Math.floor(next() * SCRAPS.length)] : null;
  const space = next() < 0.6 ? " " : "";
  let text = "";
  for (let i = 0; i < count && text.length < 100_000; i++) {
    const index = few === null || next() < 0.02 ? Math.floor(next() * SCRAPS.length) : few[0];
    text += (SCRAPS[index ?? 0] ?? "") + space;
  }
  return text;
}

function makeQuote(next: () => number): Quote {
  const text = makeText(next);
  const spans = Array.from({ length: Math.floor(next() * 4) }, () => {
    const start = Math.floor(next() * text.length);
    return { start, end: start + Math.floor(next() * (next() < 0.1 ? text.length : 40)) };
  });
  const line = (): string | null => (next() < 0.3 ? null : makeText(next));
  return quote({
    text,
    bold: spans.toSorted((a, b) => a.start - b.start),
    leadIn: line(),
    title: makeText(next),
    publisher: line(),
    published: line(),
    section: [makeText(next), makeText(next)],
    paragraph: line(),
    page: next() < 0.5 ? null : 7,
    document: `document-${Math.floor(next() * 3)}`,
    passage: `passage-${next()}`,
    pieces: [],
    ...(next() < 0.2 && { attribution: makeText(next) }),
    ...(next() < 0.2 && { notes: [makeText(next), makeText(next)] }),
  });
}

/** What Discord shows for the block quotes of a description, without lead-in and ellipses. */
function read(markdown: string, leadIn: string | null): { text: string; rest: string; cut: boolean } {
  const lines = markdown.split("\n").filter((line) => line.startsWith("> "));
  const own = leadIn === null ? lines : lines.filter((line) => line.startsWith("> - "));
  const body = own.map((line) => line.slice(leadIn === null ? 2 : 4)).join("\n");
  const plain = body.replace(/\\([^0-9A-Za-z\s])|\*\*/g, (_, mark: string | undefined) => mark ?? "");
  // Where the source itself has no ellipsis, these are the marks of a cut.
  return {
    text: plain.replace(/^… /, "").replace(/ …$/, ""),
    rest: body.replace(/\\[^0-9A-Za-z\s]|\*\*/g, "·"),
    cut: plain.startsWith("… ") || plain.endsWith(" …"),
  };
}

/** What would have an effect if it were left unescaped. */
const EFFECT =
  /[*_~|<[\]`\\]|https?:\/\/|@[^\s·]|:[^\s:]+:|discord\.gg|^(?:- )?[^\S\n]*(?:#{1,3} |-# |> |>>>|(?<=- )[-*] |\d+\. )/m;

const shownText = (source: string): string =>
  source.replace(/\p{Surrogate}/gu, "\ufffd").replaceAll("\t", " — ");

it(`keeps every limit, affects nobody and can be read back, for ${RUNS} random texts`, () => {
  const next = random(20140808);
  for (let run = 0; run < RUNS; run++) {
    const outcome = (["answer", "unsure", "none"] as const)[Math.floor(next() * 3)] ?? "answer";
    const quotes =
      outcome === "none" ? [] : Array.from({ length: 1 + Math.floor(next() * 4) }, () => makeQuote(next));
    const related = Array.from({ length: Math.floor(next() * 5) }, () => makeQuote(next));
    const found = answer(makeText(next), {
      outcome,
      quotes,
      related,
      understood: makeText(next),
      message: next() < 0.5 ? null : makeText(next),
    });
    const { kind, authority, title, ...info } = {
      ...DOCUMENTS[0]!,
      kind: makeText(next),
      authority: makeText(next),
    };
    const newer = {
      info: { ...info, title: next() < 0.5 ? makeText(next) : title, kind, authority },
      why: next() < 0.5 ? "kind" : "near",
    } as const;
    const beside = (): Quote[] => (next() < 0.3 ? [] : [related[0] ?? makeQuote(next)]);
    const around = {
      before: beside(),
      itself: quotes.length === 0 ? [makeQuote(next)] : quotes,
      after: beside(),
    };
    const bodies = [
      renderAnswer(found, { showQuestion: true, key: "k".repeat(12), newer }),
      renderMore(found, []),
      renderContext(around, [quotes[0]?.text.slice(3, 50) ?? ""]),
      renderParagraph(around.itself),
      renderNotice(makeText(next)),
    ];
    for (const body of bodies) {
      const sent = { ...body, allowed_mentions: { parse: [], replied_user: false } };
      expect(messageProblems(sent), `run ${run}`).toEqual([]);
    }
    const embeds = bodies.flatMap((body) => ("embeds" in body ? body.embeds : []));
    for (const text of embeds.flatMap(({ description, fields = [] }) => [
      description ?? "",
      ...fields.map(({ value }) => value),
    ])) {
      const { rest } = read(text, null);
      expect(EFFECT.exec(rest)?.[0], `run ${run}: ${JSON.stringify(rest)}`).toBe(undefined);
    }
    quotes.slice(0, 3).forEach((source, index) => {
      // Footnotes stand below in the same quotation, who says it above; where the one ends is for people to see.
      if (source.notes !== undefined || (source.leadIn === null && source.attribution !== undefined)) return;
      const { text, cut } = read(embeds[index]?.description ?? "", source.leadIn);
      const whole = shownText(source.text);
      if (cut) expect(whole.includes(text), `run ${run}: part of the source`).toBe(true);
      else expect(text, `run ${run}: the source`).toBe(whole);
      // Not much less is shown than there is room for.
      if (cut && whole.length > 1000) expect(text.length, `run ${run}`).toBeGreaterThan(25);
    });
  }
}, 120_000);
