// What Discord refuses, written by hand from its documentation: a request's body in, a list of what is
// wrong with it out. Also the manners of this bot: nothing of it may ping. Doesn't know the types of
// fields: openapi.ts does, where Discord's own description is at hand.

type Json = Record<string, unknown>;
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const length = (value: unknown): number => (typeof value === "string" ? value.length : 0);

/** What is wrong with a message that is posted or edited. */
export function messageProblems(body: Json): string[] {
  const embeds = list(body["embeds"]);
  const problems = embeds.flatMap((embed, index) => embedProblems(embed, `embeds[${index}]`));
  const total = embeds.map(embedLength).reduce((a, b) => a + b, 0);
  const urls = embeds.map((embed) => embed["url"]).filter((url) => url !== undefined);
  const mentions = body["allowed_mentions"] as Json | undefined;
  return [
    ...problems,
    ...atMost("content", body["content"], 2000),
    ...(embeds.length > 10 ? [`${embeds.length} embeds`] : []),
    ...(total > 6000 ? [`${total} characters in embeds`] : []),
    ...(new Set(urls).size < urls.length ? ["embeds share a url and would be merged"] : []),
    ...(length(body["content"]) === 0 && embeds.length === 0 ? ["an empty message"] : []),
    ...(JSON.stringify(mentions) === '{"parse":[],"replied_user":false}'
      ? []
      : [`allowed_mentions is ${JSON.stringify(mentions)}`]),
    ...componentProblems(list(body["components"])),
    ...(/\p{Surrogate}/u.test(strings(body).join("\n")) ? ["half a surrogate pair"] : []),
  ];
}

/** What is wrong with the first response to an interaction. */
export function callbackProblems(body: Json): string[] {
  const data = (body["data"] ?? {}) as Json;
  if (body["type"] === 4) return messageProblems(data);
  if (body["type"] === 5) return [];
  // Turning a page: the message that holds the button becomes this.
  if (body["type"] === 7) return messageProblems(data);
  if (body["type"] !== 8) return [`type ${String(body["type"])} of a response`];
  const choices = list(data["choices"]);
  return [
    ...(choices.length > 25 ? [`${choices.length} choices`] : []),
    ...choices.flatMap(({ name, value }) => [
      ...within("a choice's name", name, 1, 100),
      ...within("a choice's value", value, 1, 100),
    ]),
  ];
}

/** What is wrong with a list of commands. */
export function commandProblems(commands: readonly Json[]): string[] {
  const names = commands.map(({ name, type }) => `${String(type ?? 1)} ${String(name)}`);
  return [
    ...(new Set(names).size < names.length ? ["two commands of one name"] : []),
    ...commands.flatMap((command) => {
      const slash = (command["type"] ?? 1) === 1;
      return [
        ...(slash ? nameProblems(command["name"]) : within("a menu command's name", command["name"], 1, 32)),
        ...within(
          `${String(command["name"])}'s description`,
          command["description"],
          slash ? 1 : 0,
          slash ? 100 : 0,
        ),
        ...optionProblems(list(command["options"])),
        ...(textLength(command) > 8000 ? [`${textLength(command)} characters in a command`] : []),
      ];
    }),
  ];
}

/** What is wrong with a command's options, and with those of its subcommands. */
function optionProblems(options: readonly Json[]): string[] {
  const required = options.map((option) => option["required"] === true);
  return [
    ...(options.length > 25 ? [`${options.length} options`] : []),
    ...(required.lastIndexOf(true) > required.indexOf(false) && required.includes(false)
      ? ["a required option after one that isn't"]
      : []),
    ...options.flatMap((option) => [
      ...nameProblems(option["name"]),
      ...within(`${String(option["name"])}'s description`, option["description"], 1, 100),
      ...optionProblems(list(option["options"])),
    ]),
  ];
}

/** Names and descriptions of a command and all that it holds. */
function textLength(command: Json): number {
  const inner = list(command["options"]).map(textLength);
  return inner.reduce((a, b) => a + b, length(command["name"]) + length(command["description"]));
}

function embedProblems(embed: Json, at: string): string[] {
  const fields = list(embed["fields"]);
  const [author, footer] = [embed["author"] as Json | undefined, embed["footer"] as Json | undefined];
  const empty = embedLength(embed) === 0 ? [`${at} is empty`] : [];
  return [
    ...empty,
    ...atMost(`${at}.title`, embed["title"], 256),
    ...atMost(`${at}.description`, embed["description"], 4096),
    ...(author === undefined ? [] : within(`${at}.author.name`, author["name"], 1, 256)),
    ...(footer === undefined ? [] : within(`${at}.footer.text`, footer["text"], 1, 2048)),
    ...(fields.length > 25 ? [`${at}: ${fields.length} fields`] : []),
    ...fields.flatMap((field) => [
      ...within(`${at}: a field's name`, field["name"], 1, 256),
      ...within(`${at}: a field's value`, field["value"], 1, 1024),
    ]),
  ];
}

function embedLength(embed: Json): number {
  const parts = [embed["title"], embed["description"]];
  parts.push(
    (embed["author"] as Json | undefined)?.["name"],
    (embed["footer"] as Json | undefined)?.["text"],
  );
  for (const field of list(embed["fields"])) parts.push(field["name"], field["value"]);
  return parts.map(length).reduce((a, b) => a + b, 0);
}

function componentProblems(rows: Json[]): string[] {
  const buttons = rows.flatMap((row) => list(row["components"]));
  const ids = buttons.map((button) => button["custom_id"]);
  return [
    ...(rows.length > 5 ? [`${rows.length} action rows`] : []),
    ...(rows.some((row) => ![1, 2, 3, 4, 5].includes(list(row["components"]).length))
      ? ["a row of no or too many buttons"]
      : []),
    ...(new Set(ids).size < ids.length ? ["two buttons of one custom_id"] : []),
    ...buttons.flatMap((button) => [
      ...within("custom_id", button["custom_id"], 1, 100),
      ...within("a button's label", button["label"], 1, 80),
    ]),
  ];
}

function nameProblems(name: unknown): string[] {
  const fine =
    typeof name === "string" && /^[-_'\p{L}\p{N}]{1,32}$/u.test(name) && name === name.toLowerCase();
  return fine ? [] : [`the name ${JSON.stringify(name)}`];
}

function atMost(what: string, value: unknown, max: number): string[] {
  return length(value) <= max ? [] : [`${what}: ${length(value)} characters, more than ${max}`];
}

/** Discord trims what it counts. */
function within(what: string, value: unknown, min: number, max: number): string[] {
  const text = typeof value === "string" ? value : "";
  return text.trim().length < min ? [`${what} is empty`] : atMost(what, text, max);
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}
