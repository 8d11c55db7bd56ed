// The scripts of the bot as they are run: npm run commands, and npm start until it is told to stop, each a
// process of its own that talks to the fake Discord.

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";
import { OLD_REPORT } from "../fakes/corpus.ts";
import { startFakeDiscord } from "../fakes/discord.ts";
import type { FakeDiscord } from "../fakes/discord.ts";
import { IDS, person, TOKEN } from "../fakes/discord-payloads.ts";
import { readable, until } from "./room.ts";
import { stateFile } from "./state/room.ts";

const MENTION = `<@${IDS.bot}>`;
const QUESTION = "what was the NEET rate for care leavers in March 2014?";
let discord: FakeDiscord;
let child: ChildProcess | undefined;

beforeEach(async () => {
  discord = await startFakeDiscord();
});
afterEach(async () => {
  child?.kill("SIGKILL");
  child = undefined;
  await discord.close();
  expect(discord.rest.problems).toEqual([]);
});

interface Running {
  readonly out: () => string;
  readonly ended: Promise<number | null>;
}

/** Runs a script with a bot's settings, over what a developer's own .env may say. */
function run(script: string, args: readonly string[], settings: Record<string, string> = {}): Running {
  const env = {
    PATH: process.env["PATH"],
    ENCODER_MODEL: "bundled",
    LOG_LEVEL: "info",
    STATE_FILE: ":memory:",
  };
  child = spawn(process.execPath, ["--import", "tsx", `scripts/${script}.ts`, ...args], {
    cwd: PROJECT_DIR,
    env: { ...env, DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.api, ...settings },
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (out += String(text)));
  const ended = new Promise<number | null>((resolve) => child?.on("close", resolve));
  return { out: () => out, ended };
}

describe("npm run commands", () => {
  it("registers what Discord doesn't know, and shows what it knows otherwise", async () => {
    const push = run("commands", ["--push"]);
    expect(await push.ended).toBe(0);
    expect(push.out()).toMatchInlineSnapshot(`
      "+ /ask
      + /passage
      + /sources
      + /about
      + /help
      + /admin
      + Answer this message
      Registered (everywhere).
      "
    `);

    const known = discord.rest.commands.get("") ?? [];
    known.push({ ...known.shift(), description: "Another" }, { name: "old", description: "Old" });
    const diff = run("commands", ["--diff"]);
    expect(await diff.ended).toBe(1);
    expect(diff.out()).toMatchInlineSnapshot(`
      "~ /ask
      - /old
      Not registered yet; --push does it (everywhere).
      "
    `);
    expect(discord.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
  });
});

it("npm start answers, tells a supervisor that it lives, and on SIGTERM finishes what it has begun", async () => {
  const state = stateFile();
  const folder = dirname(state);
  const health = join(folder, "health.json");
  mkdirSync(join(folder, "corpus"));
  writeFileSync(join(folder, "corpus", OLD_REPORT.info.file), OLD_REPORT.text);
  const { out, ended } = run(
    "start",
    ["--corpus", join(folder, "corpus"), "--index", join(folder, "index")],
    { STATE_FILE: state, HEALTH_FILE: health },
  );
  const status = (): Record<string, unknown> =>
    JSON.parse(readFileSync(health, "utf8")) as Record<string, unknown>;
  await until(() => out().includes('"msg":"ready"'), "the bot", 25_000);
  expect(status()).toMatchObject({
    status: "ready",
    pid: child?.pid,
    guilds: 1,
    lastAnswerAt: null,
    index: { documents: 1 },
  });

  // Delivering the first answer is held back; the others wait behind it or beside it.
  const release = discord.hold("PATCH", /@original$/);
  const ids = [1, 2, 3].map((n) => discord.slash("ask", { question: QUESTION }, { from: person(n) }));
  discord.say({ text: `${MENTION} ${QUESTION}`, from: person(4) });
  await until(() => discord.requests.some(({ method }) => method === "PATCH"));
  child?.kill("SIGTERM");
  await until(() => out().includes('"msg":"stopping"'));
  await until(() => status()["status"] === "stopping");
  const late = discord.slash("ask", { question: "too late?" }, { from: person(5) });
  expect(readable(await until(() => discord.answered(late)))).toContain("about to restart");
  release();
  expect(await ended).toBe(0);
  for (const id of ids) expect(readable(discord.answered(id) ?? {})).toContain("**62%**");
  expect(readable(discord.posted()[0] ?? {})).toContain("**62%**");
  expect(discord.gateway.log).toContain("close 1000");
  expect(out()).toContain('"unanswered":0,"msg":"stopped"');
  expect(existsSync(health)).toBe(false);
  expect(existsSync(`${state}.owner`)).toBe(false);
  for (const secret of [TOKEN, "interaction-token", QUESTION]) expect(out()).not.toContain(secret);
});
