// A zip file's bytes -> some of its entries, once it is sure that none of it is a bomb. Every entry is
// inflated within what is left of the limit, since the sizes that a file declares can be lies.

import { inflateRawSync } from "node:zlib";
import { messageOf, UserError } from "../errors.ts";

export const MAX_ENTRIES = 2_000;
/** All entries together, inflated. Bytes. */
export const MAX_INFLATED = 100 * 1024 * 1024;
/** An entry's inflated bytes for each packed one, from `RATIO_FROM` bytes on: text packs tenfold. */
export const MAX_RATIO = 200;
const RATIO_FROM = 1024 * 1024;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** The named entries of a zip file. Throws `UserError` naming `file` where it is damaged or over a limit. */
export function readZip(
  bytes: Uint8Array,
  file: string,
  wanted: readonly string[],
  limit = MAX_INFLATED,
): Map<string, Buffer> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Map<string, Buffer>();
  let inflated = 0;
  try {
    const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error("its directory is missing");
    const entries = zip.readUInt16LE(end + 10);
    if (entries > MAX_ENTRIES)
      throw over(file, `${entries} files inside it are over the limit of ${MAX_ENTRIES}`);
    let at = zip.readUInt32LE(end + 16);
    for (let i = 0; i < entries; i++) {
      if (zip.readUInt32LE(at) !== CENTRAL) throw new Error("its directory is damaged");
      const nameLength = zip.readUInt16LE(at + 28);
      const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
      if (zip.readUInt16LE(at + 8) & 1)
        throw new UserError(`${file}: is protected by a password. Save a copy without one.`);
      const packed = packedBytes(zip, zip.readUInt32LE(at + 42), zip.readUInt32LE(at + 20));
      const content = unpack(packed, zip.readUInt16LE(at + 10), limit - inflated, file);
      inflated += content.length;
      if (content.length > RATIO_FROM && content.length > packed.length * MAX_RATIO)
        throw over(file, `${name} unpacks to over ${MAX_RATIO} times its size`);
      if (wanted.includes(name)) out.set(name, content);
      at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file}: is damaged and can't be opened (${messageOf(error)}). Save it anew.`);
  }
  return out;
}

function packedBytes(zip: Buffer, at: number, length: number): Buffer {
  if (zip.readUInt32LE(at) !== LOCAL) throw new Error("an entry is not where its directory says");
  const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  if (from + length > zip.length) throw new Error("it ends too early");
  return zip.subarray(from, from + length);
}

function unpack(packed: Buffer, method: number, left: number, file: string): Buffer {
  if (method !== STORED && method !== DEFLATED)
    throw new Error(`packed by method ${method}, which is not known`);
  try {
    const content =
      method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
    if (content.length <= left) return content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") throw error;
  }
  throw over(file, `it unpacks to over ${Math.round(MAX_INFLATED / 1e6)} MB, the limit`);
}

function over(file: string, what: string): UserError {
  return new UserError(`${file}: ${what}. It is left out; a Word file of mere text is far smaller.`);
}
