// Typed arrays <-> one file: a line of JSON with names, kinds and lengths, then the numbers as they lie
// in memory, little-endian. Opened without copying. That the bytes are those written is the reader of the
// version's business (versions.ts).

const KINDS = { i32: Int32Array, f32: Float32Array } as const;
type Kind = keyof typeof KINDS;
type Arrays<T> = { readonly [Name in keyof T]: Int32Array | Float32Array };

/** `[name, kind, count]`. */
type Entry = readonly [string, Kind, number];

/** The arrays as one file's bytes, in the order of their names' mention. */
export function packArrays<T extends Arrays<T>>(arrays: T): Buffer {
  const all = Object.entries<Int32Array | Float32Array>(arrays);
  const entries = all.map(([name, array]): Entry => [
    name,
    array instanceof Int32Array ? "i32" : "f32",
    array.length,
  ]);
  const head = JSON.stringify(entries);
  // Numbers begin at a multiple of four bytes; so the line is filled up with spaces.
  const line = Buffer.from(`${head}${" ".repeat(3 - (Buffer.byteLength(head) % 4))}\n`);
  const bodies = all.map(
    ([, { buffer, byteOffset, byteLength }]) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  return Buffer.concat([line, ...bodies]);
}

/** The arrays of a file, over its own bytes. Throws when they are no such file. */
export function unpackArrays<T extends Arrays<T>>(file: Buffer): T {
  const end = file.indexOf("\n") + 1;
  const entries = JSON.parse(file.toString("utf8", 0, end)) as Entry[];
  const bytes = aligned(file);
  let at = bytes.byteOffset + end;
  const arrays = entries.map(([name, kind, count]) => {
    const array = new KINDS[kind](bytes.buffer, at, count);
    at += array.byteLength;
    return [name, array];
  });
  return Object.fromEntries(arrays) as T;
}

/** The numbers of a file that holds nothing else. */
export function floatsOf(file: Buffer): Float32Array {
  const { buffer, byteOffset, byteLength } = aligned(file);
  return new Float32Array(buffer, byteOffset, byteLength / 4);
}

/** The same bytes, copied only where they don't begin at a multiple of four. */
function aligned(file: Buffer): Uint8Array<ArrayBuffer> {
  return file.byteOffset % 4 === 0
    ? new Uint8Array(file.buffer as ArrayBuffer, file.byteOffset, file.byteLength)
    : new Uint8Array(file);
}
