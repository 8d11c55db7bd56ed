// The messages that aren't answers: /help, /sources and /about.

import type { APIEmbed } from "discord.js";
import type { Engine } from "../types.ts";
import { byDate } from "./documents.ts";
import { escapedLine } from "./escape.ts";
import { dateText } from "./source-line.ts";

const COLOUR = 0x455a64;
/** Below the limit of 4,096, with room for the last line. */
const LIST_MAX = 3800;

/** How to ask. */
export function helpPage(): APIEmbed {
  return {
    color: COLOUR,
    title: "How to ask",
    description: [
      "I answer only by quoting the documents, word for word, and say where it stands.",
      "",
      "**/ask** a question: `document`, `since` and `until` narrow it down (`2014`, `2014-08`, `2014-08-08`), `private` shows the answer to you only",
      "**Mention me** in a channel or thread, or write to me directly",
      "**Answer this message**: hold or right-click a message, then Apps",
      '**Follow-ups** work for half an hour: "and the year before?"',
      "**/sources** lists the documents, **/about** says how I work",
      "",
      "The words that answer are in **bold**. A yellow answer is a guess. When the documents don't say, I say so and show what comes nearest.",
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
      `**${info.published === undefined ? "Undated" : escapedLine(dateText(info.published), 40)}**`,
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
    color: COLOUR,
    title: counted(documents.length, "document"),
    description: lines.join("\n") || "There are no documents yet.",
    footer: { text: `Indexed ${builtAt(engine)}` },
  };
}

/** What answers here. */
export function aboutPage(engine: Engine, version: string): APIEmbed {
  const passages = engine.documents.reduce((sum, info) => sum + engine.passageCount(info.id), 0);
  return {
    color: COLOUR,
    title: `Chapter & Verse ${version}`,
    description: [
      "A quotation is checked against its document before it is shown: it is word for word, or it isn't shown. Nothing is made up, because nothing is written by me.",
      "",
      `**Documents** ${counted(engine.documents.length, "document")}, ${counted(passages, "passage")}`,
      `**Indexed** ${builtAt(engine)}`,
      `**Encoder** ${escapedLine(engine.encoder, 200)}`,
      ...(engine.reranker === undefined ? [] : [`**Reranker** ${escapedLine(engine.reranker, 200)}`]),
    ].join("\n"),
  };
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

function builtAt(engine: Engine): string {
  const [day = "", time = ""] = engine.builtAt.split("T");
  return `${dateText(day)}${time === "" ? "" : `, ${time.slice(0, 5)} UTC`}`;
}
