// A small feed-forward network: numbers -> one score. The ranker, the sentence chooser and the
// calibration are such networks; their files are JSON that anyone can read. Training is training/'s.

import { UserError } from "../errors.ts";

export interface Network {
  /** What each input is, in order. */
  readonly inputs: readonly string[];
  /** Inputs are shifted and scaled to about -1..1 first: (x - mean) / scale. */
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  /** hidden × inputs, row after row; no hidden layer when empty. */
  readonly hidden: readonly number[];
  readonly hiddenBias: readonly number[];
  /** One weight for each hidden unit, then one for each input (the direct, linear part). */
  readonly output: readonly number[];
  readonly bias: number;
}

/** The network's score: linear part plus tanh units. */
export function score(network: Network, values: ArrayLike<number>): number {
  const { mean, scale, hidden, hiddenBias, output, bias } = network;
  const n = mean.length;
  const units = hiddenBias.length;
  let sum = bias;
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    x[i] = (values[i]! - mean[i]!) / scale[i]!;
    sum += output[units + i]! * x[i]!;
  }
  for (let h = 0; h < units; h++) {
    let inner = hiddenBias[h]!;
    for (let i = 0; i < n; i++) inner += hidden[h * n + i]! * x[i]!;
    sum += output[h]! * Math.tanh(inner);
  }
  return sum;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Checks that a network read from a file takes these inputs. Throws `UserError` naming the file. */
export function checkNetwork(network: Network, inputs: readonly string[], file: string): Network {
  const n = inputs.length;
  const fits =
    network.inputs?.join() === inputs.join() &&
    network.mean?.length === n &&
    network.scale?.length === n &&
    network.hidden?.length === n * network.hiddenBias?.length &&
    network.output?.length === n + network.hiddenBias.length;
  if (!fits)
    throw new UserError(
      `${file}: was made for other features than this version's. Make it anew with npm run train.`,
    );
  return network;
}
