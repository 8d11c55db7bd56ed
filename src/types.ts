// The project's glossary: one word per thing, used everywhere. Plain readonly data, no behaviour.
//
//   document -> passages -> index -> ranked passages -> answer made of quotes

/** A stretch of a document's text: UTF-16 offsets into `Document.text`, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A date as far as it is known: `2014`, `2014-08` or `2014-08-08`. Compares as a string. */
export type PartialDate = string;

/** What is known of a document without reading its passages. */
export interface DocumentInfo {
  /** The file's path in the corpus without its extension, `/`-separated: the citation's key. */
  readonly id: string;
  /** The file's path in the corpus, `/`-separated. */
  readonly file: string;
  readonly title: string;
  readonly publisher?: string;
  /** The local authority that the document is about. */
  readonly authority?: string;
  /** `inspection report`, `news article`, … */
  readonly kind?: string;
  readonly published?: PartialDate;
  /** First and last day of the inspection. */
  readonly inspected?: { readonly from: PartialDate; readonly to: PartialDate };
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string;
}

/** Where a page begins in the document's text. */
export interface PageStart {
  readonly offset: number;
  /** The page as a PDF viewer counts it, from 1. */
  readonly page: number;
  /** The number printed on the page, where there is one. */
  readonly printed?: string;
}

/**
 * A document as its reader delivers it: one text in plain-text conventions (a blank line between
 * blocks, `-` or `•` before list items, tabs between a table row's cells), which every span points
 * into. A quotation is proved against this text.
 */
export interface Document {
  readonly info: DocumentInfo;
  readonly text: string;
  /** Empty where the format has no pages. In order of offset. */
  readonly pages: readonly PageStart[];
  /** What its reader found in the file itself; `info` is that, with what sources.json says. */
  readonly found?: Partial<Omit<DocumentInfo, "id" | "file" | "sha256">> | undefined;
}

/** A verbatim stretch of a text, and what stands between it and the piece before it when shown. */
export interface Piece extends Span {
  /** `""` where only markup was left out, `" "` where a page break, a footnote or a paragraph's end was, `"\n"` between list items. */
  readonly join: "" | " " | "\n";
}

/** Words of a document that stand before a passage and are shown with it, with their own proof. */
export interface Introduction {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

export type PassageKind = "paragraph" | "item" | "row" | "footnote" | "heading";

/** The unit that is found, ranked and cited: a paragraph as a reader sees it. */
export interface Passage {
  /** `document#ordinal`, unique in an index. */
  readonly id: string;
  /** `DocumentInfo.id`. */
  readonly document: string;
  /** Position in the document, from 0. */
  readonly ordinal: number;
  readonly kind: PassageKind;
  /** The printed paragraph number (`"105"`); null where none is printed. */
  readonly paragraph: string | null;
  /** The file's page, from 1; null where the format has none. */
  readonly page: number | null;
  /** The headings above it, outermost first. */
  readonly section: readonly string[];
  /** The passage's own words: its pieces, joined. */
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** For list items and table rows: the sentence that introduces them. */
  readonly leadIn?: Introduction | undefined;
  /** For a paragraph that goes on with the quotation of the one before: who says it, `Ann Hall said:`. */
  readonly attribution?: Introduction | undefined;
  /** List items and rows of one list share this key, so that the whole list can be quoted. */
  readonly list?: string | undefined;
  /** Ids of the footnote passages that its text refers to. */
  readonly footnotes?: readonly string[] | undefined;
}

/** Document, section, paragraph, page: right or absent (null), never guessed. */
export interface Citation {
  readonly document: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly published: PartialDate | null;
  /** The last day of the inspection, where only that is known of the document's date. */
  readonly inspected?: PartialDate | undefined;
  readonly section: readonly string[];
  readonly paragraph: string | null;
  readonly page: number | null;
}

/** Words of a document, proved against their span before anyone sees them. */
export interface Quote extends Citation {
  readonly passage: string;
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** The words that answer, as spans of `text`; possibly none. In order, not overlapping. */
  readonly bold: readonly Span[];
  /** The lead-in of a quoted list item or table row, itself a verified quotation. */
  readonly leadIn: string | null;
  /**
   * Where the text is in the midst of what somebody says: the words that say who, `Ann Hall said:`, a
   * verified quotation too. Further words of theirs stand between it and the text.
   */
  readonly attribution?: string;
  /** The footnotes whose marks stand in `text`, themselves verified quotations. */
  readonly notes?: readonly string[];
}

/** A candidate passage with its place in the ranking. */
export interface RankedPassage extends Citation {
  /** From 1. */
  readonly rank: number;
  readonly passage: string;
  readonly text: string;
  readonly leadIn: string | null;
  readonly attribution?: string;
  /** The ranker's score; comparable within one answer only. */
  readonly score: number;
  /** What the score was made from, by name; only where the question asks to `explain`. */
  readonly features?: Readonly<Record<string, number>>;
}

/**
 * `answer`: the quotes answer. `unsure`: they may. `none`: the documents don't say (or nothing was
 * asked); then `quotes` is empty and `related` holds the nearest passages.
 */
export type Outcome = "answer" | "unsure" | "none";

export interface Answer {
  /** As asked. */
  readonly question: string;
  /** As understood: a follow-up made to stand alone, spelling mended. Equals `question` otherwise. */
  readonly understood: string;
  readonly outcome: Outcome;
  /** Probability, 0 to 1, that the first quote answers. */
  readonly confidence: number;
  /** One line for people: why there is no answer, or what to know about it. Never about the facts asked. */
  readonly message: string | null;
  /** Best first. */
  readonly quotes: readonly Quote[];
  /** Further passages: beside an answer, more on the matter; with `none`, related but no answer. */
  readonly related: readonly Quote[];
  /** The first passages of the ranking, best first (10 unless asked otherwise). */
  readonly passages: readonly RankedPassage[];
  /** Milliseconds from question to answer. */
  readonly ms: number;
}

/** Restricts the passages that may be quoted. */
export interface Filter {
  /** `DocumentInfo.id`. */
  readonly document?: string;
  /** Documents published at or after, at or before this date (inclusive, as far as known). */
  readonly since?: PartialDate;
  readonly until?: PartialDate;
}

/** What a conversation remembers of one question. Small and serialisable. */
export interface Turn {
  readonly question: string;
  /** As understood; empty for small talk. */
  readonly understood: string;
  readonly outcome: Outcome;
  /** Ids of the quoted passages, best first. */
  readonly passages: readonly string[];
}

export interface Question {
  readonly text: string;
  /** Earlier turns of the conversation, oldest first. */
  readonly history?: readonly Turn[];
  readonly filter?: Filter;
  /** How many ranked passages to return, from 1 (default 10). */
  readonly top?: number;
  /** Whether the ranked passages carry their features. */
  readonly explain?: boolean;
}

/** What a re-index did. */
export interface ReindexResult {
  /** Whether there is a new version; the index is what it was when nothing had changed. */
  readonly changed: boolean;
  readonly documents: number;
  readonly passages: number;
  /** Passages that were not in the index before, or stood there otherwise. */
  readonly encoded: number;
  /** Files that were left out. */
  readonly failures: readonly { readonly file: string; readonly reason: string }[];
}

/** A paragraph and its neighbours in the document: its passages as quotations, in order of the text. */
export interface Surroundings {
  /** Empty at the document's beginning. */
  readonly before: readonly Quote[];
  /** The paragraph that holds the passage: more than one quotation where it is a list. */
  readonly itself: readonly Quote[];
  /** Empty at the document's end. */
  readonly after: readonly Quote[];
}

/** How a paragraph begins: enough to choose it by. */
export interface ParagraphStart {
  /** What `Engine.find` takes: the printed number, or `#` and the ordinal where none is printed. */
  readonly number: string;
  /** Its first words, at most 100 characters. */
  readonly text: string;
}

/** What every door talks to: an open index with its encoder, from question to answer. */
export interface Engine {
  /** Rejects with `UserError` on a question or filter that can't be used. */
  ask(question: Question): Promise<Answer>;
  /** The paragraph that a passage stands in, with the ones before and after; null when there is no such passage. */
  around(passage: string): Promise<Surroundings | null>;
  /**
   * The paragraph of a document by its printed number (`"105"`), or by `#` and a passage's ordinal;
   * empty when there is none. Rejects with `UserError` on an unknown document.
   */
  find(document: string, number: string): Promise<readonly Quote[]>;
  /**
   * A document's paragraphs in order: those with printed numbers, or all where none are printed.
   * Rejects with `UserError` on an unknown document.
   */
  paragraphs(document: string): Promise<readonly ParagraphStart[]>;
  readonly documents: readonly DocumentInfo[];
  readonly passageCount: (document: string) => number;
  readonly encoder: string;
  /** `Reranker.id`; absent where none is set. */
  readonly reranker?: string | undefined;
  /** When the index was built, ISO 8601. */
  readonly builtAt: string;
}

/** Texts to unit vectors. `purpose` chooses the model's prefix. */
export interface Encoder {
  /** Identifies model and settings: an index made with another id can't be used. */
  readonly id: string;
  readonly dimensions: number;
  /** Maximum tokens of one text; longer texts are cut by the model. */
  readonly maxTokens: number;
  /** One unit vector of `dimensions` numbers for each text, in order; zeros for a text without known words. */
  encode(texts: readonly string[], purpose: "query" | "passage"): Promise<Float32Array[]>;
  /**
   * One vector for each single word, its length being the word's weight (zero for words without
   * meaning). Only of static encoders, whose words mean the same everywhere.
   */
  wordVectors?(words: readonly string[]): Promise<Float32Array[]>;
  /** Tokens of each text, special ones included. */
  countTokens(texts: readonly string[]): number[];
}

/** Reads a question and a passage together (a cross-encoder): slower than comparing vectors, and finer. */
export interface Reranker {
  /** Identifies model and settings. */
  readonly id: string;
  /**
   * How well each passage answers, in order: logits, any finite number, the higher the better. A pair that
   * is longer than the model takes is cut at the passage's end.
   */
  score(question: string, passages: readonly string[]): Promise<Float32Array>;
}
