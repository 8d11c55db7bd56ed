// Paragraphs, lists and tables -> the bytes of a small Word file; names and contents -> those of a zip
// file, honest or not about its sizes.

import { crc32 } from "node:zlib";
import { deflateRawSync } from "node:zlib";

export interface Entry {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** The inflated size that the file claims, where it lies. */
  readonly claims?: number;
}

/** A zip file of deflated entries. */
export function makeZip(entries: readonly Entry[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims } of entries) {
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(claims ?? bytes.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), shared, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), shared, tail, Buffer.from(name)]),
    );
    files.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listed, end]);
}

/** CRC-32; Node has its own from version 20.15 on. */
const crc = (bytes: Buffer): number => crc32(bytes);

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const run = (text: string) => `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;

/** A paragraph; `list` names its numbering (1: bullets, 2: 1., 2., 3.), `note` a footnote after it. */
export function paragraph(
  text: string,
  { style, list, level = 0, note }: { style?: string; list?: 1 | 2; level?: number; note?: number } = {},
): string {
  const properties =
    (style ? `<w:pStyle w:val="${style}"/>` : "") +
    (list ? `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>` : "");
  const reference = note ? `<w:r><w:footnoteReference w:id="${note}"/></w:r>` : "";
  return `<w:p><w:pPr>${properties}</w:pPr>${run(text)}${reference}</w:p>`;
}

/** A table of rows of cells. */
export function table(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
  return `<w:tbl>${rows.map((row) => `<w:tr>${row.map(cell).join("")}</w:tr>`).join("")}</w:tbl>`;
}

const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export interface DocxOptions {
  readonly footnotes?: Readonly<Record<number, string>>;
  /** Makes the numbered list begin anew somewhere: the numbers are not known then. */
  readonly restarts?: boolean;
}

/** A Word file with this body. */
export function makeDocx(
  body: readonly string[],
  { footnotes = {}, restarts = false }: DocxOptions = {},
): Uint8Array {
  const level = (at: number, format: string, text: string) =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const override = restarts ? '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' : "";
  const notes = Object.entries(footnotes)
    .map(([id, text]) => `<w:footnote w:id="${id}">${paragraph(text)}</w:footnote>`)
    .join("");
  const styles = [1, 2, 3]
    .map(
      (n) => `<w:style w:type="paragraph" w:styleId="Heading${n}"><w:name w:val="heading ${n}"/></w:style>`,
    )
    .join("");
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (...own: readonly string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${own.join("")}</Relationships>`;
  const part = (name: string, type: string) =>
    `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${type}+xml"/>`;
  return makeZip([
    {
      name: "[Content_Types].xml",
      content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${part("document", "document.main")}${part("numbering", "numbering")}${part("styles", "styles")}${part("footnotes", "footnotes")}</Types>`,
    },
    { name: "_rels/.rels", content: relations(relation("r1", "officeDocument", "word/document.xml")) },
    {
      name: "word/_rels/document.xml.rels",
      content: relations(
        relation("r1", "numbering", "numbering.xml"),
        relation("r2", "styles", "styles.xml"),
        relation("r3", "footnotes", "footnotes.xml"),
      ),
    },
    {
      name: "word/document.xml",
      content: `<w:document ${NAMESPACE}><w:body>${body.join("")}</w:body></w:document>`,
    },
    {
      name: "word/numbering.xml",
      content: `<w:numbering ${NAMESPACE}><w:abstractNum w:abstractNumId="1">${level(0, "bullet", "•")}${level(1, "bullet", "–")}</w:abstractNum><w:abstractNum w:abstractNumId="2">${level(0, "decimal", "%1.")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/>${override}</w:num></w:numbering>`,
    },
    { name: "word/styles.xml", content: `<w:styles ${NAMESPACE}>${styles}</w:styles>` },
    { name: "word/footnotes.xml", content: `<w:footnotes ${NAMESPACE}>${notes}</w:footnotes>` },
  ]);
}
