import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { htmlText } from "../../src/documents/html-text.ts";
import { readHtml } from "../../src/documents/html.ts";
import { UserError } from "../../src/errors.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (html: string) => readHtml(bytes(html), "news/page.html");
const SENTENCE =
  "Inspectors found that leaders of the council listen to children, and that they act in time.";
const article = (inner: string) =>
  read(`<html><body><article><p>${SENTENCE}</p>${inner}</article></body></html>`).text;

const PAGE = `<!DOCTYPE html><html><head><title>Council praised | The Daily</title>
<meta property="og:title" content="Council praised"><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-03-05T10:00:00Z">
<script type="application/ld+json">{"@type": "NewsArticle"}</script></head><body>
<header><a href="/">The Daily</a></header>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div id="cookie-notice">We use cookies to improve your experience.</div>
<main><article><h1>Council praised</h1><time datetime="2024-03-05">5 March 2024</time>
<p>${SENTENCE}</p><h2>What comes next</h2><p>${SENTENCE} It goes on.</p>
<div class="share-buttons">Share this</div></article>
<section class="comments"><h3>Comments</h3><p>First! What a great council this is, I must say.</p></section></main>
<footer>© The Daily, all rights reserved</footer></body></html>`;

describe("a saved web page", () => {
  test("is its article, under its title", () => {
    expect(read(PAGE).text).toBe(
      `Council praised\n\n5 March 2024\n\n${SENTENCE}\n\n# What comes next\n\n${SENTENCE} It goes on.\n`,
    );
  });

  test("says title, publisher, date and kind in its head", () => {
    expect(read(PAGE).metadata).toEqual({
      title: "Council praised",
      publisher: "The Daily",
      published: "2024-03-05",
      kind: "news article",
    });
  });

  test("that says nothing of itself has no metadata but its title", () => {
    const html = `<html><head><title>Council praised</title></head><body><p>${SENTENCE}</p></body></html>`;
    expect(read(html).metadata).toEqual({ title: "Council praised" });
  });

  test("gives its date by `<time>`, too, but no part of a date", () => {
    const dated = (time: string) =>
      read(`<html><body><main>${time}<p>${SENTENCE}</p></main></body></html>`).metadata;
    expect(dated('<time datetime="2023-10-15T08:00">15 October</time>').published).toBe("2023-10-15");
    expect(dated('<time datetime="2023">last year</time>').published).toBeUndefined();
  });

  test("names the encoding that it is in", () => {
    const html = `<html><head><meta charset="windows-1252"></head><body><p>${SENTENCE} Caf\u00e9 \u0096</p></body></html>`;
    const latin = Uint8Array.from(html, (sign) => sign.charCodeAt(0));
    expect(readHtml(latin, "a.html").text).toContain("Café –");
  });
});

describe("an article's", () => {
  test("lists keep their order and depth", () => {
    const text = article(
      "<ul><li>act<ul><li>at once</li></ul></li><li>listen</li></ul><ol start='3'><li>Third.</li><li>Fourth.</li></ol>",
    );
    expect(text).toContain("\n\n- act\n  - at once\n- listen\n\n3. Third.\n4. Fourth.\n");
  });

  test("tables are rows", () => {
    const text = article(
      "<table><thead><tr><th>Judgement</th><th>Grade</th></tr></thead><tbody><tr><td><p>Leaders</p></td><td>Good</td></tr></tbody></table>",
    );
    expect(text).toContain("\n\nJudgement\tGrade\nLeaders\tGood\n");
  });

  test("line breaks, quotations, bold and hidden words are read as they show", () => {
    const { document } = parseHTML(
      "<html><body><blockquote><p>They listen.</p></blockquote><p>Ofsted<br>Manchester</p>" +
        "<div>is <b>good</b>&nbsp;now<span hidden>not</span><p>A paragraph.</p>and more</div></body></html>",
    );
    expect(htmlText(document.body as never, { numbers: true })).toBe(
      "They listen.\n\nOfsted\nManchester\n\nis good now\n\nA paragraph.\n\nand more\n",
    );
  });

  test("footnotes are marks and lines that begin with them", () => {
    const text = article(
      `<p>${SENTENCE}<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1">A note. <a href="#r">↩</a></li></ol>`,
    );
    expect(text).toContain(`${SENTENCE}¹\n\n¹ A note.\n`);
  });
});

test("a page without its outermost element is read all the same", () => {
  expect(read(`<p>${SENTENCE}</p><p>Unclosed <b>words`).text).toBe(`${SENTENCE}\n\nUnclosed words\n`);
});

describe("a page is refused by name:", () => {
  test.each([
    ["without text", '<html><body><div id="app"></div><script>run()</script></body></html>', /holds no text/],
    ["of too many elements", `<html>${"<p>a".repeat(200_001)}`, /over the limit of 200000/],
    ["that is empty", " \n", /the file is empty/],
    [
      "that is plain text",
      "Words & no < HTML.",
      /there is no HTML in it\. If it is plain text, name it \.txt/,
    ],
    ["of which only the begin is there", "<!doctype html><html><head><title>A", /holds no text/],
    ["that is no text file", "\u0000\u0001\u0002", /not a text file/],
  ])("%s", (_, html, message) => {
    expect(() => read(html)).toThrow(UserError);
    expect(() => read(html)).toThrow(message);
    expect(() => read(html)).toThrow(/^news\/page\.html: /);
  });
});
