// Documents and the index before -> the passages of the next one, and what of each is known already: its
// words cut, its vector. Only what is new has to be cut and encoded.

import { introductionOf } from "../passages/attribution.ts";
import { splitDocument } from "../passages/split.ts";
import type { Document, Passage } from "../types.ts";
import type { ReadTerms } from "./read-terms.ts";
import type { VectorStore } from "./vector-store.ts";

/** As much of the index before as can be used again. */
export interface Previous {
  readonly documents: ReadonlyMap<string, Document>;
  readonly passages: readonly Passage[];
  /** Whether this program would cut the same text into the same passages. */
  readonly sameSplitter: boolean;
  /** Null when another encoder made them. */
  readonly encoded: { readonly vectors: Float32Array; readonly store: VectorStore } | null;
  /** Null when the program would read them otherwise. */
  readonly read: ReadTerms | null;
}

export interface Plan {
  readonly passages: readonly Passage[];
  /** Place -> place of the very same passage in the index before, or -1. */
  readonly same: Int32Array;
  /** Place -> place of a passage with the same vector in the index before, each at most once; or -1. */
  readonly from: Int32Array;
  /** Places whose passages have to be encoded. */
  readonly missing: readonly number[];
}

/** What of a passage is encoded: its words, after those that introduce it. */
export function passageInput(passage: Passage): string {
  const introduction = introductionOf(passage);
  return introduction ? `${introduction.text} ${passage.text}` : passage.text;
}

/** Plans the next index. */
export function planPassages(documents: readonly Document[], previous: Previous | null): Plan {
  const ranges = rangesOf(previous?.passages ?? []);
  const passages: Passage[] = [];
  const from: number[] = [];
  const unused = new Set(ranges.keys());
  for (const document of documents) {
    const { id } = document.info;
    const range = ranges.get(id);
    if (previous?.sameSplitter && range && isSame(document, previous.documents.get(id)!)) {
      unused.delete(id);
      for (let place = range.start; place < range.end; place++) {
        passages.push(previous.passages[place]!);
        from.push(place);
      }
    } else {
      for (const passage of splitDocument(document)) {
        passages.push(passage);
        from.push(-1);
      }
    }
  }
  const same = Int32Array.from(from);
  if (!previous?.encoded) {
    return { passages, same, from: new Int32Array(passages.length).fill(-1), missing: [...passages.keys()] };
  }
  // A passage that moved (its document changed or was renamed) keeps its vector.
  const places = new Map<string, number[]>();
  for (const id of unused) {
    const { start, end } = ranges.get(id)!;
    for (let place = start; place < end; place++) {
      const input = passageInput(previous.passages[place]!);
      const same = places.get(input);
      if (same) same.push(place);
      else places.set(input, [place]);
    }
  }
  const missing: number[] = [];
  for (const [place, passage] of passages.entries()) {
    if (from[place] !== -1) continue;
    from[place] = places.get(passageInput(passage))?.shift() ?? -1;
    if (from[place] === -1) missing.push(place);
  }
  return { passages, same, from: Int32Array.from(from), missing };
}

/** Document -> where its passages are: they stand together, in order. */
export function rangesOf(passages: readonly Passage[]): Map<string, { start: number; end: number }> {
  const ranges = new Map<string, { start: number; end: number }>();
  for (const [place, { document, ordinal }] of passages.entries()) {
    const range = ranges.get(document);
    if (ordinal !== place - (range?.start ?? place) || (range && range.end !== place))
      throw new Error(`${document}: its passages don't stand together`);
    ranges.set(document, { start: range?.start ?? place, end: place + 1 });
  }
  return ranges;
}

function isSame(document: Document, before: Document): boolean {
  return document.text === before.text && JSON.stringify(document.pages) === JSON.stringify(before.pages);
}
