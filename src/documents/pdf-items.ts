// A PDF's bytes -> the pieces of text that it paints, page by page, each with place, size and font.
// Knows the format's faults and limits; what the pieces mean together is left to the other pdf files.
// Fonts are told apart by the parser's own names: which is the bold one shows in use, not in the name.

import { getDocumentProxy } from "unpdf";
import { messageOf, UserError } from "../errors.ts";

/** A stretch of text in one font on one line. Points, from the page's top left corner. */
export interface PdfItem {
  readonly text: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly font: string;
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

type Matrix = readonly [number, number, number, number, number, number];

/** Reads the text items of every page. Throws `UserError` naming `file` when there is no text to be had. */
export async function readItems(bytes: Uint8Array, file: string): Promise<PdfPage[]> {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  if (!head.includes("%PDF-")) {
    const page = /^\s*(?:<!doctype html|<html)/i.test(head);
    throw new UserError(
      page
        ? `${file}: this is a web page under a PDF's name, as a failed download leaves it. Fetch the PDF itself anew.`
        : `${file}: this is not a PDF. Fetch it anew or give it the ending of its format.`,
    );
  }
  const pdf = await getDocumentProxy(bytes.slice(), { isEvalSupported: false, verbosity: 0 }).catch(
    (error: unknown) => {
      if ((error as Error).name === "PasswordException")
        throw new UserError(`${file}: is protected by a password. Save a copy without one.`);
      throw new UserError(`${file}: is damaged and can't be opened (${messageOf(error)}). Fetch it anew.`);
    },
  );
  try {
    if (pdf.numPages > MAX_PAGES)
      throw new UserError(`${file}: ${pdf.numPages} pages are over the limit of ${MAX_PAGES} pages.`);
    const pages: PdfPage[] = [];
    for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(pdf, number, file));
    const letters = pages.flatMap((page) => page.items).reduce((sum, item) => sum + letterCount(item.text), 0);
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

async function readPage(
  pdf: Awaited<ReturnType<typeof getDocumentProxy>>,
  number: number,
  file: string,
): Promise<PdfPage> {
  try {
    const page = await pdf.getPage(number);
    const view = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    page.cleanup();
    const own: PdfItem[] = [];
    for (const item of items) {
      if (!("str" in item) || item.str === "") continue;
      const [a, b, c, d, e, f] = multiply(view.transform as unknown as Matrix, item.transform as unknown as Matrix);
      // Text that does not run from left to right is a watermark or a diagram's label.
      if (Math.abs(b) > Math.abs(a) * 0.02 || a < 0) continue;
      const text = clean(item.str);
      const size = Math.hypot(c, d);
      if (text !== "" && size > 0) own.push({ text, x: e, y: f, width: item.width, size, font: item.fontName });
      if (own.length > MAX_PAGE_ITEMS)
        throw new UserError(`${file}: page ${number} has over ${MAX_PAGE_ITEMS} pieces of text, the limit.`);
    }
    return { number, width: view.width, height: view.height, items: own };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file}: page ${number} is damaged (${messageOf(error)}). Fetch the PDF anew.`);
  }
}

/** First `m`, then `n`, as PDF composes them: the item's matrix inside the page's. */
function multiply(n: Matrix, m: Matrix): Matrix {
  return [
    n[0] * m[0] + n[2] * m[1],
    n[1] * m[0] + n[3] * m[1],
    n[0] * m[2] + n[2] * m[3],
    n[1] * m[2] + n[3] * m[3],
    n[0] * m[4] + n[2] * m[5] + n[4],
    n[1] * m[4] + n[3] * m[5] + n[5],
  ];
}

/** Ligatures to letters, odd spaces to spaces, invisible characters out; soft hyphens stay for the line's end. */
function clean(text: string): string {
  return (
    text
      .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize("NFKC"))
      .replace(/[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/g, " ")
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffc\ufffd]/g, "")
  );
}

const letterCount = (text: string) => text.match(/[\p{L}\d]/gu)?.length ?? 0;
