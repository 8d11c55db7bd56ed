// npm run ask -- "…": one question, one answer on standard output.

import { choiceOfDate } from "../src/cli/dates.ts";
import { choice, flag, FOLDERS, text, wholeNumber } from "../src/cli/args.ts";
import { configFor, openForCli, runDoor } from "../src/cli/door.ts";
import { renderExplanation } from "../src/cli/explain.ts";
import { renderAnswer, terminalOf } from "../src/cli/render.ts";
import { VARIANTS } from "../src/retrieval/rank.ts";

const COMMAND = {
  usage: 'npm run ask -- "QUESTION"',
  about: "Answers a question with quotations of the documents.",
  positionals: "QUESTION",
  options: {
    json: flag("Print the whole answer as one JSON object"),
    top: wholeNumber("N", "How many ranked passages --json holds (10)", { min: 1, max: 1000 }),
    document: text("ID", "Quote this document only (its file name without extension)"),
    since: choiceOfDate("Only documents published at or after this date (2014, 2014-08, 2014-08-08)"),
    until: choiceOfDate("Only documents published at or before this date"),
    explain: flag("Print why each passage ranks where it does"),
    variant: choice(VARIANTS, "What ranks the passages (ranker)"),
    ...FOLDERS,
  },
} as const;

await runDoor(COMMAND, async ({ values, positionals }) => {
  const { json, top, document, since, until, explain, variant } = values;
  const engine = await openForCli(configFor(values), variant);
  const question = {
    text: positionals.join(" "),
    filter: {
      ...(document !== undefined && { document }),
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
    },
    ...(top !== undefined && { top }),
  };
  const answer = await engine.ask(question);
  if (json) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else process.stdout.write(renderAnswer(answer, terminalOf(process.stdout)));
  if (explain) {
    // Beside --json, standard output stays one JSON object.
    const text = await renderExplanation({ ...question, text: answer.understood }, engine);
    (json ? process.stderr : process.stdout).write(text);
  }
});
