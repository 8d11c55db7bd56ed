import { describe, expect, test } from "vitest";
import { unknownNames } from "../../src/retrieval/unknown-names.ts";
import { contentTerms, type QuestionWord } from "../../src/retrieval/matching.ts";
import { terms } from "../../src/text/terms.ts";

/** The documents know the words that are given. */
function namesIn(question: string, known: string): string[] {
  const stems = new Set(terms(known).map(({ stem }) => stem));
  const words = contentTerms(terms(question)).map(
    ({ stem, isNumber }) => ({ stem, isNumber, known: stems.has(stem) }) as QuestionWord,
  );
  return unknownNames(question, { words });
}

const KNOWN = "how many children live in poverty survey show academy medicals rate clemo";

describe("names that no document knows", () => {
  test.each([
    ["how many children in Fenland live in poverty?", ["Fenland"]],
    ["what did the St Neots Astrea Academy survey show?", ["St Neots Astrea Academy"]],
    ["is it Addenbrooke's that does the medicals?", ["Addenbrooke's"]],
    ["how many in Ely and in Wisbech live in poverty?", ["Ely", "Wisbech"]],
  ])("%s", (question, names) => {
    expect(namesIn(question, KNOWN)).toEqual(names);
  });
});

test.each([
  ["how many children in fenland live in poverty?", "written small"],
  ["Fenland poverty rate?", "at the beginning, where everything has a capital"],
  ["the rate. Fenland?", "at the beginning of a sentence"],
  ["did the film win a BFI prize?", "an abbreviation, which the documents may spell out"],
  ["Did Clemo And Co Mope About It", "a question all in capitals"],
  ["is Clemo in the survey?", "a name that the documents know"],
  ["how many children live in poverty?", "no name"],
  ["Hi Siobhan, what is the poverty rate?", "the name of whoever is greeted"],
  ["Hi, it's Priya from Wisbech here, what is the poverty rate?", "the name of whoever asks"],
  ["I'm in Wisbech, what is the poverty rate?", "where whoever asks is"],
  ["what is the poverty rate, Gavin?", "the name of whoever is asked"],
])("%s: none, as %s", (question) => {
  expect(namesIn(question, KNOWN)).toEqual([]);
});
