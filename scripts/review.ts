// npm run eval -- --review FILE --out FILE: walks somebody through candidate questions, in a terminal or
// over a pipe. Lines go in and text comes out here; src/evaluation/review does the rest.

import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { configFor, openForCli } from "../src/cli/door.ts";
import { terminalOf } from "../src/cli/render.ts";
import { reviewShow } from "../src/cli/review.ts";
import { UserError } from "../src/errors.ts";
import { type Review, startReview } from "../src/evaluation/review/review.ts";
import { openReviewed } from "../src/evaluation/review/reviewed.ts";
import type { Step } from "../src/evaluation/review/show.ts";
import { checkIds } from "../src/evaluation/sets/check.ts";
import { readJsonl } from "../src/evaluation/sets/jsonl.ts";
import { readText } from "../src/evaluation/sets/read.ts";

/** Every decision is written before the next question is shown, so Ctrl-C, `q` and the end of a pipe lose nothing. */
export async function reviewCandidates(
  file: string,
  values: {
    readonly out?: string | undefined;
    readonly corpus?: string | undefined;
    readonly index?: string | undefined;
  },
): Promise<void> {
  const { out } = values;
  if (out === undefined || resolve(out) === resolve(file)) {
    throw new UserError(
      "--review needs --out FILE: the question set that reviewed questions are added to, another file than the candidates.",
    );
  }
  const items = readJsonl(await readText(file), file);
  checkIds(items);
  const single = items.filter(({ isConversation }) => !isConversation);
  if (single.length < items.length)
    process.stderr.write(`${items.length - single.length} left out: conversations are not reviewed here.\n`);
  const reviewed = await openReviewed(out);
  const engine = await openForCli(configFor(values));
  const session = startReview(single, engine, reviewed, reviewShow(terminalOf(process.stdout)));
  try {
    const first = await session.start();
    if (first !== null) await converse(first, session);
  } finally {
    process.stdout.write(`\n${session.summary()}`);
  }
}

async function converse(first: Step, session: Review): Promise<void> {
  // Only now: lines that come while nobody reads them would be lost.
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ask = ({ text, prompt, prefill }: Step): void => {
    process.stdout.write(text);
    lines.setPrompt(prompt);
    lines.prompt();
    if (process.stdin.isTTY) lines.write(prefill);
  };
  ask(first);
  for await (const line of lines) {
    const step = await session.reply(line);
    if (step === null) break;
    ask(step);
  }
  lines.close();
}
