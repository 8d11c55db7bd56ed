// npm run bench: figures printed as a table, by parts. Timing is measured here and asserted nowhere:
// machines differ.

import { FOLDERS, wholeNumber } from "../src/cli/args.ts";
import { configFor, runDoor } from "../src/cli/door.ts";
import { UserError } from "../src/errors.ts";
import type { BenchOptions } from "./bench/measure.ts";

const PARTS: Readonly<Record<string, () => Promise<{ run: (options: BenchOptions) => Promise<void> }>>> = {
  answers: () => import("./bench/answers.ts"),
  service: () => import("./bench/service.ts"),
  discord: () => import("./bench/discord.ts"),
};

const COMMAND = {
  usage: "npm run bench -- [PART]",
  about: `Measures speed and memory. Parts: ${Object.keys(PARTS).join(", ")}; without one, answers.`,
  positionals: "PART",
  options: {
    corpus: FOLDERS.corpus,
    runs: wholeNumber("N", "How often what takes seconds is done (5)", { min: 1, max: 50 }),
  },
} as const;

await runDoor(COMMAND, async ({ values, positionals }) => {
  const [name = "answers"] = positionals;
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (!part)
    throw new UserError(`There is no part "${name}". The parts are: ${Object.keys(PARTS).join(", ")}.`);
  await (await part()).run({ corpusDir: configFor(values).corpusDir, runs: values.runs ?? 5 });
});
