// Documents -> an open index: passages encoded and indexed, what is known of the index before used again.
// Where the result is kept is store.ts's business.

import type { Document, Encoder, Passage } from "../types.ts";
import { EMPTY_LEXICON, type Lexicon } from "../text/lexicon.ts";
import type { LexicalIndex } from "./lexical.ts";
import { type BuiltLexical, buildLexical } from "./lexical-build.ts";
import { type OpenIndex, splitLengths, type WordVectors } from "./open-index.ts";
import { passageInput, type Plan, planPassages, type Previous, rangesOf } from "./plan.ts";
import { exactStore, type VectorStore } from "./vector-store.ts";

/** Texts encoded at a time. */
const BATCH = 64;

/** What a build is busy with. */
export type BuildStage = "Encoding" | "Linking";

export interface BuildOptions {
  readonly lexicon?: Lexicon;
  /** What of the index before is used again. */
  readonly previous?: Previous | null;
  /** Made of the same documents and `previous`; made here otherwise. */
  readonly plan?: Plan;
  /** The kind of store, by one without passages: used where there is none before. By default an exact one. */
  readonly emptyStore?: VectorStore;
  readonly onProgress?: ((done: number, total: number, stage: BuildStage) => void) | undefined;
  /** Ends the build with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** An index with what the next one can use again. */
export type BuiltIndex = OpenIndex & { readonly lexical: BuiltLexical };

/** Builds an index in memory. */
export async function buildIndex(
  documents: readonly Document[],
  encoder: Encoder,
  options: BuildOptions = {},
): Promise<BuiltIndex> {
  const { previous = null, plan = planPassages(documents, previous), onProgress, signal } = options;
  const { passages, from, missing } = plan;
  const d = encoder.dimensions;
  const vectors = new Float32Array(passages.length * d);
  for (const [place, before] of from.entries())
    if (before !== -1)
      vectors.set(previous!.encoded!.vectors.subarray(before * d, (before + 1) * d), place * d);
  for (let i = 0; i < missing.length; i += BATCH) {
    signal?.throwIfAborted();
    const batch = missing.slice(i, i + BATCH);
    const made = await encoder.encode(
      batch.map((place) => passageInput(passages[place]!)),
      "passage",
    );
    for (const [j, place] of batch.entries()) vectors.set(made[j]!, place * d);
    onProgress?.(i + batch.length, missing.length, "Encoding");
  }
  signal?.throwIfAborted();
  const store = await (
    previous?.encoded?.store ??
    options.emptyStore ??
    exactStore(new Float32Array(0), d)
  ).next(vectors, from, (done, total) => onProgress?.(done, total, "Linking"));
  const infos = new Map(documents.map(({ info }) => [info.id, info]));
  const lexical = buildLexical(passages, infos, previous?.read && { read: previous.read, from: plan.same });
  const lexicon = options.lexicon ?? EMPTY_LEXICON;
  const index = await assemble({ documents, passages, vectors, encoder, store, lexical, lexicon });
  return { ...index, lexical };
}

/** Puts the parts of an index together: what a build made or a folder held. */
export async function assemble(parts: {
  readonly documents: readonly Document[];
  readonly passages: readonly Passage[];
  readonly vectors: Float32Array;
  readonly encoder: Encoder;
  readonly lexicon: Lexicon;
  readonly store: VectorStore;
  readonly lexical: LexicalIndex;
  readonly words?: WordVectors | undefined;
}): Promise<OpenIndex> {
  const { passages, vectors, encoder, lexicon, lexical, store } = parts;
  const documents = new Map(parts.documents.map((document) => [document.info.id, document]));
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
    store,
    ...(words && { words }),
  };
}

/** `Passage.id` -> place. */
function placesOf(passages: readonly Passage[]): OpenIndex["places"] {
  const ranges = rangesOf(passages);
  return {
    get(id) {
      const [, document, ordinal] = /^(.*)#(\d+)$/s.exec(id) ?? [];
      const place = (ranges.get(document ?? "")?.start ?? NaN) + Number(ordinal);
      return passages[place]?.id === id ? place : undefined;
    },
  };
}
