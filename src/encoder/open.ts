// ENCODER_MODEL's value -> an open encoder. Finding its files is left to source.ts, running it to
// session.ts.

import type { Encoder } from "../types.ts";
import { openSession } from "./session.ts";
import { ENCODER } from "./setting.ts";
import { type ModelOptions, openModel } from "./source.ts";

/**
 * Opens the encoder. Only a hub model that isn't in the cache yet makes requests. Rejects with
 * `UserError` when the model isn't there, can't be downloaded, or can't be run.
 */
export function openEncoder(options: ModelOptions): Promise<Encoder> {
  return openModel(options, ENCODER, async ({ kind, folder }, settings) => {
    const session = await openSession(folder, settings, kind === "bundled" ? 1 : undefined);
    if (settings.dimensions !== null && session.dimensions !== settings.dimensions) {
      throw new Error(`its vectors have ${session.dimensions} numbers, not ${settings.dimensions}`);
    }
    return session;
  });
}
