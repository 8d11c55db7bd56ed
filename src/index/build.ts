// Documents -> an open index: passages cut, encoded and indexed. Vectors of unchanged passages may be
// handed in, so that only what changed is encoded. Where the result is kept is store.ts's business.

import type { Document, Encoder, Passage } from "../types.ts";
import { splitDocument } from "../passages/split.ts";
import { EMPTY_LEXICON, type Lexicon } from "../text/lexicon.ts";
import type { LexicalIndex } from "./lexical.ts";
import { buildLexical } from "./lexical-build.ts";
import { nearestExact, type OpenIndex, splitLengths, type WordVectors } from "./open-index.ts";

/** Texts encoded at a time. */
const BATCH = 64;

export interface BuildOptions {
  readonly lexicon?: Lexicon;
  /** A vector that is known already, by `passageInput`. */
  readonly known?: (input: string) => Float32Array | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What of a passage is encoded: list items and rows with the sentence that introduces them. */
export function passageInput(passage: Passage): string {
  return passage.leadIn ? `${passage.leadIn.text} ${passage.text}` : passage.text;
}

/** Builds an index in memory. */
export async function buildIndex(
  documents: readonly Document[],
  encoder: Encoder,
  options: BuildOptions = {},
): Promise<OpenIndex> {
  const passages = documents.flatMap(splitDocument);
  const inputs = passages.map(passageInput);
  const found = inputs.map((input) => options.known?.(input));
  const missing = found.flatMap((vector, i) => (vector ? [] : [i]));
  options.onProgress?.(passages.length - missing.length, passages.length);
  for (let i = 0; i < missing.length; i += BATCH) {
    const batch = missing.slice(i, i + BATCH);
    const vectors = await encoder.encode(
      batch.map((at) => inputs[at]!),
      "passage",
    );
    for (const [j, at] of batch.entries()) found[at] = vectors[j];
    options.onProgress?.(passages.length - missing.length + i + batch.length, passages.length);
  }
  const vectors = new Float32Array(passages.length * encoder.dimensions);
  for (const [i, vector] of found.entries()) vectors.set(vector!, i * encoder.dimensions);
  return assemble({ documents, passages, vectors, encoder, lexicon: options.lexicon ?? EMPTY_LEXICON });
}

/** Puts the parts of an index together: what a build made or a folder held. */
export async function assemble(parts: {
  readonly documents: readonly Document[];
  readonly passages: readonly Passage[];
  readonly vectors: Float32Array;
  readonly encoder: Encoder;
  readonly lexicon: Lexicon;
  readonly lexical?: LexicalIndex;
  readonly words?: WordVectors | undefined;
  readonly nearest?: OpenIndex["nearest"];
}): Promise<OpenIndex> {
  const { passages, vectors, encoder, lexicon } = parts;
  const documents = new Map(parts.documents.map((document) => [document.info.id, document]));
  const lexical =
    parts.lexical ?? buildLexical(passages, new Map([...documents].map(([id, { info }]) => [id, info])));
  const words =
    parts.words ??
    (encoder.wordVectors
      ? splitLengths(await encoder.wordVectors(lexical.forms), encoder.dimensions)
      : undefined);
  return {
    documents,
    passages,
    places: placesOf(passages),
    lexical,
    lexicon,
    encoder,
    vectors,
    ...(words && { words }),
    nearest: parts.nearest ?? ((vector, count) => nearestExact(vectors, encoder.dimensions, vector, count)),
  };
}

/** `Passage.id` -> place: a document's passages stand together, in order. */
function placesOf(passages: readonly Passage[]): OpenIndex["places"] {
  const first = new Map<string, number>();
  for (const [place, { document, ordinal }] of passages.entries()) {
    if (!first.has(document)) first.set(document, place);
    if (first.get(document)! + ordinal !== place)
      throw new Error(`${document}: its passages don't stand together`);
  }
  return {
    get(id) {
      const [, document, ordinal] = /^(.*)#(\d+)$/s.exec(id) ?? [];
      const place = (first.get(document ?? "") ?? NaN) + Number(ordinal);
      return passages[place]?.id === id ? place : undefined;
    },
  };
}
