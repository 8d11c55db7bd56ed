// The house keeps its order: which room may import which, and that all of it is in the repository.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { PROJECT_DIR } from "../src/config.ts";

const SRC = join(PROJECT_DIR, "src");
/** Each room imports from the rooms before it. */
const LINE = ["documents", "passages", "index", "retrieval", "answer"];
/** What shows answers; they know nothing of each other. */
const DOORS = ["discord", "cli", "evaluation"];
/** May be imported by every room. */
const COMMON = ["text", "types.ts", "errors.ts", "config.ts", "child-process.ts"];
/** Where the rooms are put together, for the doors. */
const ASSEMBLY = ["engine.ts", "corpus-state.ts", "indexing"];

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "types.ts": [],
  "errors.ts": [],
  "config.ts": ["errors.ts"],
  "child-process.ts": [],
  text: ["types.ts", "errors.ts"],
  encoder: COMMON,
  ...Object.fromEntries(LINE.map((room, i) => [room, [...COMMON, ...LINE.slice(0, i)]])),
  ...Object.fromEntries(ASSEMBLY.map((file) => [file, [...COMMON, ...LINE, "encoder", ...ASSEMBLY]])),
  ...Object.fromEntries(DOORS.map((room) => [room, [...COMMON, ...LINE, ...ASSEMBLY]])),
  // Progress of a download and of indexing look alike.
  cli: [...COMMON, ...LINE, ...ASSEMBLY, "encoder"],
  training: [...COMMON, ...LINE, ...ASSEMBLY, "encoder"],
  // What runs for long holds its engine through it; a script puts them together.
  service: [...COMMON, "index", ...ASSEMBLY],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
/** The room that a path in src belongs to: its first folder, or the file itself. */
const roomOf = (path: string) => path.split("/")[0]!;

/** Every relative import in a file, with the path in src (or outside: `../…`) that it leads to. */
function importsOf(file: string): Import[] {
  const source = readFileSync(join(SRC, file), "utf8");
  const found = source.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)["'](\.[^"']+)["']/g);
  return [...found].map(([, target]) => ({
    file,
    from: roomOf(file),
    to: relative(SRC, join(SRC, dirname(file), target!)),
  }));
}

const IMPORTS = FILES.flatMap(importsOf);
const named = (imports: readonly Import[]) => imports.map(({ file, to }) => `src/${file} imports ${to}`);

test("imports are found", () => {
  expect(FILES.length).toBeGreaterThan(50);
  expect(IMPORTS.length).toBeGreaterThan(FILES.length);
  expect(IMPORTS.filter(({ to }) => !existsSync(join(SRC, to)))).toEqual([]);
});

test("every room of the house is known here", () => {
  expect([...new Set(FILES.map(roomOf))].filter((room) => !Object.hasOwn(MAY_IMPORT, room))).toEqual([]);
});

describe("a room imports only from rooms before it:", () => {
  test.each(Object.entries(MAY_IMPORT))("%s", (room, allowed) => {
    const wrong = IMPORTS.filter(
      ({ from, to }) => from === room && roomOf(to) !== room && !allowed.includes(roomOf(to)),
    );
    expect(named(wrong)).toEqual([]);
  });
});

test("training is imported by nothing outside it", () => {
  expect(named(IMPORTS.filter(({ from, to }) => from !== "training" && roomOf(to) === "training"))).toEqual(
    [],
  );
});

test("nothing in src imports from outside src", () => {
  expect(named(IMPORTS.filter(({ to }) => to.startsWith("..")))).toEqual([]);
});

test("no file gathers the exports of others", () => {
  expect(FILES.filter((file) => basename(file) === "index.ts")).toEqual([]);
  const gathering = FILES.filter((file) => /^export \* from/m.test(readFileSync(join(SRC, file), "utf8")));
  expect(gathering).toEqual([]);
});

test("every file says in its first lines what it is for", () => {
  const silent = FILES.filter((file) => !readFileSync(join(SRC, file), "utf8").startsWith("// "));
  expect(silent).toEqual([]);
});

test.skipIf(!existsSync(join(PROJECT_DIR, ".git")))("no source file is left out of the repository", () => {
  const args = [
    "-c",
    "safe.directory=*",
    "ls-files",
    "--others",
    "--ignored",
    "--exclude-standard",
    "--",
    "src",
    "scripts",
    "test",
  ];
  const ignored = execFileSync("git", args, { cwd: PROJECT_DIR, encoding: "utf8" }).split("\n");
  expect(ignored.filter((file) => file !== "")).toEqual([]);
});
