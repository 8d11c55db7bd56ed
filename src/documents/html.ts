// A saved web page's bytes -> its article's text, and what the page says of itself: title, publisher,
// date. Readability finds the article; navigation, cookie banners and comments are taken out before,
// since short articles are found with them otherwise.

import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { UserError } from "../errors.ts";
import { decodeText, decodeWindows1252 } from "./decode.ts";
import { type HtmlNode, htmlText } from "./html-text.ts";
import type { Metadata } from "./metadata.ts";

/** Elements of a page, nested or not. A page with more is no article. */
const MAX_ELEMENTS = 200_000;

/** What stands around an article. */
const AROUND = [
  "script, style, noscript, template, iframe, form, button, nav, dialog",
  "[role=navigation], [role=banner], [role=contentinfo], [role=search], [role=dialog], [aria-modal=true]",
  "body > header, body > footer, [id^=cookie i], [class*=cookie i], [id*=consent i], [class*=consent i]",
  "[id=comments i], [id=disqus_thread], [class~=comments i], [class*=comment-list i], [id^=respond i]",
  "[class*=share i], [class*=social i], [class*=newsletter i], [class*=related i], [class*=breadcrumb i]",
].join(", ");

interface Page {
  readonly body: HtmlNode | null;
  readonly title: string;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

interface Element extends HtmlNode {
  remove(): void;
}

/** Reads a web page. Throws `UserError` naming `file` when it holds no article. */
export function readHtml(bytes: Uint8Array, file: string): { text: string; metadata: Metadata } {
  const source = decodeHtml(bytes, file);
  const count = source.match(/<[a-z]/gi)?.length ?? 0;
  if (source.trim() === "") throw new UserError(`${file}: the file is empty.`);
  if (count === 0)
    throw new UserError(
      `${file}: this is no web page: there is no HTML in it. If it is plain text, name it .txt.`,
    );
  if (count > MAX_ELEMENTS)
    throw new UserError(`${file}: ${count} elements are over the limit of ${MAX_ELEMENTS} for a web page.`);
  const page = parse(withElement(source));
  const metadata = readPageMetadata(page);
  const article = new Readability(withoutAround(page) as never, { charThreshold: 200 }).parse();
  const found = article?.content
    ? parse(`<html><body>${article.content}</body></html>`)
    : withoutAround(parse(withElement(source)));
  const text = found.body ? htmlText(found.body, { numbers: true, lower: 1 }) : "";
  if (!/\p{L}/u.test(text)) {
    throw new UserError(
      `${file}: this page holds no text; it is probably put together by a script. Save it from the browser as it shows.`,
    );
  }
  return { text: withTitle(text, metadata.title), metadata };
}

/** UTF-8 and UTF-16 as for text files; another encoding where the page names it. */
function decodeHtml(bytes: Uint8Array, file: string): string {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 2048));
  const named = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
  const text = decodeText(bytes, file);
  if (!named || /^utf-?(?:8|16)/i.test(named)) return text;
  if (/^(?:windows-1252|iso-8859-1|latin-?1|us-ascii)$/i.test(named)) return decodeWindows1252(bytes);
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    return text;
  }
}

/** The parser gives nothing for a page that begins without its outermost element. */
const withElement = (source: string) =>
  /<html[\s>]/i.test(source) ? source : `<html><body>${source}</body></html>`;

function withoutAround(page: Page): Page {
  for (const element of page.querySelectorAll(AROUND)) element.remove();
  return page;
}

const parse = (source: string) => parseHTML(source).document as unknown as Page;

/** What a page's head and its `<time>` say; what they don't is left out. */
function readPageMetadata(page: Page): Metadata {
  const meta = (name: string) =>
    page
      .querySelector(`meta[property="${name}" i], meta[name="${name}" i], meta[itemprop="${name}" i]`)
      ?.getAttribute?.("content")
      ?.replace(/\s+/g, " ")
      .trim();
  const heading = page.querySelector("article h1, main h1, h1")?.textContent?.replace(/\s+/g, " ").trim();
  const title = meta("og:title") || heading || page.title.replace(/\s+/g, " ").trim();
  const publisher = [meta("og:site_name"), meta("dcterms.publisher"), meta("dc.publisher")]
    // Some give an address for questions, too.
    .map((name) => name?.replace(/[\s.,;]*\S+@\S+$/, ""))
    .find((name) => name);
  const linked = [...page.querySelectorAll('script[type="application/ld+json"]')]
    .map((script) => script.textContent ?? "")
    .join("\n");
  const published = [
    meta("article:published_time"),
    meta("datePublished"),
    /"datePublished"\s*:\s*"([^"]+)"/.exec(linked)?.[1],
    page
      .querySelector("article time[datetime], header time[datetime], main time[datetime]")
      ?.getAttribute?.("datetime"),
  ]
    .map((value) => /^\d{4}-\d{2}-\d{2}/.exec(value ?? "")?.[0])
    .find((date) => date !== undefined);
  return {
    ...(title && { title }),
    ...(publisher && { publisher }),
    ...(published && { published }),
    ...(/"@type"\s*:\s*(?:\[\s*)?"(?:News|Report\w*News)Article"/.test(linked) && { kind: "news article" }),
  };
}

/** The title stands first, once. */
function withTitle(text: string, title: string | undefined): string {
  if (!title) return text;
  const plain = (line: string) =>
    line
      .replace(/^#+\s*/, "")
      .toLowerCase()
      .replace(/[^\p{L}\d]+/gu, " ")
      .trim();
  const lines = text.split("\n");
  const at = lines.slice(0, 6).findIndex((line) => plain(line) === plain(title));
  const rest = at < 0 ? text : [...lines.slice(0, at), ...lines.slice(at + 1)].join("\n");
  return `${title}\n\n${rest.replace(/^\n+/, "").replace(/\n{3,}/g, "\n\n")}`;
}
