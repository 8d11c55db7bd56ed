import { AutoTokenizer, env, type PreTrainedTokenizer } from "@xenova/transformers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { piecesOf, tokenIds, words, wordTokenizer } from "../../src/encoder/tokenizer.ts";
import { UserError } from "../../src/errors.ts";
import { makeTinyModel, TINY_PIECES } from "../fakes/tiny-model.ts";

env.allowRemoteModels = false;

describe("words", () => {
  it("are lower case, without accents and punctuation", () => {
    expect(words("The Council, (and) its BOARD: café—naïve façade…")).toEqual(
      "the council and its board cafe naive facade".split(" "),
    );
  });

  it("lose a possessive s, and apostrophes of every shape", () => {
    expect(words("children's children’s childrens' O’Brien’s don't don`t ‘quoted’ 'single'")).toEqual(
      "children children childrens obrien dont dont quoted single".split(" "),
    );
    expect(words("'s 'so")).toEqual(["s", "so"]);
  });

  it("keep numbers together and signs that matter apart", () => {
    expect(words("In 2013, 62% of £1,200.50 on the 1st; 2012,2013 KS2")).toEqual(
      "in 2013 62 % of £ 1200 50 on the 1st 2012 2013 ks2".split(" "),
    );
  });

  it("are the same from typeset text: ligatures, soft hyphens, odd spaces, full-width forms", () => {
    expect(words("of\ufb01cers coun\u00adcil\u00a0board\u200b x\u2009y ＡＢ ²")).toEqual(
      "officers council board x y ab 2".split(" "),
    );
  });

  it("are letters of any script", () => {
    expect(words("Żółć łódź, привет 你好")).toEqual(["zołc", "łodz", "привет", "你好"]);
  });
});

describe("piecesOf", () => {
  const known = new Set(["foster", "fost", "##ing", "##in", "##g"]);

  it("takes the longest known beginning, then the longest known continuation", () => {
    expect(piecesOf("fostering", known)).toEqual(["foster", "##ing"]);
    expect(piecesOf("foster", known)).toEqual(["foster"]);
  });

  it("is unknown as a whole when a stretch of the word is", () => {
    expect(piecesOf("fosters", known)).toEqual(["[UNK]"]);
    expect(piecesOf("g".repeat(101), new Set(["g", "##g"]))).toEqual(["[UNK]"]);
  });
});

describe("wordTokenizer", () => {
  let tokenizer: PreTrainedTokenizer;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const tiny = await makeTinyModel();
    remove = tiny.remove;
    tokenizer = await AutoTokenizer.from_pretrained(tiny.folder);
  });
  afterAll(() => remove());

  const TEXTS = [
    "The Council’s café: 62% of £1,200 — children's ‘fostering’ in 2013.",
    "childs fosters caring [PAD] [UNK] ## ##s",
    "",
    " \t\n\u00a0",
    "of\ufb01cers coun\u00adcil\u200b board İSTANBUL ΟΔΟΣ straße Ǆ ²½ ٣ 𝒞𝒶𝓇𝑒 👩‍👧 e\u0301 'S 's s' O'Brien's'",
    "`care` ´care´ ＇care＇ ʼcare care's, 1,000,000 1,00 12,3456 '62',000",
    `${"x".repeat(101)} ${"child".repeat(20)}`,
    "constructor __proto__ toString \ud800 \u0000care",
  ];

  it("makes transformers.js find the same tokens as tokenIds", () => {
    for (const text of TEXTS) {
      const { input_ids } = tokenizer(text, { return_tensor: false });
      expect(input_ids, JSON.stringify(text)).toEqual(tokenIds(text, TINY_PIECES));
    }
  });

  it("makes it find them in every character of the first plane", () => {
    for (let start = 0; start < 0x10000; start += 0x100) {
      const block = Array.from({ length: 0x100 }, (_, i) => String.fromCharCode(start + i));
      const text = `care${block.join("care")}care`;
      expect(tokenizer(text, { return_tensor: false }).input_ids, start.toString(16)).toEqual(
        tokenIds(text, TINY_PIECES),
      );
    }
  });

  it("takes typed special tokens for words", () => {
    expect(tokenIds("[PAD]", TINY_PIECES)).toEqual([TINY_PIECES.get("[UNK]")]);
  });

  it("refuses pieces that no text can produce", () => {
    const pieces = (...more: string[]) =>
      new Map(["[PAD]", "[UNK]", ...more].map((piece, id) => [piece, id]));
    expect(() => wordTokenizer({ pieces: pieces("good", "##ing", "%"), dimensions: 2 })).not.toThrow();
    for (const piece of ["Council", "two words", "café", "don't", ".", "##", ""]) {
      expect(() => wordTokenizer({ pieces: pieces(piece), dimensions: 2 }), piece).toThrow(UserError);
    }
  });

  it("refuses ids with gaps and missing special pieces", () => {
    const gap = new Map([
      ["[PAD]", 0],
      ["[UNK]", 1],
      ["good", 3],
    ]);
    expect(() => wordTokenizer({ pieces: gap, dimensions: 2 })).toThrow("none is 2");
    expect(() => wordTokenizer({ pieces: new Map([["[PAD]", 0]]), dimensions: 2 })).toThrow("[UNK]");
  });
});
