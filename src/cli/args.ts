// A command's table of options -> its typed values and its help text, so that the two can't disagree.
// Mistakes become `UserError`s that name the option and the nearest known one; what the values mean
// is left to the command.

import { parseArgs } from "node:util";
import { UserError } from "../errors.ts";
import { nearest } from "./nearest.ts";

/** One option. `value` is what the help shows for its value; null for a switch. */
export interface Option<T> {
  readonly value: string | null;
  readonly about: string;
  /** Whether it may be given more than once. */
  readonly many: boolean;
  /** From the texts given, in order (none: the option is absent), to what the command gets. */
  readonly read: (texts: readonly string[], name: string) => T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

export interface Command<O extends Options> {
  /** How it is called, without its options: `npm run ask -- QUESTION`. */
  readonly usage: string;
  /** What it does: a sentence or two. */
  readonly about?: string;
  readonly options: O;
  /** The name of its positional arguments (`QUESTION`); without it any is an error. */
  readonly positionals?: string;
}

export interface Parsed<O extends Options> {
  readonly values: { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };
  readonly positionals: readonly string[];
  /** The help text when `--help` or `-h` was given (then nothing else was looked at), else null. */
  readonly help: string | null;
}

/** A switch: true when given. */
export function flag(about: string): Option<boolean> {
  return { value: null, about, many: false, read: (texts) => texts.length > 0 };
}

/** One text, such as a file or folder. */
export function text(value: string, about: string): Option<string | undefined> {
  return { value, about, many: false, read: (texts) => texts[0] };
}

/** Any number of texts, in the order given. */
export function texts(value: string, about: string): Option<readonly string[]> {
  return { value, about, many: true, read: (all) => all };
}

/** A whole number from `min` to `max`, both inclusive. */
export function wholeNumber(
  value: string,
  about: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER } = {},
): Option<number | undefined> {
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} and up` : `${min} to ${max}`;
  return checked(value, about, `a whole number from ${range}`, (given) => {
    const number = /^\d+$/.test(given) ? Number(given) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  });
}

/** One of `choices`. */
export function choice<const T extends string>(choices: readonly T[], about: string): Option<T | undefined> {
  return checked(choices.join("|"), about, `one of ${choices.join(", ")}`, (given) =>
    choices.find((known) => known === given),
  );
}

/** Any of `known`, given again or separated by commas; `all` are all of them. In the order given, each once. */
export function choices<const T extends string>(known: readonly T[], about: string): Option<readonly T[]> {
  const read = (texts: readonly string[], name: string): T[] => {
    const chosen = texts
      .flatMap((text) => text.split(","))
      .flatMap((given) => {
        if (given === "all") return known;
        const one = known.find((choice) => choice === given);
        if (one === undefined)
          throw new UserError(`--${name} must be one of ${known.join(", ")} or all, got "${given}".`);
        return [one];
      });
    return [...new Set(chosen)];
  };
  return { value: "NAME", about: `${about}: ${known.join(", ")}; or all`, many: true, read };
}

/** One text that `parse` understands; undefined from it means the text is not `expected`. */
export function checked<T>(
  value: string,
  about: string,
  expected: string,
  parse: (given: string) => T | undefined,
): Option<T | undefined> {
  const read = ([given]: readonly string[], name: string): T | undefined => {
    if (given === undefined) return undefined;
    const parsed = parse(given);
    if (parsed === undefined) throw new UserError(`--${name} must be ${expected}, got "${given}".`);
    return parsed;
  };
  return { value, about, many: false, read };
}

/** The options that every door takes. */
export const FOLDERS = {
  corpus: text("DIR", "Folder of the documents (CORPUS_DIR)"),
  index: text("DIR", "Folder of the index (INDEX_DIR)"),
} as const;

/**
 * Reads the arguments of a command (`process.argv.slice(2)`): `--name value`, `--name=value`, and
 * after `--` only positional arguments. Without `--help`, throws `UserError` on an unknown option, a
 * missing or unusable value, an option given twice, or an argument that isn't taken.
 */
export function parseCommand<const O extends Options>(
  command: Command<O>,
  args: readonly string[],
): Parsed<O> {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: {
      help: { type: "boolean", short: "h" },
      ...Object.fromEntries(
        Object.entries(command.options).map(([name, { value }]) => [
          name,
          { type: value === null ? ("boolean" as const) : ("string" as const) },
        ]),
      ),
    },
  });
  const asked = tokens.some((token) => token.kind === "option" && token.name === "help");
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of asked ? [] : tokens) {
    if (token.kind === "positional") {
      if (command.positionals === undefined) {
        throw new UserError(`"${token.value}" is not an option. ${hint(command)}`);
      }
      positionals.push(token.value);
    } else if (token.kind === "option") {
      const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined;
      if (option === undefined) throw new UserError(unknownOption(token.rawName, command));
      const before = given.get(token.name) ?? [];
      if (before.length > 0 && !option.many) throw new UserError(`--${token.name} is given twice.`);
      given.set(token.name, [...before, valueOf(token, option)]);
    }
  }
  const values = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [name, option.read(given.get(name) ?? [], name)]),
  );
  return { values: values as Parsed<O>["values"], positionals, help: asked ? helpText(command) : null };
}

/** The help text: usage, what it does, and a line for every option. Ends with a newline. */
export function helpText(command: Command<Options>): string {
  const rows = Object.entries({ ...command.options, help: flag("Show this text") }).map(
    ([name, { value, about, many }]) => {
      const left = `  --${name}${value === null ? "" : ` ${value}`}${many ? " …" : ""}`;
      return { left, about };
    },
  );
  const width = Math.max(...rows.map(({ left }) => left.length)) + 2;
  const about = command.about === undefined ? [] : ["", command.about];
  const lines = rows.map((row) => row.left.padEnd(width) + row.about);
  return [`Usage: ${command.usage} [options]`, ...about, "", "Options:", ...lines, ""].join("\n");
}

function valueOf(
  token: {
    readonly name: string;
    readonly value?: string | undefined;
    readonly inlineValue?: boolean | undefined;
  },
  option: Option<unknown>,
): string {
  if (option.value === null) {
    if (token.value !== undefined)
      throw new UserError(`--${token.name} takes no value, got "${token.value}".`);
    return "";
  }
  const missing =
    token.value === undefined || token.value === "" || (!token.inlineValue && token.value.startsWith("--"));
  if (missing) throw new UserError(`--${token.name} needs a value: --${token.name} ${option.value}.`);
  return token.value;
}

function unknownOption(rawName: string, command: Command<Options>): string {
  const name = rawName.replace(/^-+/, "");
  const near = nearest(name, [...Object.keys(command.options), "help"]);
  return `${rawName} is not an option${near === null ? "." : `; did you mean --${near}?`} ${hint(command)}`;
}

function hint({ usage }: Command<Options>): string {
  return `${usage.split(" -- ")[0]} -- --help lists what there is.`;
}
