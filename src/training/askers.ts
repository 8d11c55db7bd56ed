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
  const started = await Promise.allSettled(
    Array.from({ length: processes }, () => startChild(CHILD, { stderr: "inherit" })),
  );
  const children = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const close = () => children.forEach((child) => child.kill());
  const failed = started.find((one) => one.status === "rejected");
  if (failed) {
    close();
    throw failed.reason;
  }
  for (const child of children) child.send(setup);
  const all = async <T>(requests: readonly Request[]): Promise<T[]> => {
    const out: T[] = [];
    const left = requests.entries();
    // Each takes the next that nobody has taken.
    const work = async (child: ChildProcess) => {
      for (const [i, request] of left) out[i] = (await ask(child, request)) as T;
    };
    try {
      await Promise.all(children.map(work));
    } catch (error) {
      // The others are still at work for nobody.
      close();
      throw error;
    }
    return out;
  };
  return {
    lists: (corpora) => all<Lists>(corpora.map((corpus) => ({ corpus, work: "lists" }))),
    scored: (corpora, messages, asking) =>
      all<Scored[]>(corpora.map((corpus, i) => ({ corpus, work: "scored", messages: messages[i]!, asking }))),
    close,
  };
}

function ask(child: ChildProcess, request: Request): Promise<Lists | Scored[]> {
  return new Promise((resolve, reject) => {
    const broken = () => reject(new Error("A process that asked the corpora's questions broke down."));
    child.once("exit", broken);
    child.once("message", (reply: Reply) => {
      child.off("exit", broken);
      if ("made" in reply) resolve(reply.made);
      else reject(new Error(reply.failed));
    });
    // One that has ended already says so here.
    child.send(request, (error) => {
      if (error) broken();
    });
  });
}
