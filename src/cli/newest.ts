// A conversation may outlive its index: a new one is opened when the next question comes.

import type { Config } from "../config.ts";
import type { OpenEngine } from "../engine.ts";
import { messageOf } from "../errors.ts";
import { PointerWatch } from "../index/pointer.ts";

/**
 * Returns what yields the engine over the index that the folder names by now: `engine` until that
 * changes, and when the new one can't be used. `onNotice` is told of both, once.
 */
export async function newestEngine(
  config: Config,
  engine: OpenEngine,
  onNotice: (notice: string) => void,
): Promise<() => Promise<OpenEngine>> {
  const watch = new PointerWatch(config.indexDir, Infinity, ({ reason }) =>
    onNotice(`The new index can't be used (${reason}); the one before answers.`),
  );
  if (engine.version === null) await watch.ignore();
  let newest = engine;
  return async () => {
    const named = await watch.news(newest);
    if (named === null) return newest;
    try {
      // Loaded only now: what is wrong with the command line is told at once.
      const { openVersion } = await import("../engine.ts");
      newest = await openVersion(config, named.version, { encoder: newest.index.encoder });
      onNotice(`The documents have been indexed anew; there are ${newest.documents.length}.`);
    } catch (error) {
      await watch.refuse(named, messageOf(error));
    }
    return newest;
  };
}
