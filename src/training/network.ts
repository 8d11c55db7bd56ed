// Lists of candidates with one or more right ones -> a network that puts the right one first
// (softmax cross entropy over the list, ListNet's top-one loss: Cao et al. 2007); or rows with a label
// -> a network that gives its probability (logistic loss). Adam, seeded, averaged over several starts.

import { dot } from "../index/vector-store.ts";
import type { Network } from "../retrieval/network.ts";
import type { Random } from "./random.ts";

/** Candidates of one question: `values` row after row, `right` by candidate (1 right, 0 not). */
export interface List {
  readonly values: readonly Float32Array[];
  readonly right: readonly number[];
  readonly weight?: number;
}

export interface FitOptions {
  readonly inputs: readonly string[];
  readonly hidden: number;
  readonly epochs: number;
  readonly rate: number;
  /** L2 penalty on all weights but the biases. */
  readonly decay: number;
  /** Networks trained from different starts and averaged. */
  readonly members: number;
  readonly random: Random;
  /** `list`: softmax over each list. `row`: each candidate by itself, a probability. */
  readonly loss: "list" | "row";
}

/** Fits a network. */
export function fitNetwork(lists: readonly List[], options: FitOptions): Network {
  const n = options.inputs.length;
  const { mean, scale } = moments(lists, n);
  const scaled = lists.map((list) => ({
    x: list.values.map((row) => Float64Array.from(row, (value, i) => (value - mean[i]!) / scale[i]!)),
    right: list.right,
    weight: list.weight ?? 1,
  }));
  const members = Array.from({ length: options.members }, () => fitOne(scaled, n, options));
  return average(members, { inputs: options.inputs, mean, scale });
}

interface Member {
  readonly hidden: Float64Array;
  readonly hiddenBias: Float64Array;
  readonly output: Float64Array;
  readonly bias: Float64Array;
}

function moments(lists: readonly List[], n: number): { mean: number[]; scale: number[] } {
  const sum = new Float64Array(n);
  const squares = new Float64Array(n);
  let count = 0;
  for (const { values } of lists) {
    for (const row of values) {
      count++;
      for (let i = 0; i < n; i++) {
        sum[i]! += row[i]!;
        squares[i]! += row[i]! ** 2;
      }
    }
  }
  const mean = Array.from(sum, (value) => round(value / count));
  return {
    mean,
    scale: mean.map((m, i) => round(Math.sqrt(Math.max(1e-6, squares[i]! / count - m * m))) || 1),
  };
}

function fitOne(
  lists: readonly { x: readonly Float64Array[]; right: readonly number[]; weight: number }[],
  n: number,
  { hidden: units, epochs, rate, decay, random, loss }: FitOptions,
): Member {
  const member: Member = {
    hidden: Float64Array.from({ length: units * n }, () => (random.normal() * 0.3) / Math.sqrt(n)),
    hiddenBias: new Float64Array(units),
    output: Float64Array.from({ length: units + n }, (_, i) => (i < units ? random.normal() * 0.1 : 0)),
    bias: new Float64Array(1),
  };
  const parts = [member.hidden, member.hiddenBias, member.output, member.bias];
  const adam = parts.map((part) => ({
    first: new Float64Array(part.length),
    second: new Float64Array(part.length),
    gradient: new Float64Array(part.length),
  }));
  const order = lists.map((_, i) => i);
  const BATCH = 16;
  let step = 0;
  const steps = Math.ceil(order.length / BATCH) * epochs;
  for (let epoch = 0; epoch < epochs; epoch++) {
    random.shuffle(order);
    for (let b = 0; b < order.length; b += BATCH) {
      for (const { gradient } of adam) gradient.fill(0);
      for (const at of order.slice(b, b + BATCH))
        accumulate(
          lists[at]!,
          member,
          adam.map(({ gradient }) => gradient),
          n,
          units,
          loss,
        );
      step++;
      const now = rate * Math.max(0.05, 1 - step / steps);
      for (const [p, part] of parts.entries()) {
        const { first, second, gradient } = adam[p]!;
        const shrink = p === 0 || p === 2 ? decay : 0;
        for (let i = 0; i < part.length; i++) {
          const g = gradient[i]! / BATCH + shrink * part[i]!;
          first[i] = 0.9 * first[i]! + 0.1 * g;
          second[i] = 0.999 * second[i]! + 0.001 * g * g;
          part[i]! -=
            (now * (first[i]! / (1 - 0.9 ** step))) / (Math.sqrt(second[i]! / (1 - 0.999 ** step)) + 1e-8);
        }
      }
    }
  }
  return member;
}

function accumulate(
  list: { x: readonly Float64Array[]; right: readonly number[]; weight: number },
  { hidden, hiddenBias, output, bias }: Member,
  [gHidden, gHiddenBias, gOutput, gBias]: Float64Array[],
  n: number,
  units: number,
  loss: "list" | "row",
): void {
  const activations = new Float64Array(list.x.length * units);
  const scores = list.x.map((x, c) => {
    let sum = bias[0]! + dot(output, units, x, 0, n);
    for (let h = 0; h < units; h++) {
      const a = Math.tanh(hiddenBias[h]! + dot(hidden, h * n, x, 0, n));
      activations[c * units + h] = a;
      sum += output[h]! * a;
    }
    return sum;
  });
  const delta =
    loss === "row"
      ? scores.map((s, c) => 1 / (1 + Math.exp(-s)) - list.right[c]!)
      : listDelta(scores, list.right);
  for (const [c, x] of list.x.entries()) {
    const d = delta[c]! * list.weight;
    if (Math.abs(d) < 1e-6) continue;
    gBias![0]! += d;
    addScaled(gOutput!, units, d, x);
    for (let h = 0; h < units; h++) {
      const a = activations[c * units + h]!;
      gOutput![h]! += d * a;
      const inner = d * output[h]! * (1 - a * a);
      gHiddenBias![h]! += inner;
      addScaled(gHidden!, h * n, inner, x);
    }
  }
}

function addScaled(into: Float64Array, at: number, factor: number, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) into[at + i] = into[at + i]! + factor * x[i]!;
}

function listDelta(scores: readonly number[], right: readonly number[]): number[] {
  const top = Math.max(...scores);
  const exp = scores.map((s) => Math.exp(s - top));
  const all = exp.reduce((a, b) => a + b, 0);
  const good = exp.reduce((sum, e, c) => sum + (right[c]! > 0 ? e : 0), 0);
  return exp.map((e, c) => e / all - (right[c]! > 0 && good > 0 ? e / good : 0));
}

/** Several networks as one: their hidden units side by side, outputs divided by their number. */
function average(members: readonly Member[], base: Pick<Network, "inputs" | "mean" | "scale">): Network {
  const n = base.inputs.length;
  const k = members.length;
  const units = members[0]!.hiddenBias.length;
  return {
    ...base,
    hidden: members.flatMap((member) => Array.from(member.hidden, round)),
    hiddenBias: members.flatMap((member) => Array.from(member.hiddenBias, round)),
    output: [
      ...members.flatMap((member) => Array.from(member.output.subarray(0, units), (w) => round(w / k))),
      ...Array.from({ length: n }, (_, i) =>
        round(members.reduce((sum, member) => sum + member.output[units + i]!, 0) / k),
      ),
    ],
    bias: round(members.reduce((sum, member) => sum + member.bias[0]!, 0) / k),
  };
}

const round = (x: number) => Number(x.toPrecision(5));
