import { expect, test } from "vitest";
import {
  checked,
  choice,
  choices,
  flag,
  FOLDERS,
  helpText,
  parseCommand,
  text,
  texts,
  wholeNumber,
} from "../../src/cli/args.ts";
import { configFor, configForEncoder } from "../../src/cli/door.ts";
import { nearest } from "../../src/cli/nearest.ts";
import { UserError } from "../../src/errors.ts";

const COMMAND = {
  usage: "npm run ask -- QUESTION",
  about: "Answers one question by quoting the documents.",
  positionals: "QUESTION",
  options: {
    top: wholeNumber("N", "How many passages", { min: 1, max: 50 }),
    json: flag("One JSON object instead of text"),
    document: text("ID", "Only this document"),
    also: texts("FILE", "A further file"),
    format: choice(["plain", "html"], "How to print"),
    since: checked("DATE", "Not before this day", "a date such as 2014-08", (given) =>
      /^\d{4}(-\d\d){0,2}$/.test(given) ? given : undefined,
    ),
    ...FOLDERS,
  },
} as const;

const parse = (...args: string[]) => parseCommand(COMMAND, args);

test("values have the types of their options", () => {
  const { values, positionals, help } = parse(
    "--top",
    "3",
    "why?",
    "--json",
    "--also=a",
    "--also",
    "b",
    "--since=2014",
  );
  const top: number | undefined = values.top;
  const format: "plain" | "html" | undefined = values.format;
  expect({ ...values, top, format }).toEqual({
    top: 3,
    json: true,
    document: undefined,
    also: ["a", "b"],
    format: undefined,
    since: "2014",
    corpus: undefined,
    index: undefined,
  });
  expect(positionals).toEqual(["why?"]);
  expect(help).toBeNull();
});

test("after -- everything is a positional argument", () => {
  expect(parse("--", "--top", "-h").positionals).toEqual(["--top", "-h"]);
});

test("a value may begin with one dash, or with two after =", () => {
  expect(parse("--document", "-a").values.document).toBe("-a");
  expect(parse("--document=--a").values.document).toBe("--a");
});

test.each([
  [["--tip", "3"], "--tip is not an option; did you mean --top? npm run ask -- --help lists what there is."],
  [
    ["--doc", "x"],
    "--doc is not an option; did you mean --document? npm run ask -- --help lists what there is.",
  ],
  [["--zzzzzzz"], "--zzzzzzz is not an option. npm run ask -- --help lists what there is."],
  [["-x"], "-x is not an option. npm run ask -- --help lists what there is."],
  [["--toString"], "--toString is not an option. npm run ask -- --help lists what there is."],
  [["--__proto__"], "--__proto__ is not an option. npm run ask -- --help lists what there is."],
  [["--top"], "--top needs a value: --top N."],
  [["--top="], "--top needs a value: --top N."],
  [["--top", "--json"], "--top needs a value: --top N."],
  [["--top", "0"], '--top must be a whole number from 1 to 50, got "0".'],
  [["--top", "1e1"], '--top must be a whole number from 1 to 50, got "1e1".'],
  [["--top", "2", "--top", "3"], "--top is given twice."],
  [["--json=yes"], '--json takes no value, got "yes".'],
  [["--format", "pdf"], '--format must be one of plain, html, got "pdf".'],
  [["--since", "soon"], '--since must be a date such as 2014-08, got "soon".'],
])("%j is refused: %s", (args, message) => {
  expect(() => parse(...args)).toThrow(new UserError(message));
});

test("positional arguments are refused where none are taken", () => {
  const command = { usage: "npm start", options: FOLDERS };
  expect(() => parseCommand(command, ["now"])).toThrow(
    new UserError('"now" is not an option. npm start -- --help lists what there is.'),
  );
});

test("the help text is made from the same table, and asking for it forgives everything else", () => {
  expect(parse("--nonsense", "-h").help).toBe(helpText(COMMAND));
  expect(helpText(COMMAND)).toMatchInlineSnapshot(`
    "Usage: npm run ask -- QUESTION [options]

    Answers one question by quoting the documents.

    Options:
      --top N              How many passages
      --json               One JSON object instead of text
      --document ID        Only this document
      --also FILE …        A further file
      --format plain|html  How to print
      --since DATE         Not before this day
      --corpus DIR         Folder of the documents (CORPUS_DIR)
      --index DIR          Folder of the index (INDEX_DIR)
      --help               Show this text
    "
  `);
});

test("only the folders that were given override the environment", () => {
  const { corpusDir, indexDir } = configFor(parse("--corpus", "/a/../b").values);
  expect(corpusDir).toBe("/b");
  expect(indexDir).toBe(configFor({}).indexDir);
});

test("a near word is one that begins so or is a letter or two away", () => {
  const known = ["questions", "json", "html"];
  expect(nearest("question", known)).toBe("questions");
  expect(nearest("jsno", known)).toBe("json");
  expect(nearest("q", known)).toBeNull();
  expect(nearest("corpus", known)).toBeNull();
});

test("several of a list are given again, by commas or as all, each once and in the order given", () => {
  const command = { usage: "npm run x", options: { of: choices(["a", "b", "c"], "What") } } as const;
  const read = (...args: string[]) => parseCommand(command, args).values.of;
  expect(read()).toEqual([]);
  expect(read("--of", "b,a", "--of", "b")).toEqual(["b", "a"]);
  expect(read("--of", "c,all")).toEqual(["c", "a", "b"]);
  expect(() => read("--of", "a,d")).toThrow(new UserError('--of must be one of a, b, c or all, got "d".'));
  expect(helpText(command)).toMatch(/--of NAME … +What: a, b, c; or all/);
});

test("another encoder has an index folder of its own, inside the usual one and never hidden", () => {
  const config = configFor({ index: "/i" });
  expect(configForEncoder(config, config.encoderModel)).toBe(config);
  const others = ["./models/encoder", "../models/encoder", "owner/name"].map((name) =>
    configForEncoder(config, name),
  );
  expect(others.map(({ encoderModel }) => encoderModel)).toEqual([
    "./models/encoder",
    "../models/encoder",
    "owner/name",
  ]);
  const folders = others.map(({ indexDir }) => indexDir);
  expect(new Set(folders).size).toBe(3);
  for (const folder of folders) expect(folder).toMatch(/^\/i\/encoders\/\w[\w.-]*$/);
});
