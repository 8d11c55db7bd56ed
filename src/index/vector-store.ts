// What finds the passages whose vectors are nearest to a question's: a small interface, so that it can be
// the graph that lies in the index folder (graph.ts), comparing with every vector (here), or an engine on
// other machines. Whoever asks can't tell which; test/index/vector-store.test.ts is what each must keep.

export interface Hit {
  /** The passage's place in the index. */
  readonly place: number;
  /** Cosine of its vector and the question's, -1 to 1. */
  readonly cosine: number;
}

/** Called while vectors are taken in. */
export type StoreProgress = (done: number, total: number) => void;

export interface VectorStore {
  /** Passages in it. */
  readonly size: number;
  /** The `count` passages nearest to a unit vector, nearest first; all of them where there are fewer. */
  nearest(vector: Float32Array, count: number): readonly Hit[] | Promise<readonly Hit[]>;
  /**
   * The store of the index's next version, which may be made of this one: this object is not to be asked
   * again. What it keeps on disk for the version that it was opened from stays as it is.
   * `vectors` are unit vectors, passage after passage; `from[place]` is the place in this store of a
   * passage with the same vector, each at most once, and -1 for a new one.
   */
  next(vectors: Float32Array, from: Int32Array, onProgress?: StoreProgress): Promise<VectorStore>;
  /** What it keeps in the index folder, by file name. */
  files(): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** The nearest by comparing with every vector: the reference, and fast enough below some ten thousand. */
export function exactStore(vectors: Float32Array, dimensions: number): VectorStore {
  return {
    size: vectors.length / dimensions,
    nearest: (vector, count) => nearestExact(vectors, dimensions, vector, count),
    next: (others) => Promise.resolve(exactStore(others, dimensions)),
    files: () => Promise.resolve(new Map()),
  };
}

/** The `count` vectors nearest to one, nearest first; of two as near, the earlier. */
export function nearestExact(
  vectors: Float32Array,
  dimensions: number,
  vector: Float32Array,
  count: number,
): Hit[] {
  const top: Hit[] = [];
  if (count < 1) return top;
  for (let place = 0; place * dimensions < vectors.length; place++) {
    const cosine = dot(vectors, place * dimensions, vector, 0, dimensions);
    if (top.length === count && cosine <= top[count - 1]!.cosine) continue;
    let low = 0;
    for (let high = top.length; low < high;) {
      const middle = (low + high) >> 1;
      if (top[middle]!.cosine < cosine) high = middle;
      else low = middle + 1;
    }
    top.splice(low, 0, { place, cosine });
    if (top.length > count) top.pop();
  }
  return top;
}

/**
 * Dot product of two stretches of `dimensions` numbers. Four sums side by side, which a processor adds up
 * at the same time: half the time of one.
 */
export function dot(
  a: Float32Array | Float64Array,
  aStart: number,
  b: Float32Array | Float64Array,
  bStart: number,
  dimensions: number,
): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let k = 0;
  for (; k + 3 < dimensions; k += 4) {
    first += a[aStart + k]! * b[bStart + k]!;
    second += a[aStart + k + 1]! * b[bStart + k + 1]!;
    third += a[aStart + k + 2]! * b[bStart + k + 2]!;
    fourth += a[aStart + k + 3]! * b[bStart + k + 3]!;
  }
  for (; k < dimensions; k++) first += a[aStart + k]! * b[bStart + k]!;
  return first + second + third + fourth;
}
