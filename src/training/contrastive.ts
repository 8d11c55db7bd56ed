// Pairs of texts that belong together -> the encoder's vectors. Each batch's pairs are told apart from
// each other (InfoNCE, van den Oord et al. 2018, arXiv 1807.03748) by two scores over the same rows:
//   dense: cosine of the two texts' summed rows (a row's length is its weight);
//   late:  each query word's best cosine in the passage, weighted by the row's length and averaged
//          (late interaction, Khattab & Zaharia 2020, arXiv 2004.12832).
// Optimised by Adam over the rows that a batch touches.

import { multiply, transpose } from "./matrix.ts";
import type { Random } from "./random.ts";

export interface Pair {
  readonly query: Int32Array;
  readonly passage: Int32Array;
  /** Pairs of one group meet in a batch: near subjects make hard negatives. */
  readonly group: string;
  /** Pairs with the same key are not negatives of each other. */
  readonly key: string;
}

export interface ContrastiveOptions {
  readonly dimensions: number;
  readonly epochs: number;
  readonly batch: number;
  /** Pairs of one group in a batch. */
  readonly together: number;
  readonly temperature: number;
  readonly lateTemperature: number;
  readonly rate: number;
  /** Share of a text's rows left out at random. */
  readonly dropout: number;
  readonly random: Random;
  /** The pairs of an epoch (0, 1, …): may be drawn anew for each. */
  readonly pairs: (epoch: number) => Pair[];
  readonly onEpoch?: (epoch: number, loss: number, vectors: Float32Array) => void | Promise<void>;
}

const BETA1 = 0.9;
const BETA2 = 0.999;

/** Trains `vectors` (rows × dimensions) in place. */
export async function trainContrastive(vectors: Float32Array, options: ContrastiveOptions): Promise<void> {
  const { dimensions: d, epochs } = options;
  const first = new Float32Array(vectors.length);
  const second = new Float32Array(vectors.length);
  const gradient = new Float32Array(vectors.length);
  let step = 0;
  const total = { steps: 0 };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const batches = makeBatches(options.pairs(epoch), options);
    total.steps = batches.length * epochs;
    let loss = 0;
    for (const batch of batches) {
      const touched = new Set<number>();
      loss += await accumulate(batch, vectors, gradient, touched, options);
      step++;
      const rate = options.rate * Math.min(1, step / 100) * Math.max(0.02, 1 - step / total.steps);
      const correction = Math.sqrt(1 - BETA2 ** step) / (1 - BETA1 ** step);
      for (const row of touched) {
        for (let i = row * d, end = i + d; i < end; i++) {
          const g = gradient[i]!;
          first[i] = BETA1 * first[i]! + (1 - BETA1) * g;
          second[i] = BETA2 * second[i]! + (1 - BETA2) * g * g;
          vectors[i]! -= (rate * correction * first[i]!) / (Math.sqrt(second[i]!) + 1e-8);
          gradient[i] = 0;
        }
      }
    }
    await options.onEpoch?.(epoch + 1, loss / batches.length, vectors);
  }
}

/** Batches in which runs of `together` pairs share a group. */
function makeBatches(pairs: Pair[], { batch, together, random }: ContrastiveOptions): Pair[][] {
  const groups = new Map<string, Pair[]>();
  for (const pair of random.shuffle(pairs)) {
    const group = groups.get(pair.group);
    if (group) group.push(pair);
    else groups.set(pair.group, [pair]);
  }
  const runs: Pair[][] = [];
  for (const group of groups.values())
    for (let i = 0; i < group.length; i += together) runs.push(group.slice(i, i + together));
  random.shuffle(runs);
  const flat = runs.flat();
  const out: Pair[][] = [];
  for (let i = 0; i + 8 <= flat.length; i += batch) out.push(flat.slice(i, i + batch));
  return out;
}

interface Side {
  /** Distinct rows of the batch, and each text's places among them. */
  readonly rows: Int32Array;
  readonly texts: Int32Array[];
  readonly unit: Float32Array;
  readonly length: Float32Array;
  /** Each text's summed rows, normalised, and the sum's length. */
  readonly dense: Float32Array;
  readonly norm: Float32Array;
}

function side(
  texts: Int32Array[],
  vectors: Float32Array,
  { dimensions: d, dropout, random }: ContrastiveOptions,
): Side {
  const place = new Map<number, number>();
  const dropped = texts.map((text) => {
    const kept = dropout > 0 ? text.filter(() => random.next() >= dropout) : text;
    return (kept.length > 0 ? kept : text).map((row) => {
      let at = place.get(row);
      if (at === undefined) place.set(row, (at = place.size));
      return at;
    });
  });
  const rows = Int32Array.from(place.keys());
  const unit = new Float32Array(rows.length * d);
  const length = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * d;
    let sum = 0;
    for (let k = 0; k < d; k++) sum += vectors[from + k]! ** 2;
    length[i] = Math.sqrt(sum) + 1e-9;
    for (let k = 0; k < d; k++) unit[i * d + k] = vectors[from + k]! / length[i]!;
  }
  const dense = new Float32Array(texts.length * d);
  const norm = new Float32Array(texts.length);
  for (const [i, text] of dropped.entries()) {
    for (const at of text) for (let k = 0; k < d; k++) dense[i * d + k]! += unit[at * d + k]! * length[at]!;
    let sum = 0;
    for (let k = 0; k < d; k++) sum += dense[i * d + k]! ** 2;
    norm[i] = Math.sqrt(sum) + 1e-9;
    for (let k = 0; k < d; k++) dense[i * d + k]! /= norm[i]!;
  }
  return { rows, texts: dropped, unit, length, dense, norm };
}

/** Adds the batch's gradient to `gradient` and its rows to `touched`; returns the batch's mean loss. */
async function accumulate(
  batch: readonly Pair[],
  vectors: Float32Array,
  gradient: Float32Array,
  touched: Set<number>,
  options: ContrastiveOptions,
): Promise<number> {
  const { dimensions: d, temperature, lateTemperature } = options;
  const n = batch.length;
  const q = side(
    batch.map((pair) => pair.query),
    vectors,
    options,
  );
  const p = side(
    batch.map((pair) => pair.passage),
    vectors,
    options,
  );
  const nq = q.rows.length;
  const np = p.rows.length;
  const masked = (i: number, j: number) => i !== j && batch[i]!.key === batch[j]!.key;

  const denseScores = await multiply(q.dense, n, d, transpose(p.dense, n, d), n);
  const cosines = await multiply(q.unit, nq, d, transpose(p.unit, np, d), np);
  const late = new Float32Array(n * n);
  const best = new Map<number, Int32Array>();
  const weight = q.texts.map((text) => text.reduce((sum, at) => sum + q.length[at]!, 0));
  for (let i = 0; i < n; i++) {
    const text = q.texts[i]!;
    const argmax = new Int32Array(text.length * n);
    for (let j = 0; j < n; j++) {
      const words = p.texts[j]!;
      let sum = 0;
      for (let t = 0; t < text.length; t++) {
        const base = text[t]! * np;
        let top = -2;
        let at = 0;
        for (let u = 0; u < words.length; u++) {
          const value = cosines[base + words[u]!]!;
          if (value > top) {
            top = value;
            at = words[u]!;
          }
        }
        argmax[t * n + j] = at;
        sum += q.length[text[t]!]! * top;
      }
      late[i * n + j] = sum / weight[i]!;
    }
    best.set(i, argmax);
  }

  const dDense = new Float32Array(n * n);
  const dLate = new Float32Array(n * n);
  const loss =
    crossEntropy(denseScores, dDense, n, temperature, masked) +
    crossEntropy(late, dLate, n, lateTemperature, masked);

  // Dense: through the normalised sums to every row of the texts.
  const dQ = await multiply(dDense, n, n, p.dense, d);
  const dP = await multiply(transpose(dDense, n, n), n, n, q.dense, d);
  scatterDense(q, dQ, gradient, d);
  scatterDense(p, dP, gradient, d);

  // Late: through each word's best match to the two rows' directions, and to the query row's length.
  const dCosines = new Float32Array(nq * np);
  const dLength = new Float32Array(nq);
  for (let i = 0; i < n; i++) {
    const text = q.texts[i]!;
    const argmax = best.get(i)!;
    for (let j = 0; j < n; j++) {
      const g = dLate[i * n + j]!;
      if (Math.abs(g) < 1e-7) continue;
      const score = late[i * n + j]!;
      for (let t = 0; t < text.length; t++) {
        const at = text[t]!;
        const cell = at * np + argmax[t * n + j]!;
        dCosines[cell]! += (g * q.length[at]!) / weight[i]!;
        dLength[at]! += (g * (cosines[cell]! - score)) / weight[i]!;
      }
    }
  }
  scatterUnit(q, await multiply(dCosines, nq, np, p.unit, d), dLength, gradient, d);
  scatterUnit(p, await multiply(transpose(dCosines, nq, np), np, nq, q.unit, d), null, gradient, d);
  for (const row of q.rows) touched.add(row);
  for (const row of p.rows) touched.add(row);
  return loss;
}

/** Symmetric cross entropy of the diagonal; adds to `gradient` and returns the loss. */
function crossEntropy(
  scores: Float32Array,
  gradient: Float32Array,
  n: number,
  temperature: number,
  masked: (i: number, j: number) => boolean,
): number {
  let loss = 0;
  for (const byRow of [true, false]) {
    for (let i = 0; i < n; i++) {
      const cell = (j: number) => (byRow ? i * n + j : j * n + i);
      let top = -Infinity;
      for (let j = 0; j < n; j++) if (!masked(i, j)) top = Math.max(top, scores[cell(j)]! / temperature);
      let sum = 0;
      for (let j = 0; j < n; j++) if (!masked(i, j)) sum += Math.exp(scores[cell(j)]! / temperature - top);
      for (let j = 0; j < n; j++) {
        if (masked(i, j)) continue;
        const probability = Math.exp(scores[cell(j)]! / temperature - top) / sum;
        gradient[cell(j)]! += (probability - (i === j ? 1 : 0)) / (2 * n * temperature);
        if (i === j) loss -= Math.log(probability + 1e-12) / (2 * n);
      }
    }
  }
  return loss;
}

function scatterDense(texts: Side, dDense: Float32Array, gradient: Float32Array, d: number): void {
  for (const [i, text] of texts.texts.entries()) {
    const base = i * d;
    let dot = 0;
    for (let k = 0; k < d; k++) dot += dDense[base + k]! * texts.dense[base + k]!;
    for (const at of text) {
      const to = texts.rows[at]! * d;
      for (let k = 0; k < d; k++)
        gradient[to + k]! += (dDense[base + k]! - dot * texts.dense[base + k]!) / texts.norm[i]!;
    }
  }
}

function scatterUnit(
  texts: Side,
  dUnit: Float32Array,
  dLength: Float32Array | null,
  gradient: Float32Array,
  d: number,
): void {
  for (let at = 0; at < texts.rows.length; at++) {
    const base = at * d;
    const to = texts.rows[at]! * d;
    let dot = 0;
    for (let k = 0; k < d; k++) dot += dUnit[base + k]! * texts.unit[base + k]!;
    for (let k = 0; k < d; k++) {
      const unit = texts.unit[base + k]!;
      gradient[to + k]! +=
        (dUnit[base + k]! - dot * unit) / texts.length[at]! + (dLength ? dLength[at]! * unit : 0);
    }
  }
}
