// The child process of askers.ts: one corpus in, its examples out.

import { endWithParent } from "../child-process.ts";
import type { Config } from "../config.ts";
import { encoderOf } from "../engine.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { Encoder } from "../types.ts";
import type { TrainingCorpus } from "./corpora.ts";
import { type Lists, listsOf, makeExamples } from "./examples.ts";
import type { LabelledMessage } from "./message-kind.ts";
import type { Scored } from "./refusal.ts";
import { type Asking, scoredOf } from "./scored.ts";

/** The first message: what all corpora are asked with. */
export interface Setup {
  readonly config: Config;
  readonly lexicon: Lexicon;
}

export type Request =
  | { readonly work: "lists"; readonly corpus: TrainingCorpus }
  | {
      readonly work: "scored";
      readonly corpus: TrainingCorpus;
      readonly messages: readonly LabelledMessage[];
      readonly asking: Asking;
    };

export type Reply = { readonly made: Lists | Scored[] } | { readonly failed: string };

const reply = (message: Reply | { readonly ready: true }): void => {
  process.send?.(message);
};

async function make(request: Request, encoder: Encoder, lexicon: Lexicon): Promise<Lists | Scored[]> {
  const examples = await makeExamples(request.corpus, encoder, lexicon);
  return request.work === "lists" ? listsOf(examples) : scoredOf(examples, request.messages, request.asking);
}

process.once("message", ({ config, lexicon }: Setup) => {
  const encoder = encoderOf(config);
  // Told with the first request.
  encoder.catch(() => {});
  process.on("message", (request: Request) => {
    encoder
      .then((own) => make(request, own, lexicon))
      .then(
        (made) => reply({ made }),
        // With its stack: what fails here is the program's fault.
        (error: unknown) => reply({ failed: error instanceof Error ? error.stack! : String(error) }),
      );
  });
});
endWithParent();
reply({ ready: true });
