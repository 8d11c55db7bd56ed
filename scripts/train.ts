// npm run train: training data -> models/encoder, models/ranker.json, models/messages.json. See
// models/README.md for data and method. Users never need it: its results are in the repository.

import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseCommand, text, wholeNumber } from "../src/cli/args.ts";
import { PROJECT_DIR } from "../src/config.ts";
import { openEncoder } from "../src/encoder/open.ts";
import { writeStaticEncoder } from "../src/encoder/write.ts";
import { runMain, UserError } from "../src/errors.ts";
import { parseLexicon } from "../src/text/lexicon.ts";
import { authorityOf, makeCorpora } from "../src/training/corpora.ts";
import {
  QUERY_KINDS,
  readJsonLines,
  type PassageRecord,
  type QueryRecord,
  type StoryRecord,
  type TimeRecord,
  type TopicRecord,
} from "../src/training/data.ts";
import { trainEncoder } from "../src/training/encoder.ts";
import { type LabelledMessage, trainMessageModel } from "../src/training/message-kind.ts";
import { seeded } from "../src/training/random.ts";
import { fitSmallModels } from "../src/training/small-models.ts";
import { staticEncoder } from "../src/training/static-encoder.ts";

const COMMAND = {
  usage: "npm run train -- --passages FILE",
  about:
    "Trains the bundled encoder, ranker and refusal from models/training and the passages of a folder of reports.",
  options: {
    passages: text(
      "FILE",
      "Passages of the reports that the queries were written for: lines of {id, report, paragraph, text}",
    ),
    seed: wholeNumber("N", "Seed of all chance (1)", { min: 1 }),
    out: text("DIR", "Where the models go (models)"),
  },
} as const;

/** Every fifth authority is left out of the first encoder: the small networks are fitted on it. */
const FOLDS = 5;
const foldOf = (name: string) =>
  [...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7) % FOLDS;

await runMain(async () => {
  const { values, help } = parseCommand(COMMAND, process.argv.slice(2));
  if (help !== null) {
    process.stdout.write(help);
    return;
  }
  if (values.passages === undefined)
    throw new UserError(
      "Name the reports' passages: npm run train -- --passages FILE (see models/README.md).",
    );
  const started = performance.now();
  const log = (line: string) =>
    process.stderr.write(`${((performance.now() - started) / 60_000).toFixed(1)} min  ${line}\n`);
  const seed = values.seed ?? 1;
  const out = resolve(values.out ?? join(PROJECT_DIR, "models"));
  const data = (name: string) => join(PROJECT_DIR, "models/training", name);

  const passages = readJsonLines<PassageRecord>(resolve(values.passages));
  const known = new Set(passages.map((passage) => passage.id));
  const queries = readJsonLines<QueryRecord>(data("queries.jsonl")).filter((query) =>
    known.has(query.passage),
  );
  const stories = readJsonLines<StoryRecord>(data("stories.jsonl"));
  const times = readJsonLines<TimeRecord>(data("times.jsonl"));
  const topics = readJsonLines<TopicRecord>(data("topics.jsonl"));
  const lexiconText = await readFile(join(PROJECT_DIR, "corpus/lexicon.txt"), "utf8");
  const lexicon = lexiconText.split("\n");

  const messages = readJsonLines<LabelledMessage>(data("messages.jsonl"));
  const random = seeded(seed);
  const asked = (fold: (record: { report: string }) => boolean) =>
    random
      .shuffle(
        queries
          .filter(fold)
          .flatMap((query) =>
            QUERY_KINDS.filter((kind) => kind !== "terse").flatMap((kind) => query[kind] ?? []),
          ),
      )
      .slice(0, 6000)
      .map((question): LabelledMessage => ({ kind: "question", text: question }));
  const held = (report: string) => foldOf(authorityOf(report)) === 0;
  const heldStory = (i: number) => i % FOLDS === 0;
  const heldMessage = (i: number) => i % 2 === 0;

  // First an encoder that has not seen a fifth of the authorities, for what is fitted on top of it.
  const first = await trainEncoder(
    {
      passages: passages.filter((passage) => !held(passage.report)),
      queries: queries.filter((query) => !held(query.report)),
      stories: stories.filter((_, i) => !heldStory(i)),
      topics,
      lexicon,
    },
    seed,
    (line) => log(`first encoder: ${line}`),
  );
  const messageModel = trainMessageModel(
    [...messages.filter((_, i) => !heldMessage(i)), ...asked((query) => !held(query.report))],
    random,
  );
  const corpora = makeCorpora(
    {
      passages,
      queries: queries.filter((query) => held(query.report)),
      stories: stories.filter((_, i) => heldStory(i)),
      times: times,
    },
    random,
  );
  log(`${corpora.length} corpora`);
  const small = await fitSmallModels(
    corpora,
    staticEncoder(first.vocabulary, first.vectors, first.dimensions),
    parseLexicon(lexiconText).lexicon,
    { model: messageModel, held: messages.filter((_, i) => heldMessage(i)) },
    seed,
    log,
  );
  process.stdout.write(`${small.report.join("\n")}\n`);

  const final = await trainEncoder({ passages, queries, stories, topics, lexicon }, seed, (line) =>
    log(`encoder: ${line}`),
  );
  await writeStaticEncoder(join(out, "encoder"), {
    pieces: final.vocabulary.pieces,
    vectors: final.vectors,
    dimensions: final.dimensions,
    storage: "int8",
  });
  const { id } = await openEncoder({
    model: out === join(PROJECT_DIR, "models") ? "bundled" : join(out, "encoder"),
    projectDir: PROJECT_DIR,
    cacheDir: "",
    hubUrl: "",
  });
  const { ranker, sentences, calibration } = small;
  await writeFile(
    join(out, "ranker.json"),
    `${JSON.stringify({ encoder: id, ranker, sentences, calibration }, null, 1)}\n`,
  );
  await writeFile(
    join(out, "messages.json"),
    `${JSON.stringify(trainMessageModel([...messages, ...asked(() => true)], random))}\n`,
  );
  log(`written to ${out}`);
});
