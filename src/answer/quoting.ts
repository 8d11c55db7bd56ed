// Ranked passages -> the quotations that are shown: the sentences that answer with the answering words in
// bold, a whole list where a list is asked for, and what answers as well.

import type { OpenIndex } from "../index/open-index.ts";
import { holds } from "../retrieval/evidence.ts";
import { findExplanation } from "../text/acronyms.ts";
import { matchWords } from "../retrieval/matching.ts";
import { type ParsedQuestion, parseQuestion, type Want } from "../retrieval/question.ts";
import type { Ordered } from "../retrieval/order.ts";
import type { Ranking } from "../retrieval/rank.ts";
import type { Passage, Quote, Span } from "../types.ts";
import { boldSpans } from "./bold.ts";
import { introducedBy, listOf, sectionOf } from "./list.ts";
import type { Models } from "./models.ts";
import { quotePassage } from "./quote.ts";
import { chooseSentences, sentenceFeatures, sentenceProbabilities } from "./sentences.ts";

/** Passages quoted beside the first one at most. */
export const FURTHER = 2;
/** A passage within this of the first one's score may answer as well. */
const NEAR = 0.7;
/** Lists up to this many items are quoted whole where several items answer. */
const SHORT = 12;
/** Kinds of answers of which an item holds one. */
const EXACT = ["percent", "money", "duration", "frequency", "date", "person", "grade"] as const;

/** Quotes of a passage: the sentences that answer, the answering words in bold. */
export async function quoter(
  focus: string,
  whole: string,
  ranking: Ranking,
  index: OpenIndex,
  models: Models,
): Promise<(passage: Passage) => Quote | null> {
  const question = parseQuestion(focus);
  const places = ranking.candidates.map(({ place }) => place);
  const matching =
    focus === whole ? ranking.context.matching : await matchWords(question.terms, index, places);
  const parsed = {
    ...parseQuestion(whole),
    wants: question.wants.size > 0 ? question.wants : parseQuestion(whole).wants,
    national: question.national,
    years: question.years.length > 0 ? question.years : parseQuestion(whole).years,
  };
  return (passage) => {
    const { sentences } = index.lexical.passages[index.places.get(passage.id)!]!;
    const values = sentenceFeatures(passage, sentences, parsed, matching);
    const probabilities = sentenceProbabilities(values, models.sentences);
    if (parsed.acronym !== null) {
      // No other sentence can tell what it stands for.
      for (const [i, { start, end }] of sentences.entries())
        if (findExplanation(passage.text.slice(start, end), parsed.acronym.short)) probabilities[i]! += 1;
    }
    const { quote, best } = chooseSentences(passage, sentences, probabilities);
    const answering = sentenceOfYear(passage.text, sentences, quote, best, parsed);
    const bold = boldSpans(passage.text, answering, parsed, matching, index.lexical);
    const quoted = quotePassage(passage, quote, bold, index);
    return quoted && parsed.wants.has("person") && isSpeakerAlone(quoted) ? { ...quoted, bold: [] } : quoted;
  };
}

/** Of what is quoted, the sentence that names the year asked for where the best one does not; it must name a figure, too. */
function sentenceOfYear(
  text: string,
  sentences: readonly Span[],
  quote: Span,
  best: Span,
  { years, wants }: Pick<ParsedQuestion, "years" | "wants">,
): Span {
  const names = ({ start, end }: Span) => years.some((year) => text.slice(start, end).includes(String(year)));
  if (years.length === 0 || names(best) || !(wants.has("number") || wants.has("percent"))) return best;
  const other = sentences.find(
    (sentence) =>
      sentence.start >= quote.start &&
      sentence.end <= quote.end &&
      names(sentence) &&
      holds(text.slice(sentence.start, sentence.end), "number"),
  );
  return other ?? best;
}

/** Whether the only person named is who says it: then no word of theirs answers "who". */
function isSpeakerAlone({ attribution, text }: Quote): boolean {
  return attribution !== undefined && holds(attribution, "person") && !holds(text, "person");
}

/** The first passage, its whole list where that answers, and those that answer as well. */
export function answerQuotes(
  { candidates, below, context: { question } }: Ordered,
  quote: (passage: Passage) => Quote | null,
  index: OpenIndex,
): Quote[] {
  const first = candidates[0]!;
  const near = candidates.slice(1, 1 + FURTHER).filter(({ score }) => first.score - score < NEAR);
  const shown = [first, ...near].map(({ place }) => index.passages[place]!);
  const asked = below.length <= SHORT ? below.map((place) => index.passages[place]!) : [];
  const group = asked.length > 0 ? asked : listThatAnswers(shown, question.wants, index);
  if (group.length > 1)
    return group.flatMap((item) => quotePassage(item, { start: 0, end: item.text.length }, [], index) ?? []);
  return shown.flatMap((passage) => quote(passage) ?? []);
}

/**
 * The list to quote whole: one that is asked for, one that the first passage introduces, or a short one of
 * which several items answer. What asks for a figure, a name or a date is answered by one of them.
 */
function listThatAnswers(
  [first, ...near]: readonly Passage[],
  wants: ReadonlySet<Want>,
  index: OpenIndex,
): Passage[] {
  const introduced = introducedBy(first!, index);
  if (wants.has("list")) return introduced.length > 0 ? introduced : wholeList(first!, index);
  if (wants.has("number")) return [];
  if (introduced.length > 0) return introduced;
  const own = listOf(first!, index);
  if (own.length > SHORT || EXACT.some((want) => wants.has(want))) return [];
  const isOfIt = (passage: Passage) =>
    own.includes(passage) || introducedBy(passage, index).some((item) => own.includes(item));
  return near.some(isOfIt) ? own : [];
}

function wholeList(passage: Passage, index: OpenIndex): Passage[] {
  const list = listOf(passage, index);
  return list.length > 1 ? list : sectionOf(passage, index, 12);
}
