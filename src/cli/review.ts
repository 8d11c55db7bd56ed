// How a review of candidate questions looks in a terminal: the bot's answer as people get it, and numbered
// passages that fit on a screen. What is asked and done is src/evaluation/review's.

import type { Answer, Citation } from "../types.ts";
import { printable, renderAnswer, type Terminal, wrap } from "./render.ts";

/** Lines of a passage that is not shown whole. */
const LINES = 3;
const INDENT = 5;

/** What a review shows. */
export function reviewShow(terminal: Terminal): {
  answer(answer: Answer): string;
  passage(
    number: number,
    passage: Citation & { readonly text: string },
    marks: { readonly right: boolean; readonly whole: boolean },
  ): string;
  words(text: string): string;
} {
  return {
    words: printable,
    answer: (answer) => renderAnswer({ ...answer, related: [] }, terminal),
    passage: (number, passage, { right, whole }) => {
      const all = wrap(printable(passage.text), terminal.width - INDENT);
      const lines = whole || all.length <= LINES ? all : [...all.slice(0, LINES - 1), `${all[LINES - 1]} …`];
      const source = wrap(`— ${place(passage)}`, terminal.width - INDENT);
      const head = `${String(number).padStart(2)}${right ? " ✓" : "  "} `;
      return [...lines, ...source]
        .map((line, i) => `${i === 0 ? head : " ".repeat(INDENT)}${line}\n`)
        .join("");
    },
  };
}

/** `report-2014 ¶ 105 p. 25`: the documents are few, and known to who reviews. */
function place({ document, paragraph, page }: Citation): string {
  const parts = [document, paragraph && `¶ ${paragraph}`, page !== null && `p. ${page}`];
  return printable(parts.filter(Boolean).join(" "));
}
