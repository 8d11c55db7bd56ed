// npm run bench: speed and memory, printed as tables. Reads the flags; scripts/bench measures. Timing is
// measured here and asserted nowhere: machines differ.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FOLDERS, wholeNumber } from "../src/cli/args.ts";
import { configFor, runDoor } from "../src/cli/door.ts";
import { UserError } from "../src/errors.ts";

/** What can be measured; each gets the corpus, a folder of its own and the number of runs. */
const BENCHES: Readonly<Record<string, (corpus: string, folder: string, runs: number) => Promise<void>>> = {
  answers: async (...given) => (await import("./bench/answers.ts")).benchAnswers(...given),
  reports: async (...given) => (await import("./bench/reports.ts")).benchReports(...given),
  service: async (corpusDir, _, runs) => (await import("./bench/service.ts")).run({ corpusDir, runs }),
  discord: async (corpusDir, _, runs) => (await import("./bench/discord.ts")).run({ corpusDir, runs }),
};

const COMMAND = {
  usage: "npm run bench -- [WHAT]",
  about: [
    "Measures building, starting, answering and memory.",
    "  answers   on a small corpus, by default the shipped one (what is measured when nothing is named)",
    "  reports   on a large one, named with --corpus: first build, one report more, answers",
    "  service   a running bot's engine: swaps, restarts, what it takes from the bot",
    "  discord   50 users at once, through the real client",
  ].join("\n"),
  positionals: "WHAT",
  options: {
    corpus: FOLDERS.corpus,
    runs: wholeNumber("N", "Runs of each whole process (5)", { min: 1, max: 50 }),
  },
} as const;

await runDoor(COMMAND, async ({ values, positionals: [what = "answers", ...rest] }) => {
  const bench = Object.hasOwn(BENCHES, what) ? BENCHES[what] : undefined;
  if (bench === undefined || rest.length > 0)
    throw new UserError(
      `"${[what, ...rest].join(" ")}" can't be measured. There are: ${Object.keys(BENCHES).join(", ")}.`,
    );
  const folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-bench-"));
  try {
    await bench(configFor(values).corpusDir, folder, values.runs ?? 5);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
