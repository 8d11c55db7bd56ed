// Messages that are known by their words, whatever the documents hold -> the line that they get.

import { datedAt, dateLine } from "../documents/dates.ts";
import { LINES } from "../retrieval/message-kind.ts";
import type { DocumentInfo } from "../types.ts";

const SOMEBODY =
  "(?:he|she|they|(?:step-?)?(?:dad|mum|father|mother|brother|sister)|uncle|(?:foster )?carer|partner|(?:boy|girl)friend|husband|wife|somebody|someone)";
/** Whoever writes so needs somebody at once, and no quotation. */
const IN_DANGER = new RegExp(
  `\\b(?:${[
    "kill(?:ing)? my ?self|end(?:ing)? (?:my (?:own )?life|it all)|(?:i|im|i'm|am|feel|feeling) (?:so |very |really )?suicidal|i (?:want|wanna|just want) (?:to )?die|(?:wanna|want to|gonna|going to|will) kms|(?:hurt|harm|cut)(?:ing)? my ?self",
    "(?:i'?m|i am|am i|i'?ve been|i have been|i was|i got) (?:being )?(?:hurt|hit|beaten|abused|raped|groomed|not safe|in danger|scared to go home)",
    "i (?:don'?t|do not) feel safe",
    `${SOMEBODY} (?:hit|hurt|beat|abuse|touche?|rape)[sd]? me`,
    `${SOMEBODY}(?:'?s| is| was| has been| keeps?) (?:hitting|hurting|beating|abusing|touching|raping) me`,
    "(?:child|kid|boy|girl|pupil|daughter|son)\\b.{0,40}\\b(?:told|tells) me\\b.{0,40}\\b(?:abus(?:ed|es|ing)|hit(?:s|ting)?|hurt(?:s|ing)?|beat(?:s|en|ing)?|rap(?:ed|ing)|groom(?:ed|ing)|touch(?:ed|es|ing))",
  ].join("|")})\\b`,
  "i",
);
export const HELP =
  "I am a bot and can only quote reports. If you or somebody else is in danger, call 999. Childline (0800 1111) and the Samaritans (116 123) listen day and night, free of charge.";

/** Somebody who got an answer that is none. */
const COMPLAINT =
  /^(?:(?:no+|nope|hmm+|sorry|thanks|ok|but|well|um+)[\s,.!]+)*(?:(?:that(?:'?s| is| was)|it(?:'?s| is| was)|this is|you(?:'?re| are)) )?(?:just |simply |totally |completely |plain )?(?:wrong|incorrect|not (?:right|true|correct|helpful|what i (?:asked|meant|wanted|was asking)(?: for| about)?)|the wrong (?:answer|one|thing)|no (?:use|help|good|answer)|useless)[\s.!]*$/i;
const SOURCES = "(?:documents?|reports?|articles?|sources?|files?|papers?|inspections?)";
/** Somebody who asks what can be asked about. */
const ASKS_FOR_DOCUMENTS = new RegExp(
  `^(?:(?:so|ok|and|hi|hello|please)[\\s,]+)*(?:${[
    `(?:what|which) (?:other )?${SOURCES} (?:(?:do|can|could) you (?:have|know|search|hold|use|quote|read|cover|see)(?: (?:about|from|in))?|have you(?: got)?|are (?:there|in (?:here|there)|indexed|loaded))`,
    `(?:can you |please )?(?:list|show)(?: me)? (?:all )?(?:the|your) ${SOURCES}`,
    "what(?:'s| is) in here",
    "what do you (?:have|know|cover)",
    "what can i ask(?: you)?(?: about)?",
  ].join("|")})[\\s?.!]*$`,
  "i",
);
/** Characters of a list of titles, and of each of them: it is read on a phone. */
const LIST = 340;
const TITLE = 60;

/** The line for a message, null where its words don't decide. */
export function plainLine(text: string, documents: readonly DocumentInfo[]): string | null {
  const plain = text.replaceAll("’", "'").trim();
  if (IN_DANGER.test(plain)) return HELP;
  if (COMPLAINT.test(plain)) return LINES.insult!;
  return ASKS_FOR_DOCUMENTS.test(plain) ? documentsLine(documents) : null;
}

/** What there is to be quoted, the newest first, as far as it fits. */
function documentsLine(documents: readonly DocumentInfo[]): string {
  const titles = documents
    .toSorted((a, b) => (datedAt(b) ?? "").localeCompare(datedAt(a) ?? ""))
    .map((info) => {
      const title = info.title || info.id;
      const date = dateLine({ published: info.published ?? null, inspected: info.inspected?.to });
      return `${title.length > TITLE ? `${title.slice(0, TITLE - 1).trimEnd()}…` : title}${date && ` (${date})`}`;
    });
  let count = 0;
  for (let length = 0; count < titles.length && length + titles[count]!.length < LIST; count++)
    length += titles[count]!.length + 2;
  const more = titles.length - count;
  const named = [...titles.slice(0, count), ...(more > 0 ? [`${more} more`] : [])].join("; ");
  return `I quote ${titles.length === 1 ? "one document" : `${titles.length} documents`}: ${named}.`;
}
