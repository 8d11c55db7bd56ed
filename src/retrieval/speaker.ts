// A name in a message -> whether it is the name of whoever speaks or is spoken to: "Hi Siobhan", "it's
// Priya from Wisbech", "I'm Councillor Hall". Nothing is asked about them.

/** What stands before the name of whoever speaks, in the same breath. */
const SPEAKS =
  /\b(?:i'm|i am|we're|we are|it's|it is|this is|my name is|(?:i|we) (?:live|work)|here)\b[^,;.!?]*$/i;
/** …and of whoever is greeted or thanked. */
const GREETS =
  /\b(?:hi|hello|hey|hiya|dear|(?:good )?(?:morning|afternoon|evening)|thanks|thank you|cheers)\b,?(?:\s+\p{Lu}[\p{L}’'.-]*)*\s+$/iu;

/** Whether the name that begins at `start` is the speaker's or the listener's. */
export function isOfSpeakers(text: string, start: number): boolean {
  const before = text.slice(0, start).replaceAll("’", "'");
  return SPEAKS.test(before) || GREETS.test(before);
}
