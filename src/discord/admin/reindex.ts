// /admin reindex: builds the index anew while the old one answers, with its progress in the reply. The
// work is done by whoever started the bot; here it is begun once at a time, shown, and told how it ended.

import { MessageFlags } from "discord.js";
import type { ChatInputCommandInteraction } from "discord.js";
import type { Logger } from "pino";
import { UserError } from "../../errors.ts";
import type { Stage } from "../../indexing/survey.ts";
import type { ReindexResult } from "../../types.ts";
import { isGone } from "../failures.ts";
import { LIMITS } from "../limits.ts";
import { renderNotice } from "../render.ts";

/** Builds the index anew where anything has changed; resolves when the new one answers. Rejects with `UserError` on what people can mend. */
export type Reindex = (
  onProgress: (done: number, total: number, stage: Stage) => void,
) => Promise<ReindexResult>;

/** Between two edits that show progress, milliseconds. */
const EDIT_MS = 2000;
const FAILURES = 10;

export interface Reindexer {
  /** Throws `UserError` when there is nothing to run or it runs already. */
  run(interaction: ChatInputCommandInteraction): Promise<void>;
}

/** `now` gives milliseconds. */
export function createReindexer(
  reindex: Reindex | undefined,
  logger: Logger,
  now: () => number = Date.now,
): Reindexer {
  let running: Progress | null = null;
  return {
    async run(interaction) {
      if (reindex === undefined) {
        throw new UserError(
          "Re-indexing from Discord isn't available here. Run `npm run index` on the bot's machine.",
        );
      }
      if (running !== null) throw new UserError(`I'm re-indexing already: ${progress(running)}.`);
      running = { done: 0, total: 0, stage: "Reading" };
      const started = now();
      try {
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        const show = shower(interaction, now);
        await show.progress("Re-indexing; the old index answers meanwhile …");
        const result = await reindex((done, total, stage) => {
          running = { done, total, stage };
          void show.progress(`Re-indexing: ${progress(running)}; the old index answers meanwhile …`);
        });
        const { failures, ...counts } = result;
        logger.info({ ...counts, failures: failures.length, ms: now() - started }, "re-indexed");
        await show.end(summary(result, now() - started));
      } finally {
        running = null;
      }
    },
  };
}

/** Shows progress now and then, and the end in any case: in the channel where the reply can't be edited any more. */
function shower(
  interaction: ChatInputCommandInteraction,
  now: () => number,
): { progress(text: string): Promise<void>; end(text: string): Promise<void> } {
  let last = -Infinity;
  let editing: Promise<unknown> = Promise.resolve();
  return {
    async progress(text) {
      if (now() - last < EDIT_MS) return;
      last = now();
      // Whether progress can be shown doesn't matter to the work.
      editing = editing.then(() => interaction.editReply(renderNotice(text))).catch(() => undefined);
      await editing;
    },
    async end(text) {
      await editing;
      await interaction.editReply(renderNotice(text)).catch(async (error: unknown) => {
        // Discord takes edits for a quarter of an hour.
        if (!isGone(error) || interaction.channel?.isSendable() !== true) throw error;
        await interaction.channel.send(renderNotice(text));
      });
    },
  };
}

interface Progress {
  readonly done: number;
  readonly total: number;
  readonly stage: Stage;
}

const progress = ({ done, total, stage }: Progress): string =>
  total === 0
    ? "reading the documents"
    : `${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${STAGES[stage]}`;

const STAGES: Readonly<Record<Stage, string>> = {
  Reading: "files read",
  Encoding: "passages encoded",
  Linking: "passages linked",
};

function summary({ changed, documents, passages, encoded, failures }: ReindexResult, ms: number): string {
  const count = (number: number, one: string): string =>
    `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
  const lines = [
    `Done in ${(ms / 1000).toFixed(1)} s: ${count(documents, "document")}, ${count(passages, "passage")}${
      changed
        ? `, ${encoded.toLocaleString("en")} of them new or changed. The new index answers from now on.`
        : ". Nothing has changed, and the index stays as it is."
    }`,
    ...failures.slice(0, FAILURES).map(({ file, reason }) => `Left out: ${file} (${reason})`),
    ...(failures.length > FAILURES ? [`… and ${failures.length - FAILURES} more files`] : []),
  ];
  return lines.join("\n").slice(0, LIMITS.content / 2 - 100);
}
