// Passages <-> a few arrays of numbers. A passage's words are not kept: they are what its pieces show of
// its document's text, and are read from there whenever somebody asks. So thousands of passages cost what
// their numbers cost, and memory for words goes to those that are looked at.

import { textOf } from "../passages/markup.ts";
import type { Document, Introduction, Passage, PassageKind, Piece } from "../types.ts";
import { GrowingInts } from "./growing.ts";
import type { StoredTexts } from "./stored-texts.ts";

const KINDS: readonly PassageKind[] = ["paragraph", "item", "row", "footnote", "heading"];
const JOINS: readonly Piece["join"][] = ["", " ", "\n"];
const NONE = -1;

/** What passages have in common, each once, by number. */
export interface PassageNames {
  readonly paragraphs: readonly string[];
  readonly sections: readonly (readonly string[])[];
  readonly lists: readonly string[];
  readonly footnotes: readonly (readonly string[])[];
}

/** By place; -1 where there is none. */
export interface PassageArrays {
  /** Number of the document. */
  readonly documents: Int32Array;
  readonly ordinals: Int32Array;
  readonly kinds: Int32Array;
  readonly pages: Int32Array;
  /** Numbers of `PassageNames`. */
  readonly paragraphs: Int32Array;
  readonly sections: Int32Array;
  readonly lists: Int32Array;
  readonly footnotes: Int32Array;
  /** Where the pieces of the lead-in, of the attribution are among the lists of pieces. */
  readonly leadIns: Int32Array;
  readonly attributions: Int32Array;
  /** List of pieces -> its first; the passages' own lists come first, in order, then the introductions'. */
  readonly piecesFrom: Int32Array;
  /** Start, end and join of each piece. */
  readonly pieces: Int32Array;
}

export interface PassageData {
  readonly names: PassageNames;
  readonly arrays: PassageArrays;
}

/** Turns passages into arrays. Throws when a passage is not what its pieces show: it could never be proved. */
export function packPassages(passages: readonly Passage[], documents: readonly Document[]): PassageData {
  const numbers = new Map(documents.map(({ info }, number) => [info.id, number]));
  const texts = documents.map((document) => ({ document, text: document.text }));
  const [piecesFrom, pieces] = [new GrowingInts(), new GrowingInts()];
  const addPieces = (list: readonly Piece[]) => {
    piecesFrom.push(pieces.length / 3);
    for (const { start, end, join } of list)
      for (const value of [start, end, JOINS.indexOf(join)]) pieces.push(value);
  };
  const names = { paragraphs: [], sections: [], lists: [], footnotes: [] };
  const paragraphs = numbering<string>(names.paragraphs);
  const sections = numbering<readonly string[]>(names.sections);
  const lists = numbering<string>(names.lists);
  const footnotes = numbering<readonly string[]>(names.footnotes);
  const introductions: (readonly Piece[])[] = [];
  const introduction = numbering<readonly Piece[]>(introductions);
  const column = (value: (passage: Passage) => number) => Int32Array.from(passages, value);
  for (const passage of passages) {
    // One of the index before is read by its pieces: it can't say anything else.
    if (passage instanceof StoredPassage) {
      addPieces(passage.pieces);
      continue;
    }
    const source = texts[numbers.get(passage.document)!]!.text;
    for (const { text, pieces: own } of [passage, passage.leadIn, passage.attribution].filter(
      (one) => one !== undefined,
    ))
      if (textOf(source, own) !== text) throw new Error(`${passage.id} is not what its pieces show`);
    addPieces(passage.pieces);
  }
  const listOf = ({ document }: Passage, words: Introduction | undefined): number => {
    const number = introduction(words?.pieces, document);
    return number === NONE ? NONE : passages.length + number;
  };
  const arrays = {
    documents: column(({ document }) => numbers.get(document)!),
    ordinals: column(({ ordinal }) => ordinal),
    kinds: column(({ kind }) => KINDS.indexOf(kind)),
    pages: column(({ page }) => page ?? NONE),
    paragraphs: column(({ paragraph }) => paragraphs(paragraph)),
    sections: column(({ section }) => sections(section)),
    lists: column(({ list }) => lists(list)),
    footnotes: column((passage) => footnotes(passage.footnotes)),
    leadIns: column((passage) => listOf(passage, passage.leadIn)),
    attributions: column((passage) => listOf(passage, passage.attribution)),
  };
  for (const list of introductions) addPieces(list);
  piecesFrom.push(pieces.length / 3);
  return { names, arrays: { ...arrays, piecesFrom: piecesFrom.done(), pieces: pieces.done() } };
}

/** Numbers values in order of first mention, and gathers them in `all`; none for an absent one. */
function numbering<T>(all: T[]): (value: T | null | undefined, apart?: string) => number {
  const known = new Map<string, number>();
  /** The very same array needn't be compared again. */
  const seen = new Map<T, number>();
  return (value, apart = "") => {
    if (value === null || value === undefined) return NONE;
    const before = seen.get(value);
    if (before !== undefined) return before;
    const key = `${apart}\n${JSON.stringify(value)}`;
    const number = known.get(key) ?? all.push(value) - 1;
    known.set(key, number);
    seen.set(value, number);
    return number;
  };
}

/** The passages of arrays, over the documents' texts. */
export function openPassages(data: PassageData, ids: readonly string[], texts: StoredTexts): Passage[] {
  return Array.from(data.arrays.kinds, (_, place) => new StoredPassage({ ...data, ids, texts }, place));
}

interface Source extends PassageData {
  /** Number of a document -> its id. */
  readonly ids: readonly string[];
  readonly texts: StoredTexts;
}

/** One passage of the arrays. Every property is read from them when it is asked for. */
class StoredPassage implements Passage {
  readonly #source: Source;
  readonly #place: number;

  constructor(source: Source, place: number) {
    this.#source = source;
    this.#place = place;
  }

  get id(): string {
    return `${this.document}#${this.ordinal}`;
  }
  get document(): string {
    return this.#source.ids[this.#number("documents")]!;
  }
  get ordinal(): number {
    return this.#number("ordinals");
  }
  get kind(): PassageKind {
    return KINDS[this.#number("kinds")]!;
  }
  get paragraph(): string | null {
    return this.#source.names.paragraphs[this.#number("paragraphs")] ?? null;
  }
  get page(): number | null {
    const page = this.#number("pages");
    return page === NONE ? null : page;
  }
  get section(): readonly string[] {
    return this.#source.names.sections[this.#number("sections")]!;
  }
  get text(): string {
    return this.#shown(this.pieces);
  }
  get pieces(): readonly Piece[] {
    return this.#pieces(this.#place);
  }
  get leadIn(): Introduction | undefined {
    return this.#introduction(this.#number("leadIns"));
  }
  get attribution(): Introduction | undefined {
    return this.#introduction(this.#number("attributions"));
  }
  get list(): string | undefined {
    return this.#source.names.lists[this.#number("lists")];
  }
  get footnotes(): readonly string[] | undefined {
    return this.#source.names.footnotes[this.#number("footnotes")];
  }

  #number(column: Exclude<keyof PassageArrays, "piecesFrom" | "pieces">): number {
    return this.#source.arrays[column][this.#place]!;
  }

  #introduction(list: number): Introduction | undefined {
    if (list === NONE) return undefined;
    const pieces = this.#pieces(list);
    return { text: this.#shown(pieces), pieces };
  }

  #pieces(list: number): Piece[] {
    const { piecesFrom, pieces } = this.#source.arrays;
    const out: Piece[] = [];
    for (let i = piecesFrom[list]! * 3; i < piecesFrom[list + 1]! * 3; i += 3)
      out.push({ start: pieces[i]!, end: pieces[i + 1]!, join: JOINS[pieces[i + 2]!]! });
    return out;
  }

  #shown(pieces: readonly Piece[]): string {
    const document = this.#number("documents");
    return pieces
      .map(
        ({ start, end, join }, i) => (i === 0 ? "" : join) + this.#source.texts.slice(document, start, end),
      )
      .join("");
  }
}
