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
    return new TextDecoder("windows-1252").decode(bytes);
  }
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
