// A graph of operators -> the bytes of an ONNX model, as far as the project needs them. What the graph
// computes is left to others.
//
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
// Wire format: https://protobuf.dev/programming-guides/encoding

export const FLOAT = 1;
export const INT8 = 3;
export const INT64 = 7;
export const FLOAT16 = 10;

/** An input or output of the model; a named size may be any. */
export interface Value {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly (string | number)[];
}

export interface Graph {
  readonly name: string;
  /** Made with `tensor`. */
  readonly initializers: readonly Uint8Array[];
  /** Made with `node`, each after those whose outputs it takes. */
  readonly nodes: readonly Uint8Array[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** The model as a file's bytes; its operators are those of opset 17. */
export function modelFile({ name, initializers, nodes, inputs, outputs }: Graph): Uint8Array {
  return message(
    number(1, 8), // ir_version: 8 came with opset 15 to 18; onnxruntime 1.2x reads up to 10 and more
    text(2, "chapter-and-verse"),
    bytes(
      7,
      message(
        ...nodes.map((each) => bytes(1, each)),
        text(2, name),
        ...initializers.map((each) => bytes(5, each)),
        ...inputs.map((value) => bytes(11, valueInfo(value))),
        ...outputs.map((value) => bytes(12, valueInfo(value))),
      ),
    ),
    bytes(8, message(text(1, ""), number(2, 17))), // opset 17 of the default domain
  );
}

/** A constant of the graph. */
export function tensor(
  name: string,
  type: number,
  dims: readonly number[],
  data: Float32Array | Uint16Array | Int8Array | BigInt64Array,
): Uint8Array {
  // raw_data is little-endian, as is every machine that Node runs on.
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return message(...dims.map((size) => number(1, size)), number(2, type), text(8, name), bytes(9, raw));
}

/** One step of the graph, from named values to a named value. */
export function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Uint8Array[]
): Uint8Array {
  return message(
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(3, `${operator}_${output}`),
    text(4, operator),
    ...attributes.map((value) => bytes(5, value)),
  );
}

/** A whole number that an operator takes beside its inputs. */
export function attribute(name: string, value: number): Uint8Array {
  return message(text(1, name), number(3, value), number(20, 2)); // type 2: INT
}

function valueInfo({ name, type, shape }: Value): Uint8Array {
  const dims = shape.map((size) => bytes(1, typeof size === "number" ? number(1, size) : text(2, size)));
  return message(text(1, name), bytes(2, bytes(1, message(number(1, type), bytes(2, message(...dims))))));
}

// Protobuf's wire format: a field is its number and wire type, then a varint (0) or a length and bytes (2).

function number(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return message(Uint8Array.from([...varint(field * 8 + 2), ...varint(value.length)]), value);
}

/** A number from 0 up, seven bits a byte, lowest first. `varint(300)` is `[0xac, 0x02]`. */
function varint(value: number): number[] {
  const out: number[] = [];
  while (value >= 128) {
    out.push((value % 128) + 128);
    value = Math.floor(value / 128);
  }
  out.push(value);
  return out;
}

function message(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
