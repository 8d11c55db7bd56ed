// A table of vectors -> the bytes of an ONNX model that looks them up: inputs input_ids, attention_mask
// and token_type_ids (int64 [batch, sequence]), output last_hidden_state (float32 [batch, sequence,
// dimensions]). Writes only what such a graph needs; training the table and averaging its rows are left
// to others. Everything after the lookup is float32, element by element, so a text's vectors don't
// depend on the texts beside it. The file's format is left to onnx-file.ts.

import { UserError } from "../errors.ts";
import { attribute, FLOAT, FLOAT16, INT64, INT8, modelFile, node, tensor, type Graph } from "./onnx-file.ts";
import { toFloat16, toInt8 } from "./small-numbers.ts";

/** How the table is stored. Each row of `int8` has its own scale, so its error is at most max|row| / 254. */
export type Storage = "float32" | "float16" | "int8";

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
  return modelFile({
    ...graph(vectors, rows, dimensions),
    name: "gather",
    inputs: ["input_ids", "attention_mask", "token_type_ids"].map((name) => ({
      name,
      type: INT64,
      shape: ["batch", "sequence"],
    })),
    outputs: [{ name: "last_hidden_state", type: FLOAT, shape: ["batch", "sequence", dimensions] }],
  });
}

type Body = Pick<Graph, "initializers" | "nodes">;

function float32Graph(vectors: Float32Array, rows: number, dimensions: number): Body {
  return {
    initializers: [tensor("table", FLOAT, [rows, dimensions], vectors)],
    nodes: [node("Gather", ["table", "input_ids"], "last_hidden_state")],
  };
}

function float16Graph(vectors: Float32Array, rows: number, dimensions: number): Body {
  const half = Uint16Array.from(vectors, toFloat16);
  return {
    initializers: [tensor("table", FLOAT16, [rows, dimensions], half)],
    nodes: [
      node("Gather", ["table", "input_ids"], "half"),
      node("Cast", ["half"], "last_hidden_state", attribute("to", FLOAT)),
    ],
  };
}

function int8Graph(vectors: Float32Array, rows: number, dimensions: number): Body {
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
