// What the service and the child process that holds the engine say to each other, and how an error gets
// from one to the other. A new method of Engine needs one line in METHODS and nothing else.

import type { Config } from "../config.ts";
import type { EngineOptions, OpenEngine } from "../engine.ts";
import { messageOf, UserError } from "../errors.ts";
import { DamagedIndex } from "../index/versions.ts";
import type { Stage } from "../indexing/survey.ts";
import type { Engine } from "../types.ts";

/** The methods of Engine that return a promise: they run in the child. */
export type Method = {
  [K in keyof Engine]-?: Engine[K] extends (...args: never) => Promise<unknown> ? K : never;
}[keyof Engine];

/**
 * `in turn`: heavy work, one at a time, so that the one that breaks the engine is known. `at once`:
 * a quick look-up that waits for nobody.
 */
export const METHODS = {
  ask: "in turn",
  around: "at once",
  find: "at once",
  paragraphs: "at once",
} as const satisfies Record<Method, "in turn" | "at once">;

/** What an engine knows without being asked; replaced as a whole when another index is served. */
export interface Snapshot extends Omit<Engine, Method | "passageCount"> {
  readonly version: OpenEngine["version"];
  /** Passages by `DocumentInfo.id`. */
  readonly passageCounts: ReadonlyMap<string, number>;
}

/** The module that makes engines in the child: engine.ts, or a test's. */
export interface EngineModule {
  openEngine(config: Config, options: EngineOptions): Promise<OpenEngine>;
  openVersion(config: Config, version: string, options: EngineOptions): Promise<OpenEngine>;
}

/** Opens this version, or (null) the index that fits the corpus, built where there is none. */
export interface OpenRequest {
  readonly open: string | null;
  readonly config: Config;
  /** URL of an `EngineModule`. */
  readonly module: string;
}

export interface CallRequest {
  readonly call: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}

export type Request = OpenRequest | CallRequest;

export type Reply =
  | { readonly started: true }
  | { readonly progress: readonly [done: number, total: number, stage: Stage] }
  | { readonly notice: string }
  | { readonly opened: Snapshot }
  | { readonly refused: PackedError }
  | { readonly call: number; readonly value: unknown }
  | { readonly call: number; readonly failed: PackedError };

export interface PackedError {
  /** `user`: the message is for people. `damaged`: a file of the index is not what was written. */
  readonly kind: "user" | "damaged" | "bug";
  readonly message: string;
  readonly stack: string | undefined;
}

export function packError(error: unknown): PackedError {
  const kind = error instanceof UserError ? "user" : error instanceof DamagedIndex ? "damaged" : "bug";
  return { kind, message: messageOf(error), stack: error instanceof Error ? error.stack : undefined };
}

export function unpackError({ kind, message, stack }: PackedError): Error {
  if (kind === "user") return new UserError(message);
  const error = kind === "damaged" ? new DamagedIndex(message) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
