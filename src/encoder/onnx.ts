// A table of vectors -> the bytes of an ONNX model that looks them up: inputs input_ids, attention_mask
// and token_type_ids (int64 [batch, sequence]), output last_hidden_state (float32 [batch, sequence,
// dimensions]). Writes only what such a graph needs; training the table and averaging its rows are left
// to others. Everything after the lookup is float32, element by element, so a text's vectors don't
// depend on the texts beside it.
//
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
// Wire format: https://protobuf.dev/programming-guides/encoding

import { UserError } from "../errors.ts";
import { toFloat16, toInt8 } from "./small-numbers.ts";

/** How the table is stored. Each row of `int8` has its own scale, so its error is at most max|row| / 254. */
export type Storage = "float32" | "float16" | "int8";

const FLOAT = 1;
const INT8 = 3;
const INT64 = 7;
const FLOAT16 = 10;

/**
 * The model as a file's bytes. `vectors` holds `rows` rows of `dimensions` numbers, row after row; a
 * token's id is its row.
 *
 *     gatherModel({ vectors: new Float32Array([1, 0, 0, 1]), rows: 2, dimensions: 2 })
 *     // input_ids [[1, 0]] -> last_hidden_state [[[0, 1], [1, 0]]]
 *
 * Throws `UserError` when the sizes disagree or a number is not finite.
 */
export function gatherModel(table: {
  readonly vectors: Float32Array;
  readonly rows: number;
  readonly dimensions: number;
  readonly storage?: Storage;
}): Uint8Array {
  const { vectors, rows, dimensions, storage = "float32" } = table;
  if (rows < 1 || dimensions < 1 || vectors.length !== rows * dimensions) {
    throw new UserError(
      `gatherModel: expected \`vectors\` to hold rows × dimensions = ${rows} × ${dimensions} numbers, got ${vectors.length}`,
    );
  }
  const bad = vectors.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new UserError(`gatherModel: row ${Math.floor(bad / dimensions)} holds ${vectors[bad]}`);
  }
  const graph = { float32: float32Graph, float16: float16Graph, int8: int8Graph }[storage];
  const { initializers, nodes } = graph(vectors, rows, dimensions);
  return message(
    number(1, 8), // ir_version: 8 came with opset 15 to 18; onnxruntime 1.2x reads up to 10 and more
    text(2, "chapter-and-verse"),
    bytes(
      7,
      message(
        ...nodes.map((node) => bytes(1, node)),
        text(2, "gather"),
        ...initializers.map((tensor) => bytes(5, tensor)),
        ...["input_ids", "attention_mask", "token_type_ids"].map((name) =>
          bytes(11, valueInfo(name, INT64, ["batch", "sequence"])),
        ),
        bytes(12, valueInfo("last_hidden_state", FLOAT, ["batch", "sequence", dimensions])),
      ),
    ),
    bytes(8, message(text(1, ""), number(2, 17))), // opset 17 of the default domain
  );
}

interface Graph {
  readonly initializers: readonly Uint8Array[];
  readonly nodes: readonly Uint8Array[];
}

function float32Graph(vectors: Float32Array, rows: number, dimensions: number): Graph {
  return {
    initializers: [tensor("table", FLOAT, [rows, dimensions], vectors)],
    nodes: [node("Gather", ["table", "input_ids"], "last_hidden_state")],
  };
}

function float16Graph(vectors: Float32Array, rows: number, dimensions: number): Graph {
  const half = Uint16Array.from(vectors, toFloat16);
  return {
    initializers: [tensor("table", FLOAT16, [rows, dimensions], half)],
    nodes: [
      node("Gather", ["table", "input_ids"], "half"),
      node("Cast", ["half"], "last_hidden_state", attribute("to", FLOAT)),
    ],
  };
}

function int8Graph(vectors: Float32Array, rows: number, dimensions: number): Graph {
  const { values, scales } = toInt8(vectors, rows, dimensions);
  return {
    initializers: [
      tensor("table", INT8, [rows, dimensions], values),
      tensor("scales", FLOAT, [rows, 1], scales),
    ],
    nodes: [
      node("Gather", ["table", "input_ids"], "small"),
      node("Cast", ["small"], "whole", attribute("to", FLOAT)),
      node("Gather", ["scales", "input_ids"], "scale"),
      node("Mul", ["whole", "scale"], "last_hidden_state"),
    ],
  };
}

// ONNX's messages, as far as they are needed here.

function tensor(
  name: string,
  type: number,
  dims: readonly number[],
  data: Float32Array | Uint16Array | Int8Array,
): Uint8Array {
  // raw_data is little-endian, as is every machine that Node runs on.
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return message(...dims.map((size) => number(1, size)), number(2, type), text(8, name), bytes(9, raw));
}

function node(operator: string, inputs: readonly string[], output: string, ...attributes: Uint8Array[]) {
  return message(
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(3, `${operator}_${output}`),
    text(4, operator),
    ...attributes.map((value) => bytes(5, value)),
  );
}

function attribute(name: string, value: number): Uint8Array {
  return message(text(1, name), number(3, value), number(20, 2)); // type 2: INT
}

function valueInfo(name: string, type: number, shape: readonly (string | number)[]): Uint8Array {
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
