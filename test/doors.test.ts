// The command-line doors as people use them: the real scripts, each in a process of its own.

import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { PROJECT_DIR } from "../src/config.ts";
import { isProved } from "../src/answer/verify.ts";
import type { Answer, Quote, RankedPassage } from "../src/types.ts";
import { NEW_REPORT, OLD_REPORT, STORY } from "./fakes/corpus.ts";
import { makeTinyReranker } from "./fakes/tiny-reranker.ts";

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
let folders: string[];
let indexed: Ended;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chapter-and-verse-test-"));
  const corpus = join(folder, "corpus");
  folders = ["--corpus", corpus, "--index", join(folder, "index")];
  await mkdir(corpus);
  for (const { info, text } of [OLD_REPORT, NEW_REPORT, STORY])
    await writeFile(join(corpus, info.file), text);
  const dates = Object.fromEntries(
    [OLD_REPORT, NEW_REPORT, STORY].map(({ info }) => [info.file, { published: info.published }]),
  );
  await writeFile(join(corpus, "sources.json"), JSON.stringify({ documents: dates }));
  await writeFile(
    join(corpus, "scan.txt"),
    Uint8Array.from({ length: 600 }, (_, i) => i % 256),
  );
  await symlink("/etc/hostname", join(corpus, "link.txt"));
  await writeFile(join(corpus, "secret.txt"), "A note that nobody may read.");
  await chmod(join(corpus, "secret.txt"), 0);
  indexed = await door("index", folders);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `scripts/<name>.ts` to its end. */
function door(
  name: string,
  args: readonly string[],
  input = "",
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = start(name, args, environment);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

function start(name: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, ["--import", "tsx", `scripts/${name}.ts`, ...args], {
    cwd: PROJECT_DIR,
    // Over what a developer's own .env may say.
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      ENCODER_MODEL: "bundled",
      RERANKER_MODEL: "",
      LOG_LEVEL: "info",
      ...environment,
    },
  });
}

const citation = {
  document: z.string(),
  title: z.string(),
  publisher: z.string().nullable(),
  published: z.string().nullable(),
  section: z.array(z.string()),
  paragraph: z.string().nullable(),
  page: z.number().nullable(),
};
const span = { start: z.int(), end: z.int() };
const quote: z.ZodType<Quote> = z.strictObject({
  ...citation,
  passage: z.string(),
  text: z.string().min(1),
  pieces: z.array(z.strictObject({ ...span, join: z.enum(["", " ", "\n"]) })).min(1),
  bold: z.array(z.strictObject(span)),
  leadIn: z.string().nullable(),
  attribution: z.string().exactOptional(),
  notes: z.array(z.string().min(1)).exactOptional(),
});
const ranked: z.ZodType<RankedPassage> = z.strictObject({
  ...citation,
  rank: z.int(),
  passage: z.string(),
  text: z.string().min(1),
  leadIn: z.string().nullable(),
  attribution: z.string().exactOptional(),
  score: z.number(),
});
const answer: z.ZodType<Answer> = z.strictObject({
  question: z.string(),
  understood: z.string(),
  outcome: z.enum(["answer", "unsure", "none"]),
  confidence: z.number().min(0).max(1),
  message: z.string().nullable(),
  quotes: z.array(quote),
  related: z.array(quote),
  passages: z.array(ranked),
  ms: z.number().min(0),
});

test("npm run index names what it leaves out, indexes the rest, and exits with 2", () => {
  const lines = indexed.stdout.split("\n");
  expect(lines[0]).toMatch(/^added {8}\d {2}report-2014\.txt, report-2019\.txt, .*story-2013\.txt$/);
  expect(lines.at(-2)).toMatch(/^refusal checked: 10 questions about something else \(/);
  expect(lines.at(-3)).toMatch(
    /^\d documents, \d+ passages \(\d+ encoded, 0 known already\) in [\d.]+ s: .*v000001$/,
  );
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}scan\.txt: this is not a text file/));
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}link\.txt: is a symbolic link/));
  // An administrator may read everything.
  if (process.getuid?.() !== 0)
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}secret\.txt: can't be read/));
  expect(indexed.stderr).toBe("");
  expect(indexed.code).toBe(2);
});

describe.concurrent("npm run index", () => {
  const own = async (name: string) => {
    const corpus = join(folder, name);
    await mkdir(corpus);
    await writeFile(join(corpus, OLD_REPORT.info.file), OLD_REPORT.text);
    return { corpus, folders: ["--corpus", corpus, "--index", join(folder, `${name}-index`)] };
  };

  test("indexes, checks, plans and goes back, with exit codes", async () => {
    const { corpus, folders: both } = await own("modes");
    const run = async (...flags: string[]) => {
      const { code, stdout, stderr } = await door("index", [...both, ...flags]);
      return [code, stdout + stderr] as const;
    };
    expect(await run("--check")).toEqual([2, expect.stringContaining("there is no index. npm run index")]);
    expect(await run()).toEqual([
      0,
      expect.stringMatching(/^added .*1 {2}report-2014\.txt\n.*v000001\nrefusal checked: .*\n$/),
    ]);
    expect(await run("--check")).toEqual([
      0,
      expect.stringMatching(/\nrefusal checked: 100 .*\n.*is whole and fits the corpus/),
    ]);
    await writeFile(join(corpus, NEW_REPORT.info.file), NEW_REPORT.text);
    expect(await run("--dry-run")).toEqual([0, expect.stringMatching(/^added .*1 {2}report-2019\.txt\n/)]);
    expect(await run("--rollback")).toEqual([2, expect.stringContaining("there is no earlier version")]);
    expect(await run("--check", "--watch")).toEqual([2, "--watch and --check can't be given together.\n"]);
  });

  test("--watch takes in what comes, survives what is wrong, and ends cleanly with Ctrl-C", async () => {
    const { corpus, folders: both } = await own("watched");
    const child = start("index", [...both, "--watch"]);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    const ended = new Promise((resolve) => child.on("close", resolve));
    const shows = (text: string) =>
      vi.waitFor(() => expect(output).toContain(text), { timeout: 90_000, interval: 20 });
    await shows("v000001");
    await writeFile(join(corpus, "sources.json"), "{");
    await shows("sources.json: is not valid JSON");
    await rm(join(corpus, "sources.json"));
    await writeFile(join(corpus, NEW_REPORT.info.file), NEW_REPORT.text);
    await shows("v000002");
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(await readdir(join(folder, "watched-index"))).toEqual(["CURRENT", "v000001", "v000002"]);
    expect(output).not.toMatch(/^\s+at /m);
  });
});

describe.concurrent("npm run ask", () => {
  test("--json prints the whole answer as one JSON object, restricted as asked", async () => {
    const question = "What was the NEET rate for care leavers in March 2014?";
    const filter = ["--document", "report-2014", "--since", "2014-08", "--until", "2014", "--top", "3"];
    const { code, stdout, stderr } = await door("ask", [...folders, "--json", ...filter, question]);
    expect([code, stderr]).toEqual([0, ""]);
    const found = answer.parse(JSON.parse(stdout));
    expect(found.question).toBe(question);
    expect(found.passages.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    const shown = [...found.quotes, ...found.related];
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set([...shown, ...found.passages].map(({ document }) => document))).toEqual(
      new Set(["report-2014"]),
    );
    for (const { text, pieces } of shown) expect(isProved(OLD_REPORT, text, pieces)).toBe(true);
    expect(found.passages[0]?.text).toContain("62%");
  });

  test("the words of a question need no quotation marks; the answer is text with its source", async () => {
    const words = "what was the NEET rate for care leavers in March 2019?".split(" ");
    const { code, stdout } = await door("ask", [...folders, "--since=2019", ...words]);
    expect(code).toBe(0);
    expect(stdout).toContain("38%");
    expect(stdout).toMatch(/^— Fenmere Council.*2019/m);
    expect(stdout).not.toContain("\u001b");
  });

  test.each<[string, string[], RegExp]>([
    ["an empty question", [" "], /^The question is empty\. Ask, for example: .*\n$/],
    [
      "a question of 10,000 characters",
      ["why? ".repeat(2000)],
      /^The question has \d+ characters; 2000 is the limit\..*\n$/,
    ],
    [
      "an unknown option",
      ["--docment", "x", "why?"],
      /^--docment is not an option; did you mean --document\? .*--help.*\n$/,
    ],
    [
      "an unknown document",
      ["--document", "report-1900", "why?"],
      /^There is no document "report-1900"\. The documents are: .*report-2014, report-2019.*\n$/,
    ],
  ])("%s is refused in one line, with exit code 2", async (_, args, message) => {
    const { code, stdout, stderr } = await door("ask", [...folders, ...args]);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, ""]);
  });

  test("a corpus folder that isn't there is named, with what to do, and exit code 2", async () => {
    const nowhere = join(folder, "nowhere");
    const { code, stdout, stderr } = await door("ask", ["--corpus", nowhere, "--index", nowhere, "why?"]);
    expect(stderr).toBe(`${nowhere}: no such folder. Name the corpus folder with --corpus or CORPUS_DIR.\n`);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe.concurrent("RERANKER_MODEL", () => {
  const question = ["--explain", "who works after dark?"];

  test("names a cross-encoder, whose scores --explain shows", async () => {
    const { folder, remove } = await makeTinyReranker({ meanings: { dark: 0, night: 0 } });
    const args = [...folders, ...question];
    const { code, stdout, stderr } = await door("ask", args, "", { RERANKER_MODEL: folder });
    await remove();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^1\. report-2014#\d+ ¶ 1 {2}score -?[\d.]+ {2}cross-encoder 2\.00 {2}The emergency/m,
    );
    const plain = await door("ask", args);
    expect(plain.stdout).toMatch(/^1\. .* score /m);
    expect(plain.stdout).not.toContain("cross-encoder");
  });

  test("that names no reranker ends in one line with exit code 2", async () => {
    const encoder = join(PROJECT_DIR, "models/encoder");
    const { code, stdout, stderr } = await door("ask", [...folders, "why?"], "", { RERANKER_MODEL: encoder });
    expect(stderr).toMatch(/^RERANKER_MODEL: the model "encoder" is no reranker: .*\n$/);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

test("npm run chat answers line by line, with follow-ups, until it is left", async () => {
  const lines = [
    "/help",
    "/sources",
    "What was the NEET rate for care leavers in March 2014?",
    "x".repeat(3000),
    "/quit",
    "not reached",
  ];
  const { code, stdout, stderr } = await door("chat", folders, `${lines.join("\n")}\n`);
  expect([code, stderr]).toEqual([0, ""]);
  const [greeting, help, sources, first, refused, ...rest] = stdout.split("\n> ");
  expect(greeting).toMatch(/^\d documents\. Ask away; \/help for help, \/quit to leave\.\n$/);
  expect(help).toContain("/sources   the documents");
  expect(sources).toMatch(/^report-2014\n {2}Fenmere Council/);
  expect(sources).not.toContain("scan");
  expect(first).toContain("*62%*");
  expect(first).toMatch(/^— Fenmere Council[^|]*¶ 2$/m);
  expect(refused).toMatch(/^The question has 3000 characters; 2000 is the limit\./);
  expect(rest.join("").trim()).toBe("");
});

test("every door says who speaks where a quotation runs over several paragraphs", async () => {
  const [corpus, page] = [join(folder, "speech"), join(folder, "speech.html")];
  const both = ["--corpus", corpus, "--index", join(folder, "speech-index")];
  await mkdir(corpus);
  const story = `A story about Fenmere

Councillor Ann Hall, chair of the committee, said: "We are glad of the praise.

“However, the emergency duty team is still far too small.

"We will go on."
`;
  await writeFile(join(corpus, "story.txt"), story);
  const question = "is the emergency duty team still too small?";
  await writeFile(join(folder, "speech.jsonl"), JSON.stringify({ id: "a", question }));
  const above = "Councillor Ann Hall, chair of the committee, said:";
  const chat = await door("chat", both, `${question}\nwho said that?\n`);
  expect(chat.stdout.split("\n> ").slice(1, 3)).toEqual(
    Array.from({ length: 2 }, () => expect.stringContaining(`| ${above} …\n| “However, the emergency`)),
  );
  const [asked, inspected, evaluated] = await Promise.all([
    door("ask", [...both, "--json", question]),
    door("index", [...both, "--inspect", "story.txt"]),
    door("eval", [...both, "--questions", join(folder, "speech.jsonl"), "--html", page]),
  ]);
  expect(answer.parse(JSON.parse(asked.stdout)).quotes[0]).toMatchObject({ attribution: above });
  expect(inspected.stdout).toContain("paragraph going on after “Councillor Ann Hall");
  expect(evaluated.code).toBe(0);
  expect(await readFile(page, "utf8")).toContain(`<p class="lead-in">${above} …</p>`);
});

test("npm run chat ends with its input", async () => {
  const { code, stdout } = await door("chat", folders, "/sources");
  expect(code).toBe(0);
  expect(stdout).toContain("story-2013");
});

test("candidates are reviewed over a pipe, and the reviewed ones are a question set", async () => {
  const [candidates, out] = [join(folder, "candidates.jsonl"), join(folder, "reviewed.jsonl")];
  const lines = [
    { id: "a", question: "What was the NEET rate for care leavers in 2014?" },
    { id: "b", question: "\u001b[2Jwho won the cup?" },
  ];
  await writeFile(candidates, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const review = ["--review", candidates, "--out", out, ...folders];
  const first = await door("eval", review, "1\n62%\n");
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).toContain("1 of 2 · a\nWhat was the NEET rate");
  expect(first.stdout).toContain("1 reviewed now, 0 before, 1 left.");
  const second = await door("eval", review, "o\n");
  expect(second.stdout).toContain("2 of 2 · b\n[2Jwho won the cup?");
  expect(second.stdout).not.toContain("\u001b");
  const evaluated = await door("eval", ["--questions", out, ...folders]);
  expect(evaluated.code).toBe(0);
  expect(evaluated.stdout).toMatch(/^success@1 +100\.0 %/m);
  expect(await door("eval", ["--review", candidates, "--out", candidates])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^--review needs --out FILE: .* another file than the candidates\.\n$/),
  });
});
