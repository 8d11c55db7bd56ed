// A tree of HTML elements -> text in plain-text conventions. Knows what each element prints; which
// part of a page is its article is html.ts's business.

import { superscript } from "./superscript.ts";

/** What is needed of a DOM node: whichever library made it. */
export interface HtmlNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<HtmlNode>;
  getAttribute?(name: string): string | null;
}

export interface HtmlOptions {
  /** Whether an ordered list's items are printed with the numbers that a browser would show. */
  readonly numbers: boolean;
  /** Headings' levels are lowered by this: 1 where the page's title stands apart. */
  readonly lower?: number;
}

const ELEMENT = 1;
const TEXT = 3;
const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM HEADER HR HTML LI MAIN NAV OL P PRE SECTION SUMMARY TABLE UL H1 H2 H3 H4 H5 H6".split(
    " ",
  ),
);
const SILENT = new Set(
  "SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME OBJECT SVG CANVAS VIDEO AUDIO BUTTON INPUT SELECT TEXTAREA HEAD".split(
    " ",
  ),
);

/** Writes an element as text: a blank line between blocks, `- ` before items, tabs between cells. */
export function htmlText(root: HtmlNode, options: HtmlOptions): string {
  const writer = new Writer(options, noteMarks(root));
  writer.block(root, 0);
  return writer.text();
}

class Writer {
  readonly #options: HtmlOptions;
  /** Lines with what stands before them: a blank line, or only the line's end. */
  readonly #lines: { readonly text: string; readonly apart: boolean }[] = [];
  #inline = "";
  /** Marks of footnotes by the element that holds their text. */
  readonly #notes: ReadonlyMap<string, string>;

  constructor(options: HtmlOptions, notes: ReadonlyMap<string, string>) {
    this.#options = options;
    this.#notes = notes;
  }

  text(): string {
    this.#flush();
    return this.#lines
      .map(({ text, apart }, i) => (i === 0 ? "" : apart ? "\n\n" : "\n") + text)
      .join("")
      .concat(this.#lines.length > 0 ? "\n" : "");
  }

  /** Writes an element's children; `depth` is how deep in lists it stands. */
  block(node: HtmlNode, depth: number): void {
    for (const child of node.childNodes) {
      if (child.nodeType === TEXT) this.#inline += child.textContent ?? "";
      if (child.nodeType !== ELEMENT || isHidden(child)) continue;
      const name = child.nodeName.toUpperCase();
      if (!BLOCKS.has(name)) {
        if (hasBlocks(child)) this.block(child, depth);
        else this.#inline += inlineText(child);
        continue;
      }
      this.#flush();
      const level = /^H([1-6])$/.exec(name)?.[1];
      if (level) this.#heading(child, Number(level));
      else if (name === "UL" || name === "OL") this.#list(child, depth);
      else if (name === "TABLE") this.#table(child);
      else this.block(child, depth);
      this.#flush();
    }
  }

  #heading(node: HtmlNode, level: number): void {
    const text = oneLine(inlineText(node));
    if (text === "") return;
    const lowered = Math.min(6, Math.max(1, level - (this.#options.lower ?? 0)));
    this.#lines.push({ text: `${"#".repeat(lowered)} ${text}`, apart: true });
  }

  #list(node: HtmlNode, depth: number): void {
    let number = Number(node.getAttribute?.("start") ?? 1) || 1;
    let first = depth === 0;
    for (const item of node.childNodes) {
      if (item.nodeType !== ELEMENT || isHidden(item)) continue;
      const name = item.nodeName.toUpperCase();
      // Lists stand in lists without an item of their own in much old HTML.
      if (name === "UL" || name === "OL") this.#list(item, depth + 1);
      if (name !== "LI") continue;
      number = Number(item.getAttribute?.("value") ?? number) || number;
      const note = this.#notes.get(item.getAttribute?.("id") ?? "") ?? null;
      const own = oneLine(ownText(item));
      const ordered = node.nodeName.toUpperCase() === "OL" && this.#options.numbers;
      const mark = note !== null ? `${superscript(note)} ` : ordered ? `${number}. ` : "- ";
      if (own !== "")
        this.#lines.push({ text: `${note === null ? "  ".repeat(depth) : ""}${mark}${own}`, apart: first });
      first = false;
      number++;
      for (const list of listsIn(item)) this.#list(list, depth + 1);
    }
  }

  #table(node: HtmlNode): void {
    let first = true;
    for (const row of descendants(node, "TR", "TABLE")) {
      const cells = [...row.childNodes].filter((cell) => /^T[DH]$/i.test(cell.nodeName));
      const texts = cells.map((cell) => oneLine(ownText(cell)));
      if (texts.every((text) => text === "")) continue;
      this.#lines.push({ text: texts.join("\t"), apart: first || texts.length < 2 });
      first = texts.length < 2;
    }
  }

  /** Ends the running paragraph; a `<br>` in it is a line's end, two are a paragraph's. */
  #flush(): void {
    for (const paragraph of this.#inline.split(/\v\s*\v/)) {
      const lines = paragraph
        .split("\v")
        .map(oneLine)
        .filter((line) => line !== "");
      for (const [i, text] of lines.entries()) this.#lines.push({ text, apart: i === 0 });
    }
    this.#inline = "";
  }
}

const oneLine = (text: string) => text.replace(/[\s\u00a0\u200b\ufeff]+/g, " ").trim();

/** An element's words; a `<br>` is a vertical tab, a raised figure a footnote's mark. */
function inlineText(node: HtmlNode): string {
  if (node.nodeType === TEXT) return (node.textContent ?? "").replaceAll("\v", " ");
  if (node.nodeType !== ELEMENT || isHidden(node)) return "";
  const name = node.nodeName.toUpperCase();
  if (name === "BR") return "\v";
  const text = [...node.childNodes].map(inlineText).join("");
  if (name === "SUP" && /^\s*\[?\d{1,3}\]?\s*$/.test(text)) return superscript(text.trim());
  return BLOCKS.has(name) ? ` ${text} ` : text;
}

/** An item's or cell's words, without those of the lists inside it and of links back from a note. */
function ownText(node: HtmlNode): string {
  return [...node.childNodes]
    .map((child) => {
      const name = child.nodeName.toUpperCase();
      if (name === "UL" || name === "OL") return " ";
      if (name === "A" && /^(?:[\s↑↩^]|\ufe0e)*$/u.test(child.textContent ?? "")) return "";
      if (child.nodeType === ELEMENT && !isHidden(child) && name !== "BR" && name !== "SUP")
        return BLOCKS.has(name) ? ` ${ownText(child)} ` : ownText(child);
      return inlineText(child);
    })
    .join("");
}

/** The marks of a page's footnotes: `<sup><a href="#note-2">[1]</a></sup>` gives `note-2` the mark 1. */
function noteMarks(root: HtmlNode): Map<string, string> {
  const marks = new Map<string, string>();
  const visit = (node: HtmlNode, raised: boolean) => {
    for (const child of node.childNodes) {
      if (child.nodeType !== ELEMENT) continue;
      const name = child.nodeName.toUpperCase();
      const id = name === "A" && raised ? /^#(.+)$/.exec(child.getAttribute?.("href") ?? "")?.[1] : undefined;
      const mark = /^\s*\[?(\d{1,3})\]?\s*$/.exec(child.textContent ?? "")?.[1];
      if (id && mark) marks.set(id, mark);
      visit(child, raised || name === "SUP");
    }
  };
  visit(root, false);
  return marks;
}

function isHidden(node: HtmlNode): boolean {
  return (
    SILENT.has(node.nodeName.toUpperCase()) ||
    node.getAttribute?.("hidden") != null ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(node.getAttribute?.("style") ?? "")
  );
}

function hasBlocks(node: HtmlNode): boolean {
  return [...node.childNodes].some((child) => BLOCKS.has(child.nodeName.toUpperCase()) || hasBlocks(child));
}

function listsIn(node: HtmlNode): HtmlNode[] {
  return [...node.childNodes].flatMap((child) =>
    /^[UO]L$/i.test(child.nodeName) ? [child] : child.nodeType === ELEMENT ? listsIn(child) : [],
  );
}

/** The elements of a name inside a node, but not those inside another element named `except`. */
function descendants(node: HtmlNode, name: string, except: string): HtmlNode[] {
  return [...node.childNodes].flatMap((child) => {
    const own = child.nodeName.toUpperCase();
    if (own === name) return [child];
    return own === except ? [] : descendants(child, name, except);
  });
}
