// Keys of answers: what a button carries, and the state finds the answer by.

import { randomBytes } from "node:crypto";

/** A new key: 12 characters, never the same twice. */
export const newKey = (): string => randomBytes(9).toString("base64url");
