// The messages that aren't answers: /help, /sources and /about.

import { version as discordVersion } from "discord.js";
import type { APIEmbed } from "discord.js";
import type { Engine } from "../types.ts";
import { byDate } from "./documents.ts";
import { COLOURS } from "./embeds.ts";
import { escapedLine } from "./escape.ts";
import { dateOf, dateText } from "./source-line.ts";
import type { Answers } from "./state/answers.ts";

/** Below the limit of 4,096, with room for the last line. */
const LIST_MAX = 3800;
/** Documents whose hashes are listed. */
const HASHES = 25;

/** How to ask. */
export function helpPage(): APIEmbed {
  return {
    color: COLOURS.page,
    title: "How to ask",
    description: [
      "I answer only by quoting the documents, word for word, and say where it stands.",
      "",
      "**/ask** a question: `document`, `since` and `until` narrow it down (`2014`, `2014-08`, `2014-08-08`), `private` shows the answer to you only",
      "**Mention me** in a channel or thread, or write to me directly",
      "**Answer this message**: hold or right-click a message, then Apps",
      '**Follow-ups** work for half an hour: "and the year before?"',
      "**/passage** shows any paragraph by its number",
      "**/sources** lists the documents, **/about** says how I work",
      "",
      "The words that answer are in **bold**. A yellow answer is a guess. When the documents don't say, I say so and show what comes nearest.",
      "",
      "Under an answer, **Show context** shows what stands around the quotation, and **Right** or **Wrong** tells whoever looks after the documents. Edit your message within a minute and I answer anew.",
    ].join("\n"),
  };
}

/** The documents, newest first, as many as fit. */
export function sourcesPage(engine: Engine): APIEmbed {
  const lines: string[] = [];
  const documents = byDate(engine.documents);
  let length = 0;
  for (const info of documents) {
    const parts = [
      `**${escapedLine(dateOf(info), 50) || "Undated"}**`,
      escapedLine(info.title, 160) || escapedLine(info.id, 160),
      escapedLine(info.publisher ?? "", 60),
      counted(engine.passageCount(info.id), "passage"),
    ];
    const line = parts.filter(Boolean).join(" · ");
    length += line.length + 1;
    if (length > LIST_MAX) {
      lines.push(`… and ${counted(documents.length - lines.length, "more document", "more documents")}`);
      break;
    }
    lines.push(line);
  }
  return {
    color: COLOURS.page,
    title: counted(documents.length, "document"),
    description: lines.join("\n") || "There are no documents yet.",
    footer: { text: `Indexed ${builtAt(engine)}` },
  };
}

/** What answers here: versions, documents by their hashes, and what people said of the answers. */
export function aboutPage(engine: Engine, version: string, votes: ReturnType<Answers["tally"]>): APIEmbed {
  const documents = byDate(engine.documents);
  const passages = documents.reduce((sum, info) => sum + engine.passageCount(info.id), 0);
  const hashes = documents
    .slice(0, HASHES)
    .map(({ sha256, file }) => `\`${sha256.slice(0, 12)}\` ${escapedLine(file, 60)}`);
  if (documents.length > HASHES) hashes.push(`… and ${counted(documents.length - HASHES, "more file")}`);
  const { answers, right, wrong } = votes;
  return {
    color: COLOURS.page,
    title: `Chapter & Verse ${version}`,
    description: [
      "A quotation is checked against its document before it is shown: it is word for word, or it isn't shown. Nothing is made up, because nothing is written by me.",
      "",
      `**Documents** ${counted(documents.length, "document")}, ${counted(passages, "passage")}`,
      `**Indexed** ${builtAt(engine)}`,
      `**Encoder** ${escapedLine(engine.encoder, 200)}`,
      ...(engine.reranker === undefined ? [] : [`**Reranker** ${escapedLine(engine.reranker, 200)}`]),
      `**Runs on** Node ${process.versions.node}, discord.js ${discordVersion}`,
      `**Here** ${counted(answers, "answer")} kept; ${right.toLocaleString("en")} × said to be right, ${wrong.toLocaleString("en")} × wrong`,
      "**Measured** by `npm run eval` on a set of questions: see the README, *Evaluate*",
      "",
      "The files, by the first digits of their SHA-256:",
      ...hashes,
    ].join("\n"),
  };
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

function builtAt(engine: Engine): string {
  const [day = "", time = ""] = engine.builtAt.split("T");
  return `${dateText(day)}${time === "" ? "" : `, ${time.slice(0, 5)} UTC`}`;
}
