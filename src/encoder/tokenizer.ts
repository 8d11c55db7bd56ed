// Text -> the words and pieces that a static (word-level) encoder looks up, twice over: as the tokenizer
// files that transformers.js reads, and as plain functions for the trainer. Both do the same, a test
// compares them. What the pieces mean (their vectors, shared or not) is left to the trainer.
//
// Pieces are looked up as in WordPiece: the longest known beginning of a word, then the longest known
// `##continuation`, and so on; a word with an unknown stretch is `[UNK]` as a whole.

import { UserError } from "../errors.ts";

/** Fills short texts of a batch up; never counted. */
export const PAD = "[PAD]";
/** Stands for a word that can't be made of pieces. */
export const UNKNOWN = "[UNK]";

const LONGEST_WORD = 100;

// Applied in this order. The same sources serve JavaScript here and the tokenizer's file, so only what
// both regular expression dialects share is used.
const APOSTROPHES = "[\\u2018\\u2019\\u201b\\u02bc\\u0060\\u00b4\\uff07]"; // ‘ ’ ‛ ʼ ` ´ ＇
const INVISIBLE = "[\\u00ad\\u200b-\\u200d\\u2060\\ufeff]"; // soft hyphen, zero-width spaces and joiners
const POSSESSIVE = "(?<=\\p{L})'s(?![\\p{L}\\p{N}])";
const THOUSANDS = "(?<=\\p{N}),(?=\\p{N}{3}(?!\\p{N}))"; // 1,200 is one number
const WORD = "[\\p{L}\\p{N}]+|[%£$€]";

const apostrophes = new RegExp(APOSTROPHES, "gu");
const invisible = new RegExp(INVISIBLE, "gu");
const possessive = new RegExp(POSSESSIVE, "gu");
const thousands = new RegExp(THOUSANDS, "gu");
const word = new RegExp(WORD, "gu");

/**
 * A text's words: lower case, without accents, punctuation, possessive `'s` and apostrophes; letters and
 * digits that touch stay together; `%` and currency signs are words of their own.
 *
 *     words("The Council’s café: 62% didn't pay £1,200 in 2013.")
 *     // the council cafe 62 % didnt pay £ 1200 in 2013
 */
export function words(text: string): string[] {
  const plain = text
    .replace(apostrophes, "'")
    .replace(invisible, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(possessive, "")
    .replaceAll("'", "")
    .replace(thousands, "");
  return plain.match(word) ?? [];
}

/**
 * The pieces of one of `words(text)`, by the longest match from the left; `["[UNK]"]` where there is none.
 *
 *     piecesOf("fostering", known) // ["foster", "##ing"] when "fostering" itself is not known
 */
export function piecesOf(word: string, known: { has(piece: string): boolean }): string[] {
  const letters = [...word];
  if (letters.length > LONGEST_WORD) return [UNKNOWN];
  const pieces: string[] = [];
  for (let start = 0; start < letters.length;) {
    const prefix = start === 0 ? "" : "##";
    let end = letters.length;
    while (end > start && !known.has(prefix + letters.slice(start, end).join(""))) end--;
    if (end === start) return [UNKNOWN];
    pieces.push(prefix + letters.slice(start, end).join(""));
    start = end;
  }
  return pieces;
}

/** A text's token ids, not cut: what the model built with `wordTokenizer({ pieces })` is fed. */
export function tokenIds(text: string, pieces: ReadonlyMap<string, number>): number[] {
  return words(text).flatMap((each) => piecesOf(each, pieces).map((piece) => pieces.get(piece)!));
}

/**
 * The files beside the ONNX model, by name: `tokenizer.json`, `tokenizer_config.json` and `config.json`.
 * `pieces` gives every piece its id, the row of its vector: ids from 0 without gaps, `[PAD]` and `[UNK]`
 * among them; forms that mean the same may share one. Texts are cut after
 * `maxTokens` (512). No special tokens are added, so a text without a known word has no tokens at all,
 * or `[UNK]` alone: give that a row of zeros and it weighs nothing.
 *
 * Throws `UserError` for a piece that no text can produce, and for ids with gaps.
 */
export function wordTokenizer(options: {
  readonly pieces: ReadonlyMap<string, number>;
  readonly dimensions: number;
  readonly maxTokens?: number;
}): Readonly<Record<"tokenizer.json" | "tokenizer_config.json" | "config.json", string>> {
  const { pieces, dimensions, maxTokens = 512 } = options;
  checkPieces(pieces);
  const replace = (pattern: object, content: string) => ({ type: "Replace", pattern, content });
  const tokenizer = {
    version: "1.0",
    truncation: { direction: "Right", max_length: maxTokens, strategy: "LongestFirst", stride: 0 },
    padding: {
      strategy: "BatchLongest",
      direction: "Right",
      pad_to_multiple_of: null,
      pad_id: pieces.get(PAD),
      pad_type_id: 0,
      pad_token: PAD,
    },
    // Not declared as added tokens: those are found in the text itself, and "[PAD]" typed by somebody
    // is a word like any other.
    added_tokens: [],
    normalizer: {
      type: "Sequence",
      normalizers: [
        replace({ Regex: APOSTROPHES }, "'"),
        replace({ Regex: INVISIBLE }, ""),
        { type: "NFKD" },
        { type: "StripAccents" },
        { type: "Lowercase" },
        replace({ Regex: POSSESSIVE }, ""),
        replace({ String: "'" }, ""),
        replace({ Regex: THOUSANDS }, ""),
      ],
    },
    pre_tokenizer: { type: "Split", pattern: { Regex: WORD }, behavior: "Removed", invert: true },
    // Adds nothing; it is there because it also delivers the token types that BERT's inputs name.
    post_processor: {
      type: "TemplateProcessing",
      single: [{ Sequence: { id: "A", type_id: 0 } }],
      pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }],
      special_tokens: {},
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: false },
    model: {
      type: "WordPiece",
      unk_token: UNKNOWN,
      continuing_subword_prefix: "##",
      max_input_chars_per_word: LONGEST_WORD,
      vocab: Object.fromEntries(pieces),
    },
  };
  const tokenizerConfig = {
    tokenizer_class: "BertTokenizer",
    model_max_length: maxTokens,
    pad_token: PAD,
    unk_token: UNKNOWN,
    clean_up_tokenization_spaces: false,
  };
  const config = {
    model_type: "bert",
    architectures: ["BertModel"],
    hidden_size: dimensions,
    vocab_size: Math.max(...pieces.values()) + 1,
    max_position_embeddings: maxTokens,
    pad_token_id: pieces.get(PAD),
  };
  return {
    "tokenizer.json": `${JSON.stringify(tokenizer)}\n`,
    "tokenizer_config.json": `${JSON.stringify(tokenizerConfig, null, 2)}\n`,
    "config.json": `${JSON.stringify(config, null, 2)}\n`,
  };
}

function checkPieces(pieces: ReadonlyMap<string, number>): void {
  for (const special of [PAD, UNKNOWN]) {
    if (!pieces.has(special)) throw new UserError(`wordTokenizer: expected \`pieces\` to hold "${special}"`);
  }
  const ids = new Set(pieces.values());
  const last = Math.max(...ids);
  for (let id = 0; id <= last; id++) {
    if (!ids.has(id)) {
      throw new UserError(`wordTokenizer: expected ids from 0 to ${last}, but none is ${id}`);
    }
  }
  for (const piece of pieces.keys()) {
    const bare = piece.startsWith("##") ? piece.slice(2) : piece;
    const found = words(bare);
    if (piece !== PAD && piece !== UNKNOWN && (found.length !== 1 || found[0] !== bare)) {
      throw new UserError(
        `wordTokenizer: no text can produce the piece "${piece}"; words("${bare}") is [${found.join(", ")}]`,
      );
    }
  }
}
