// A PDF's bytes -> the pieces of text that it paints, page by page, each with place, size and weight.
// Knows the format's faults and limits; what the pieces mean together is left to the other pdf files.

import { getDocumentProxy } from "unpdf";
import { messageOf, UserError } from "../errors.ts";
import { type Fonts, readFonts } from "./pdf-fonts.ts";

/** A stretch of text in one font on one line. Points, from the page's top left corner. */
export interface PdfItem {
  readonly text: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly bold: boolean;
}

export interface PdfPage {
  /** As a viewer counts it, from 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly items: readonly PdfItem[];
}

export const MAX_PAGES = 1_000;
export const MAX_PAGE_ITEMS = 50_000;
/** Fewer letters a page than this, on average, are a scan's stamps and not its text. */
const MIN_LETTERS_A_PAGE = 15;

/** Nothing is executed, drawn or fetched: no code from the file, no pictures, no fonts of the system. */
const OPTIONS = {
  isEvalSupported: false,
  verbosity: 0,
  disableFontFace: true,
  useSystemFonts: false,
  maxImageSize: 1,
} as const;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type Matrix = readonly number[];

/** Reads the text items of every page. Throws `UserError` naming `file` when there is no text to be had. */
export async function readItems(bytes: Uint8Array, file: string): Promise<PdfPage[]> {
  refuseOtherFormats(bytes, file);
  const pdf = await getDocumentProxy(new Uint8Array(bytes), OPTIONS).catch((error: unknown) => {
    if ((error as Error).name === "PasswordException")
      throw new UserError(`${file}: is protected by a password. Save a copy without one.`);
    throw new UserError(
      `${file}: is damaged and can't be opened (${messageOf(error).replace(/\.$/, "")}). Fetch it anew.`,
    );
  });
  try {
    if (pdf.numPages > MAX_PAGES)
      throw new UserError(`${file}: ${pdf.numPages} pages are over the limit of ${MAX_PAGES} pages.`);
    const fonts: Fonts = new Map();
    const pages: PdfPage[] = [];
    let letters = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await readPage(pdf, number, fonts, file);
      for (const item of page.items) letters += item.text.match(/[\p{L}\d]/gu)?.length ?? 0;
      pages.push(page);
    }
    if (letters < MIN_LETTERS_A_PAGE * pages.length) {
      throw new UserError(
        `${file}: the PDF holds pictures of its ${pages.length} pages but no text; it was probably scanned. ` +
          `Recognise its text first (for example: ocrmypdf in.pdf out.pdf) and put the result into the corpus.`,
      );
    }
    return pages;
  } finally {
    await pdf.destroy();
  }
}

function refuseOtherFormats(bytes: Uint8Array, file: string): void {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  if (head.includes("%PDF-")) return;
  throw new UserError(
    /^\s*(?:<!doctype html|<html)/i.test(head)
      ? `${file}: this is a web page under a PDF's name, as a failed download leaves it. Fetch the PDF itself anew.`
      : `${file}: this is not a PDF. Fetch it anew or give it the ending of its own format.`,
  );
}

async function readPage(pdf: Pdf, number: number, fonts: Fonts, file: string): Promise<PdfPage> {
  try {
    const page = await pdf.getPage(number);
    const view = page.getViewport({ scale: 1 });
    const { items: painted } = await page.getTextContent();
    const words = painted.filter((item) => "str" in item).filter((item) => item.str !== "");
    if (words.length > MAX_PAGE_ITEMS)
      throw new UserError(`${file}: page ${number} has over ${MAX_PAGE_ITEMS} pieces of text, the limit.`);
    await readFonts(page, new Set(words.map((item) => item.fontName)), fonts);
    page.cleanup();
    const items: PdfItem[] = [];
    for (const item of words) {
      const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = multiply(view.transform, item.transform);
      const text = clean(item.str);
      const size = Math.hypot(c, d);
      // Text that does not run from left to right is a watermark or a diagram's label.
      if (a <= 0 || Math.abs(b) > a * 0.02 || text === "" || size === 0) continue;
      items.push({ text, x, y, width: item.width, size, bold: fonts.get(item.fontName)?.bold ?? false });
    }
    return { number, width: view.width, height: view.height, items };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file}: page ${number} is damaged (${messageOf(error)}). Fetch the PDF anew.`);
  }
}

/** The item's matrix inside the page's. */
function multiply([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix, m: Matrix): Matrix {
  const [ma = 1, mb = 0, mc = 0, md = 1, me = 0, mf = 0] = m;
  return [
    a * ma + c * mb,
    b * ma + d * mb,
    a * mc + c * md,
    b * mc + d * md,
    a * me + c * mf + e,
    b * me + d * mf + f,
  ];
}

/** Ligatures to letters, odd spaces to spaces, invisible characters out; soft hyphens stay for the line's end. */
function clean(text: string): string {
  return (
    text
      .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize("NFKC"))
      .replace(/[\s\u2000-\u200a]+/g, " ")
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060\ufffc\ufffd]/g, "")
  );
}
