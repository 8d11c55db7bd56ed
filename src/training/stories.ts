// An invented news story -> the document that it would be in a corpus, cut as the index cuts it, and which
// passage each of its paragraphs became.

import { splitDocument } from "../passages/split.ts";
import type { Document, Passage } from "../types.ts";
import type { StoryRecord } from "./data.ts";

export interface CutStory {
  readonly document: Document;
  readonly passages: readonly Passage[];
  /** `passage` is null where a paragraph became no passage, or part of one. */
  readonly paragraphs: readonly {
    readonly paragraph: StoryRecord["paragraphs"][number];
    readonly passage: Passage | null;
  }[];
}

/** Cuts a story. */
export function cutStory(story: StoryRecord): CutStory {
  const document = documentOf(story);
  const passages = splitDocument(document);
  return {
    document,
    passages,
    paragraphs: story.paragraphs.map((paragraph) => {
      const text = oneLine(paragraph.text).replace(/^[•-] /, "");
      return { paragraph, passage: passages.find((passage) => oneLine(passage.text) === text) ?? null };
    }),
  };
}

function documentOf({ title, year, paragraphs }: StoryRecord): Document {
  const below = paragraphs.filter(({ text }) => text !== title).map(({ text }) => oneLine(text));
  return {
    info: { id: title, file: title, title, kind: "news article", published: year, sha256: "" },
    text: [title, ...below].join("\n\n"),
    pages: [],
  };
}

/** One line, as the text of a corpus holds it; tabs between a row's cells stay. */
export function oneLine(text: string): string {
  return text.replace(/[ \r\n]+/g, " ").trim();
}
