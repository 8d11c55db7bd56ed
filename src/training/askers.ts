// Corpora -> their examples, made by processes side by side, one for each processor. Each has the
// encoder and the lexicon; it gets one corpus at a time and sends back only what the networks learn from.

import type { ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { startChild } from "../child-process.ts";
import type { Config } from "../config.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { Reply, Request, Setup } from "./asker-child.ts";
import type { TrainingCorpus } from "./corpora.ts";
import type { Lists } from "./examples.ts";
import type { LabelledMessage } from "./message-kind.ts";
import type { Scored } from "./refusal.ts";
import type { Asking } from "./scored.ts";

export interface Askers {
  /** What the ranker and the sentence chooser learn from, corpus by corpus in their order. */
  lists(corpora: readonly TrainingCorpus[]): Promise<Lists[]>;
  /** The same for the calibration; `messages` are asked of each corpus beside its own questions. */
  scored(
    corpora: readonly TrainingCorpus[],
    messages: readonly (readonly LabelledMessage[])[],
    asking: Asking,
  ): Promise<Scored[][]>;
  /** Ends the processes. */
  close(): void;
}

const CHILD = new URL("./asker-child.ts", import.meta.url);

/** Starts the processes. What they give does not depend on how many they are. */
export async function openAskers(
  config: Config,
  lexicon: Lexicon,
  processes = availableParallelism(),
): Promise<Askers> {
  const setup: Setup = { config, lexicon };
  const children = await Promise.all(
    Array.from({ length: processes }, async () => {
      const child = await startChild(CHILD, { stderr: "inherit" });
      child.send(setup);
      return child;
    }),
  );
  const all = async <T>(requests: readonly Request[]): Promise<T[]> => {
    const out: T[] = [];
    const left = requests.entries();
    // Each takes the next that nobody has taken.
    const work = async (child: ChildProcess) => {
      for (const [i, request] of left) out[i] = (await ask(child, request)) as T;
    };
    await Promise.all(children.map(work));
    return out;
  };
  return {
    lists: (corpora) => all<Lists>(corpora.map((corpus) => ({ corpus, work: "lists" }))),
    scored: (corpora, messages, asking) =>
      all<Scored[]>(corpora.map((corpus, i) => ({ corpus, work: "scored", messages: messages[i]!, asking }))),
    close() {
      for (const child of children) child.kill();
    },
  };
}

function ask(child: ChildProcess, request: Request): Promise<Lists | Scored[]> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("A process that asked the corpora's questions broke down."));
    child.once("exit", onExit);
    child.once("message", (reply: Reply) => {
      child.off("exit", onExit);
      if ("made" in reply) resolve(reply.made);
      else reject(new Error(reply.failed));
    });
    child.send(request);
  });
}
