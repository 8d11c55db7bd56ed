// Discord's limits on a message, as data. They are counted here in UTF-16 units, which is never fewer
// than Discord counts. Source: Discord's API documentation (Message, Embed and Component resources).

export const LIMITS = {
  /** A message's plain text. */
  content: 2000,
  embeds: 10,
  /** Title, description, field names and values, footer and author of all embeds of a message. */
  embedTotal: 6000,
  embedTitle: 256,
  embedDescription: 4096,
  embedFields: 25,
  fieldName: 256,
  fieldValue: 1024,
  embedFooter: 2048,
  embedAuthor: 256,
  customId: 100,
  /** Suggestions of one autocomplete answer, their names and their values. */
  choices: 25,
  choiceName: 100,
  choiceValue: 100,
} as const;

/** The longest question that is taken, in characters. */
export const MAX_QUESTION = 500;
