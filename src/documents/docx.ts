// A Word file's bytes -> its text in plain-text conventions: mammoth makes HTML of it, html-text.ts
// writes that. Pages are not known: Word makes them anew on every screen. The numbers of a numbered
// list are Word's, not the text's: they are written where the file leaves no doubt about them.

import mammoth from "mammoth";
import { parseHTML } from "linkedom";
import { messageOf, UserError } from "../errors.ts";
import { type HtmlNode, htmlText } from "./html-text.ts";
import { readZip } from "./zip.ts";

const DOCUMENT = "word/document.xml";
const NUMBERING = "word/numbering.xml";

/** Reads a Word file. Throws `UserError` naming `file` when it is damaged, protected or over a limit. */
export async function readDocx(bytes: Uint8Array, file: string): Promise<{ text: string }> {
  if (Buffer.from(bytes.subarray(0, 8)).toString("hex") === "d0cf11e0a1b11ae1") {
    throw new UserError(
      `${file}: is an old Word file or one protected by a password. Save it as .docx without a password.`,
    );
  }
  if (!Buffer.from(bytes.subarray(0, 2)).equals(Buffer.from("PK")))
    throw new UserError(
      `${file}: is not a Word file. Give it the ending of its own format, or save it as .docx.`,
    );
  const parts = readZip(bytes, file, [DOCUMENT, NUMBERING]);
  if (!parts.has(DOCUMENT)) throw new UserError(`${file}: is not a Word file. Save it as .docx.`);
  const numbers = countsPlainly(parts.get(NUMBERING)?.toString("utf8") ?? "");
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      {
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
        ...(numbers && { transformDocument: withNumbers }),
      },
    );
    const { document } = parseHTML(`<html><body>${value}</body></html>`);
    return { text: htmlText(document.body as unknown as HtmlNode, { numbers: false }) };
  } catch (error) {
    throw new UserError(`${file}: is damaged and can't be read (${messageOf(error)}). Save it anew.`);
  }
}

/**
 * Whether every numbered list's outer level counts 1., 2., 3. from its begin to the document's end:
 * then counting its paragraphs gives the printed numbers.
 */
function countsPlainly(numbering: string): boolean {
  if (/<w:(?:lvlOverride|startOverride)\b/.test(numbering)) return false;
  const outer = numbering.match(/<w:lvl\b[^>]*w:ilvl="0"[\s\S]*?<\/w:lvl>/g) ?? [];
  const value = (level: string, element: string) =>
    new RegExp(`<w:${element}\\b[^>]*w:val="([^"]*)"`).exec(level)?.[1];
  return outer
    .filter((level) => value(level, "numFmt") !== "bullet")
    .every(
      (level) =>
        value(level, "numFmt") === "decimal" &&
        value(level, "lvlText") === "%1." &&
        (value(level, "start") ?? "1") === "1",
    );
}

/** As much of mammoth's document tree as is needed. */
interface WordNode {
  readonly type?: string;
  readonly children?: readonly WordNode[];
  /** One object for each list and level: what tells lists apart. */
  readonly numbering?: { readonly isOrdered: boolean; readonly level: string } | null;
  readonly value?: string;
}

/** Writes the numbers of numbered paragraphs of the outer level into their text. */
function withNumbers(document: WordNode): WordNode {
  const counts = new Map<object, number>();
  const visit = (node: WordNode): WordNode => {
    const list = node.numbering;
    if (node.type === "paragraph" && list?.isOrdered === true && String(list.level) === "0") {
      const number = (counts.get(list) ?? 0) + 1;
      counts.set(list, number);
      const run = { type: "run", children: [{ type: "text", value: `${number}. ` }] };
      return { ...node, numbering: null, children: [run, ...(node.children ?? [])] };
    }
    return node.children ? { ...node, children: node.children.map(visit) } : node;
  };
  return visit(document);
}
