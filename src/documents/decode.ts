// Bytes -> text: UTF-8, UTF-16 by its byte order mark, else Windows-1252. Refuses what is no text.

import { UserError } from "../errors.ts";

/** Decodes a text file. Throws `UserError` (naming `file`) when the bytes are not text. */
export function decodeText(bytes: Uint8Array, file: string): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : null;
  if (mark) return new TextDecoder(mark).decode(bytes);
  if (looksBinary(bytes)) {
    throw new UserError(
      `${file}: this is not a text file (it holds binary data). Save it as plain text (UTF-8) or remove it.`,
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return decodeWindows1252(bytes);
  }
}

/** What Windows-1252 has where Latin 1 has control characters, from 0x80 on. */
const SIGNS =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/** Windows-1252, also where it is called Latin 1. Node 20's own decoder takes it for Latin 1. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return text.replace(/[\u0080-\u009f]/g, (sign) => SIGNS[sign.charCodeAt(0) - 0x80]!);
}

/** NUL bytes, or more than 2 % control characters in the first 64 KiB. */
function looksBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 65_536);
  let control = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) control++;
  }
  return control > head.length * 0.02;
}
