// The corpus and the index in use -> what there is to index: documents, which of their passages are new,
// and what changed. Nothing is encoded or written here.

import { type Models, modelsFor } from "../answer/models.ts";
import type { Config } from "../config.ts";
import { fingerprintOf, LEXICON_FILE } from "../corpus-state.ts";
import type { Failure } from "../documents/corpus-files.ts";
import { readSideFile } from "../documents/read-file.ts";
import { readCorpus } from "../documents/read.ts";
import { UserError } from "../errors.ts";
import type { BuildStage } from "../index/build.ts";
import { planPassages } from "../index/plan.ts";
import { PARTS } from "../index/store.ts";
import { type DamagedIndex, sha256 } from "../index/versions.ts";
import type { Document, Encoder } from "../types.ts";
import { type Changes, compareDocuments, isChanged } from "./changes.ts";
import { knownTexts, openPrevious, openPreviousTexts, type PreviousIndex } from "./previous.ts";

/** What an indexer is busy with. */
export type Stage = "Reading" | BuildStage;

export interface IndexingOptions {
  /** Called while files are read, passages encoded, and vectors linked. */
  readonly onProgress?: ((done: number, total: number, stage: Stage) => void) | undefined;
  /** Told what people should know: a damaged index, entries of sources.json and lexicon that don't count. */
  readonly onNotice?: ((notice: string) => void) | undefined;
  /** Ends the work with the signal's reason; the index stays as it was. */
  readonly signal?: AbortSignal | undefined;
}

/** What was found in the corpus. */
export interface Found {
  readonly changes: Changes;
  readonly failures: readonly Failure[];
  readonly documents: number;
  readonly passages: number;
  /** Passages whose vectors are not known. */
  readonly encoded: number;
}

/** The corpus as it is now, read and compared with the index in use. */
export interface Survey {
  readonly encoder: Encoder;
  readonly models: Models;
  readonly previous: PreviousIndex | null;
  readonly documents: readonly Document[];
  readonly plan: ReturnType<typeof planPassages>;
  readonly lexicon: string;
  readonly fingerprint: string;
  readonly summary: Found;
}

/** Reads the corpus, as far as it is new, and compares it with the index in use. Throws `UserError` when there is nothing to index. */
export async function survey(
  config: Config,
  opening: Encoder | Promise<Encoder>,
  options: IndexingOptions,
): Promise<Survey> {
  const { onProgress, onNotice, signal } = options;
  const onDamage = ({ message }: DamagedIndex) =>
    onNotice?.(`The index is damaged (${message}); it is built anew from the corpus.`);
  const texts = await openPreviousTexts(config.indexDir, onDamage);
  const lexicon = await readSideFile(config.corpusDir, LEXICON_FILE);
  // While other processes read what is new, encoder and index are opened. Where one fails, the other ends.
  const giveUp = new AbortController();
  const [corpus, [encoder, previous]] = await Promise.all([
    readCorpus(config.corpusDir, {
      known: knownTexts(texts),
      onProgress: (done, total) => onProgress?.(done, total, "Reading"),
      signal: AbortSignal.any([giveUp.signal, ...(signal ? [signal] : [])]),
    }),
    Promise.resolve(opening).then(
      async (own) => [own, texts && (await openPrevious(texts, config.indexDir, own, onDamage))] as const,
    ),
  ]).catch((error: unknown) => {
    giveUp.abort(error);
    throw error;
  });
  for (const warning of corpus.warnings) onNotice?.(warning);
  const plan = planPassages(corpus.documents, previous);
  const quotable = new Set(plan.passages.map(({ document }) => document));
  const documents = corpus.documents.filter(({ info }) => quotable.has(info.id));
  const empty = corpus.documents.filter(({ info }) => !quotable.has(info.id));
  const failures = [
    ...corpus.failures,
    ...empty.map(({ info }) => ({ file: info.file, reason: NOTHING_TO_QUOTE })),
  ];
  if (documents.length === 0) throw nothingToIndex(config.corpusDir, failures);
  const failed = new Set(failures.map(({ file }) => file));
  const changes = compareDocuments([...(previous?.documents.values() ?? [])], documents, failed);
  const models = await modelsFor(config, encoder.id);
  const fingerprint = fingerprintOf({ corpus: corpus.state, lexicon }, encoder.id, models.id);
  return {
    encoder,
    models,
    previous,
    documents,
    plan,
    lexicon,
    fingerprint,
    summary: {
      changes,
      failures,
      documents: documents.length,
      passages: plan.passages.length,
      encoded: plan.missing.length,
    },
  };
}

/** Whether the index in use already holds what the corpus now gives. A file that is left out changes nothing. */
export function isSame(surveyed: Survey): boolean {
  return (
    isMadeAlike(surveyed) &&
    surveyed.previous?.manifest.models === surveyed.models.id &&
    !isChanged(surveyed.summary.changes)
  );
}

/** Whether the index in use was made as the next one is, but for the corpus and the models that judge. */
export function isMadeAlike({ encoder, previous, lexicon }: Survey): boolean {
  const { encoder: id, lexicon: before, parts } = previous?.manifest ?? {};
  return id === encoder.id && before === sha256(lexicon) && JSON.stringify(parts) === JSON.stringify(PARTS);
}

/** Passages that are new, and those that are gone. */
export function changedPassages({ plan, previous }: Survey): number {
  const kept = plan.from.reduce((sum, before) => sum + (before === -1 ? 0 : 1), 0);
  return plan.from.length - kept + (previous?.passages.length ?? 0) - kept;
}

const NOTHING_TO_QUOTE = "holds nothing that could be quoted: no paragraph, list or table, only headings.";

function nothingToIndex(corpusDir: string, failures: readonly Failure[]): UserError {
  const reasons = failures.map(({ file, reason }) => `\n  ${file}: ${reason}`).join("");
  return new UserError(
    `${corpusDir}: there is no document to index. Put reports (.pdf, .html, .docx, .txt, .md) into it.${reasons}`,
  );
}
