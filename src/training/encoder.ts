// Training records -> the static encoder: vocabulary, a skip-gram start, then contrastive training on
// every kind of pair that the data hold. Deterministic for a seed (on one kind of processor).

import { passageInput } from "../index/plan.ts";
import { parseLexiconLine } from "../text/lexicon.ts";
import { sentences } from "../text/sentences.ts";
import { type Pair, trainContrastive } from "./contrastive.ts";
import { QUERY_KINDS, type TrainingData } from "./data.ts";
import { type Random, seeded } from "./random.ts";
import { skipGram } from "./skipgram.ts";
import { cutStory } from "./stories.ts";
import { buildVocabulary, rowsOf, type Vocabulary } from "./vocabulary.ts";

export const ENCODER_OPTIONS = {
  dimensions: 256,
  skipGramEpochs: 3,
  epochs: 9,
  batch: 128,
  together: 16,
  temperature: 0.05,
  lateTemperature: 0.05,
  rate: 0.004,
  dropout: 0.2,
  /** Share of passages from which a sentence is taken as a query for the rest, each epoch. */
  cloze: 0.25,
  /** Share of records whose queries are also paired with each other, each epoch. */
  paraphrase: 0.3,
} as const;

/** What of the training data the encoder learns from. */
export type EncoderData = Pick<
  TrainingData,
  "reports" | "queries" | "lists" | "stories" | "topics" | "lexicon"
>;

export interface TrainedEncoder {
  readonly vocabulary: Vocabulary;
  readonly vectors: Float32Array;
  readonly dimensions: number;
}

/** Trains an encoder; `log` is told of each epoch. */
export async function trainEncoder(
  data: EncoderData,
  seed: number,
  log: (line: string) => void,
  options: typeof ENCODER_OPTIONS = ENCODER_OPTIONS,
): Promise<TrainedEncoder> {
  const random = seeded(seed);
  const groups = data.lexicon.flatMap((line) => {
    try {
      return parseLexiconLine(line) ?? [];
    } catch {
      return [];
    }
  });
  const queryTexts = [
    ...data.queries.flatMap((query) => QUERY_KINDS.flatMap((kind) => query[kind] ?? [])),
    ...data.lists.flatMap((list) => [...list.questions, list.item]),
  ];
  const storyTexts = data.stories.flatMap((story) =>
    story.paragraphs.flatMap((p) => [p.text, ...QUERY_KINDS.flatMap((kind) => p[kind] ?? [])]),
  );
  const topicTexts = data.topics.flatMap((topic) => [...topic.statements, ...topic.questions]);
  const lexiconTexts = groups.flatMap(({ from, to }) => [...from, ...to]);
  const passages = data.reports.flatMap((report) => report.passages);
  const passageTexts = passages.map(passageInput);
  // Words of queries and lexicon count double: each was written to be understood.
  const vocabulary = buildVocabulary([
    ...passageTexts,
    ...storyTexts,
    ...topicTexts,
    ...queryTexts,
    ...queryTexts,
    ...lexiconTexts,
    ...lexiconTexts,
  ]);
  log(`${vocabulary.rows} rows; ${data.queries.length} passages with queries`);
  const rows = (text: string) => rowsOf(text, vocabulary);
  const passageRows = passageTexts.map(rows);
  const vectors = skipGram([...passageRows, ...storyTexts.map(rows), ...queryTexts.map(rows)], {
    rows: vocabulary.rows,
    dimensions: options.dimensions,
    counts: vocabulary.counts,
    epochs: options.skipGramEpochs,
    window: 5,
    negatives: 5,
    random,
    onEpoch: (epoch) => log(`skip-gram ${epoch}/${options.skipGramEpochs}`),
  });
  weighByRarity(vectors, passageRows, vocabulary.rows, options.dimensions, random);
  const pairs = pairSource(data, groups, rows, options, random);
  await trainContrastive(vectors, {
    ...options,
    random,
    pairs,
    onEpoch: (epoch, loss) => log(`contrastive ${epoch}/${options.epochs}, loss ${loss.toFixed(3)}`),
  });
  // Padding, unknown words, endings and digits weigh nothing.
  for (let row = 0; row < vocabulary.rows; row++)
    if (vocabulary.counts[row] === 0)
      vectors.fill(0, row * options.dimensions, (row + 1) * options.dimensions);
  return { vocabulary, vectors, dimensions: options.dimensions };
}

/** A row's first length is its inverse document frequency; rows without a direction get one at random. */
function weighByRarity(
  vectors: Float32Array,
  passages: readonly Int32Array[],
  rows: number,
  d: number,
  random: Random,
): void {
  const frequency = new Float64Array(rows);
  for (const passage of passages) for (const row of new Set(passage)) frequency[row]!++;
  for (let row = 0; row < rows; row++) {
    const weight = Math.log(1 + passages.length / (frequency[row]! + 1)) / 8;
    const own = vectors.subarray(row * d, (row + 1) * d);
    const length = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0));
    for (let k = 0; k < d; k++)
      own[k] = length < 1e-6 ? (random.normal() / Math.sqrt(d)) * weight : (own[k]! / length) * weight;
  }
}

/** The pairs of an epoch, drawn anew each time. */
function pairSource(
  data: EncoderData,
  groups: readonly { from: string[]; to: string[] }[],
  rows: (text: string) => Int32Array,
  options: typeof ENCODER_OPTIONS,
  random: Random,
): () => Pair[] {
  const passages = data.reports.flatMap((report) => report.passages);
  const queries = data.queries.map((query) => ({
    key: query.passage.id,
    group: query.report,
    passage: rows(passageInput(query.passage)),
    texts: QUERY_KINDS.flatMap((kind) => (query[kind] ? [rows(query[kind])] : [])),
  }));
  const lists = data.lists.map((list) => ({
    key: list.passage.list ?? list.passage.id,
    group: list.report,
    passage: rows(
      passages
        .filter(({ document, list: key }) => document === list.report && key === list.passage.list)
        .map((passage, i) => (i === 0 ? passageInput(passage) : passage.text))
        .join(" "),
    ),
    texts: list.questions.map(rows),
  }));
  const stories = data.stories.flatMap((story, s) =>
    cutStory(story).paragraphs.map(({ paragraph, passage }, i) => ({
      key: `story ${s} ${i}`,
      // Two stories together make more of each other's negatives.
      group: `stories ${s >> 1}`,
      passage: rows(passage ? passageInput(passage) : paragraph.text),
      texts: QUERY_KINDS.flatMap((kind) => (paragraph[kind] ? [rows(paragraph[kind])] : [])),
    })),
  );
  const topics = data.topics.map((topic) => ({
    topic: topic.topic,
    statements: topic.statements.map(rows),
    questions: topic.questions.map(rows),
  }));
  const lexicon = groups.map(({ from, to }, i) => ({
    key: `lexicon ${i}`,
    from: from.map(rows),
    to: to.map(rows),
  }));
  const clozes = passages.flatMap((passage) => {
    const spans = sentences(passage.text);
    return spans.length >= 3 ? [{ passage, spans }] : [];
  });
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)]!;

  return () => {
    const out: Pair[] = [];
    for (const { key, group, passage, texts } of [...queries, ...lists, ...stories]) {
      for (const query of texts) out.push({ query, passage, group, key });
      if (texts.length > 1 && random.next() < options.paraphrase) {
        const query = pick(texts);
        if (query !== texts[0]) out.push({ query, passage: texts[0]!, group: `paraphrases ${group}`, key });
      }
    }
    for (const { key, from, to } of lexicon) {
      const query = pick(from);
      const passage = pick(to);
      if (query !== passage) out.push({ query, passage, group: "lexicon", key });
    }
    for (const { topic, statements, questions } of topics) {
      for (let i = 0; i < 6; i++)
        out.push({ query: pick(questions), passage: pick(statements), group: "topics", key: topic });
    }
    for (const { passage, spans } of clozes) {
      if (random.next() >= options.cloze) continue;
      const { start, end } = pick(spans);
      const query = rows(passage.text.slice(start, end)).filter(() => random.next() > 0.3);
      const rest = rows(passage.text.slice(0, start) + passage.text.slice(end));
      out.push({ query, passage: rest, group: passage.document, key: passage.id });
    }
    return out.filter(({ query, passage }) => query.length > 0 && passage.length > 0);
  };
}
