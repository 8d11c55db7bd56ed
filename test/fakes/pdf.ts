// Words with places -> the bytes of a small PDF, as a word processor would paint them: each run of
// words by itself, in one of two fonts that every PDF reader knows. Enough to lay out a report's page.

export interface Run {
  readonly text: string;
  /** Points from the page's left edge and, for the baseline, from its top. */
  readonly x: number;
  readonly y: number;
  /** Default 12. */
  readonly size?: number;
  readonly bold?: boolean;
  /** Turned by 90 degrees: a watermark. */
  readonly turned?: boolean;
}

export const WIDTH = 595;
export const HEIGHT = 842;

/** Signs of Windows-1252 that are not Latin 1. */
const SIGNS = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

function escaped(text: string): string {
  return [...text]
    .map((sign) => {
      const at = SIGNS.indexOf(sign);
      const code = sign !== " " && at >= 0 ? 128 + at : sign.charCodeAt(0);
      if (code > 255) throw new Error(`The test PDF's font has no ${sign}.`);
      return code < 32 || code > 126 || "()\\".includes(sign)
        ? `\\${code.toString(8).padStart(3, "0")}`
        : sign;
    })
    .join("");
}

function paint({ text, x, y, size = 12, bold = false, turned = false }: Run): string {
  const matrix = turned ? `0 1 -1 0 ${x} ${HEIGHT - y}` : `1 0 0 1 ${x} ${HEIGHT - y}`;
  return `BT /${bold ? "F2" : "F1"} ${size} Tf ${matrix} Tm (${escaped(text)}) Tj ET`;
}

export interface PdfOptions {
  /** Makes readers ask for a password. */
  readonly locked?: boolean;
}

/** A PDF of one page for each list of runs. */
export function makePdf(pages: readonly (readonly Run[])[], { locked = false }: PdfOptions = {}): Uint8Array {
  const font = (name: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${5 + 2 * i} 0 R`).join(" ")}] >>`,
    font("Helvetica"),
    font("Helvetica-Bold"),
    ...pages.flatMap((runs, i) => {
      const content = runs.map(paint).join("\n");
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Contents ${6 + 2 * i} 0 R ` +
          `/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  const zeros = "0".repeat(64);
  if (locked) objects.push(`<< /Filter /Standard /V 1 /R 2 /P -4 /O <${zeros}> /U <${zeros}> >>`);
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const offset = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) file += `${String(offset).padStart(10, "0")} 00000 n \n`;
  const encrypt = locked ? ` /Encrypt ${objects.length} 0 R /ID [<00> <00>]` : "";
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${encrypt} >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(file, (sign) => sign.charCodeAt(0));
}

/** Helvetica's usual width of a letter, in ems: for filling lines. */
const LETTER = 0.5;

export interface Column {
  readonly x: number;
  readonly width: number;
}

/** The usual column of a page. */
export const PAGE: Column = { x: 71, width: 452 };

/** Breaks a paragraph into lines that fill a column, as a word processor does. */
export function wrap(text: string, { width }: Column, size = 12): string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line !== "" && (line.length + 1 + word.length) * LETTER * size > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

export interface Writer {
  /** The baseline of the next line. */
  readonly y: number;
  /** A paragraph with white space under it; `mark` hangs left of it. */
  paragraph(
    text: string,
    options?: Partial<Column> & { mark?: string; size?: number; bold?: boolean },
  ): Writer;
  heading(text: string, size?: number): Writer;
  /** Words at places of their own on one line; white space under it. */
  line(cells: readonly (readonly [x: number, text: string])[], gap?: number): Writer;
  runs(...runs: readonly Run[]): Writer;
  readonly page: readonly Run[];
}

/** Writes a page from its top down. */
export function write(y = 100, page: readonly Run[] = []): Writer {
  return {
    y,
    page,
    paragraph(text, { x = PAGE.x, width = PAGE.width, mark, size = 12, bold = false } = {}) {
      const left = mark === undefined ? x : x + 28;
      const lines = wrap(text, { x: left, width: width - (left - x) }, size);
      const runs = lines.map((line, i) => ({ text: line, x: left, y: y + i * size * 1.2, size, bold }));
      const marks = mark === undefined ? [] : [{ text: mark, x, y, size, bold }];
      return write(y + (lines.length - 1) * size * 1.2 + size * 2.2, [...page, ...marks, ...runs]);
    },
    heading: (text, size = 14) => write(y + size * 2, [...page, { text, x: PAGE.x, y, size, bold: true }]),
    line: (cells, gap = 27) => write(y + gap, [...page, ...cells.map(([x, text]) => ({ text, x, y }))]),
    runs: (...runs) => write(y, [...page, ...runs]),
  };
}
