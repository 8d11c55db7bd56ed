// /admin feedback: what people said of answers, as a question set that `npm run eval` reads. Answers said
// to be right become evidence, if the documents still hold their words; the others are left for review.

import { AttachmentBuilder, MessageFlags } from "discord.js";
import type { ChatInputCommandInteraction } from "discord.js";
import type { Engine } from "../../types.ts";
import type { Room } from "../answering.ts";
import { renderNotice } from "../render.ts";
import type { JudgedAnswer, Quoted } from "../state/answers.ts";
import { checkAdmin, guildsSeen } from "./admin.ts";

/** Lines at most: the file stays below Discord's limit on attachments. */
const MOST_LINES = 5000;

/** A line of a question set; `review` is for people, and ignored when the set is read. */
export interface FeedbackLine {
  readonly id: string;
  readonly question: string;
  readonly type: "feedback" | "feedback_review";
  readonly answerable?: true;
  readonly need?: "any" | "all";
  readonly evidence?: readonly { document: string; paragraph: string | null; quote: string }[];
  readonly review?: string;
}

/** Sends the question set to whoever asked. */
export async function onFeedback(interaction: ChatInputCommandInteraction, room: Room): Promise<void> {
  const guilds = guildsSeen(checkAdmin(interaction), interaction);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const voted = room.state.answers.judged(guilds).filter(({ right, wrong }) => right + wrong > 0);
  const lines = await feedbackLines(voted.slice(0, MOST_LINES), room.engine);
  if (lines.length === 0) {
    await interaction.editReply(renderNotice("Nobody has pressed Right or Wrong yet."));
    return;
  }
  const right = lines.filter(({ evidence }) => evidence !== undefined).length;
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await interaction.editReply({
    ...renderNotice(
      `${lines.length === 1 ? "1 question" : `${lines.length} questions`}: ${right} with the quotation that was right, ${lines.length - right} to review. To use it: npm run eval -- --questions feedback.jsonl`,
    ),
    files: [new AttachmentBuilder(Buffer.from(text), { name: "feedback.jsonl" })],
  });
}

/** One line for each answer. */
export async function feedbackLines(
  judged: readonly JudgedAnswer[],
  engine: Pick<Engine, "around">,
): Promise<FeedbackLine[]> {
  const lines: FeedbackLine[] = [];
  for (const one of judged) {
    const said = { id: `feedback-${one.key}`, question: one.understood };
    const review = await objection(one, engine);
    lines.push(
      review === null
        ? { ...said, type: "feedback", answerable: true, ...evidenceOf(one.quoted) }
        : { ...said, type: "feedback_review", review },
    );
  }
  return lines;
}

const evidenceOf = (quoted: readonly Quoted[]): Pick<FeedbackLine, "need" | "evidence"> => ({
  need: quoted.length > 1 ? "all" : "any",
  evidence: quoted.map(({ document, paragraph, text }) => ({ document, paragraph, quote: text })),
});

/** Why an answer can't stand as right; null where it can. */
async function objection(
  { quoted, right, wrong }: JudgedAnswer,
  engine: Pick<Engine, "around">,
): Promise<string | null> {
  const where = quoted.map(
    ({ document, paragraph }) => `${document}${paragraph === null ? "" : ` ¶ ${paragraph}`}`,
  );
  const named = [...new Set(where)].join(", ") || "nothing";
  if (right <= wrong) return `said to be right by ${right}, wrong by ${wrong}; quoted: ${named}`;
  for (const { passage, document, text } of quoted) {
    const itself = (await engine.around(passage))?.itself ?? [];
    if (!itself.some((quote) => quote.document === document && quote.text.includes(text)))
      return `said to be right, but the documents have changed since; quoted: ${named}`;
  }
  return quoted.length === 0 ? "said to be right, but nothing was quoted" : null;
}
