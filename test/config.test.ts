import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT_DIR, readConfig, VARIABLES } from "../src/config.ts";
import { UserError } from "../src/errors.ts";

const EXPECTED = Object.entries(VARIABLES).map(([name, variable]) => ({ name, ...variable }));
const read = (file: string) => readFileSync(join(PROJECT_DIR, file), "utf8");

test(".env.example names every variable with its default, under its meaning", () => {
  // # meaning
  // NAME=default
  const found = [...read(".env.example").matchAll(/^# (.+)\n([A-Z][A-Z_]*)=(.*)$/gm)].map(
    ([, about, name, value]) => ({ name, default: value, about }),
  );
  expect(found).toEqual(EXPECTED);
  expect(read(".env.example").match(/^[A-Z_]+=/gm)).toHaveLength(EXPECTED.length);
});

test("the README's table names every variable with its default and meaning", () => {
  // | `NAME` | `default` | meaning |, with an empty cell for an empty default
  const found = [...read("README.md").matchAll(/^\| *`([A-Z][A-Z_]*)` *\|([^|]*)\|([^|]*)\|$/gm)].map(
    ([, name, value, about]) => ({
      name,
      default: value!.trim().replace(/^`|`$/g, ""),
      about: about!.trim(),
    }),
  );
  expect(found).toEqual(EXPECTED);
});

test("without any variable every default holds", () => {
  expect(readConfig({})).toEqual({
    corpusDir: join(PROJECT_DIR, "corpus"),
    indexDir: join(PROJECT_DIR, "index"),
    encoderModel: "bundled",
    rerankerModel: "",
    modelCacheDir: join(PROJECT_DIR, ".cache/models"),
    hubUrl: "https://huggingface.co",
    discordToken: "",
    discordGuildId: "",
    discordApiUrl: "https://discord.com/api",
    stateFile: join(PROJECT_DIR, "state.sqlite"),
    retentionDays: 90,
    healthFile: "",
    logLevel: "info",
  });
});

test("a variable that is empty or blank counts as unset", () => {
  const blank = Object.fromEntries(EXPECTED.map(({ name }, i) => [name, i % 2 ? "" : "  "]));
  expect(readConfig(blank)).toEqual(readConfig({}));
});

test("values are taken as they are, folders from the project's folder, addresses without a slash at the end", () => {
  const config = readConfig({
    CORPUS_DIR: "/elsewhere/../reports",
    INDEX_DIR: " cache/index ",
    HUB_URL: "http://127.0.0.1:8080/hub//",
    LOG_LEVEL: "debug",
    DISCORD_GUILD_ID: "1234567890",
    STATE_FILE: ":memory:",
    RETENTION_DAYS: "7",
    HEALTH_FILE: "/run/bot.json",
    PATH: "/usr/bin",
  });
  expect(config).toMatchObject({
    corpusDir: "/reports",
    indexDir: join(PROJECT_DIR, "cache/index"),
    hubUrl: "http://127.0.0.1:8080/hub",
    logLevel: "debug",
    discordGuildId: "1234567890",
    stateFile: ":memory:",
    retentionDays: 7,
    healthFile: "/run/bot.json",
  });
});

test("settings can't be changed afterwards", () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

test.each([
  ["HUB_URL", "not an address"],
  ["DISCORD_API_URL", "discord"],
  ["DISCORD_GUILD_ID", "my server"],
  ["RETENTION_DAYS", "0"],
  ["RETENTION_DAYS", "a week"],
  ["LOG_LEVEL", "loud"],
])("%s=%s is refused by name", (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(UserError);
  expect(read).toThrow(
    new RegExp(`^${name}: .*\\(it is "${value}"\\)\\. Mend it in \\.env or in the environment\\.$`),
  );
});
