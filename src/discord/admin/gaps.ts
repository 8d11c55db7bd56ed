// /admin gaps: what people asked and the documents didn't answer, or were said to answer wrongly. The same
// question in other words of the same stems counts as one. A page at a time.

import { MessageFlags } from "discord.js";
import type { APIEmbed, ButtonInteraction, ChatInputCommandInteraction } from "discord.js";
import { contentStems, fold } from "../../text/terms.ts";
import type { Room } from "../answering.ts";
import { buttonRow } from "../buttons.ts";
import { COLOURS } from "../embeds.ts";
import { escapedLine } from "../escape.ts";
import type { MessageBody } from "../render.ts";
import { dateText } from "../source-line.ts";
import type { JudgedAnswer } from "../state/answers.ts";
import { checkAdmin, guildsSeen } from "./admin.ts";

const PAGE = 10;
const QUESTION = 200;

/** Questions of the same words. */
export interface Gap {
  /** As asked last. */
  readonly question: string;
  /** When it was asked last, milliseconds. */
  readonly at: number;
  readonly unanswered: number;
  readonly wrong: number;
}

/** Shows the first page. */
export async function onGaps(interaction: ChatInputCommandInteraction, room: Room): Promise<void> {
  const gaps = gapsOf(room.state.answers.judged(guildsSeen(checkAdmin(interaction), interaction)));
  await interaction.reply({ ...renderGaps(gaps, 0), flags: MessageFlags.Ephemeral });
}

/** Turns to another page. */
export async function onGapsPage(interaction: ButtonInteraction, page: string, room: Room): Promise<void> {
  const gaps = gapsOf(room.state.answers.judged(guildsSeen(checkAdmin(interaction), interaction)));
  await interaction.update(renderGaps(gaps, Number.parseInt(page, 10) || 0));
}

/** Groups of unanswered and wrongly answered questions, the one asked last first. */
export function gapsOf(judged: readonly JudgedAnswer[]): Gap[] {
  const groups = new Map<string, Gap>();
  for (const { understood, outcome, at, wrong } of judged) {
    const unanswered = outcome === "none" ? 1 : 0;
    if (unanswered + wrong === 0) continue;
    const stems = [...new Set(contentStems(understood))].toSorted().join(" ");
    const key = stems || fold(understood);
    const known = groups.get(key);
    // The newest come first.
    groups.set(key, {
      question: known?.question ?? understood,
      at: known?.at ?? at,
      unanswered: (known?.unanswered ?? 0) + unanswered,
      wrong: (known?.wrong ?? 0) + wrong,
    });
  }
  return [...groups.values()];
}

/** One page, from 0, of at most ten gaps; the nearest one there is. */
export function renderGaps(gaps: readonly Gap[], wanted: number): MessageBody {
  const pages = Math.max(1, Math.ceil(gaps.length / PAGE));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const lines = gaps.slice(page * PAGE, (page + 1) * PAGE).map(gapLine);
  const embed: APIEmbed = {
    color: COLOURS.page,
    title: gaps.length === 1 ? "1 gap" : `${gaps.length.toLocaleString("en")} gaps`,
    description: lines.join("\n") || "No question has gone unanswered, and no answer was said to be wrong.",
    ...(pages > 1 && { footer: { text: `Page ${page + 1} of ${pages}, newest first` } }),
  };
  const turns = [
    ...(page > 0 ? (["newer"] as const) : []),
    ...(page < pages - 1 ? (["older"] as const) : []),
  ];
  return {
    embeds: [embed],
    components: buttonRow(turns, (action) => String(action === "newer" ? page - 1 : page + 1)),
  };
}

function gapLine({ question, at, unanswered, wrong }: Gap): string {
  const counts = [
    ...(unanswered > 0 ? [`${unanswered} × no answer`] : []),
    ...(wrong > 0 ? [`${wrong} × wrong`] : []),
  ];
  const day = dateText(new Date(at).toISOString().slice(0, 10));
  return `- ${escapedLine(question, QUESTION) || "…"} (${counts.join(", ")}; ${day})`;
}
