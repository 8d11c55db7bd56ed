// The fake refuses what Discord refuses: otherwise the tests that use it prove nothing.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { callbackProblems, commandProblems, messageProblems } from "./discord-limits.ts";
import { openApiCheck } from "./openapi.ts";

const MENTIONS = { parse: [], replied_user: false };
const embed = (part: Record<string, unknown>): Record<string, unknown> => ({
  embeds: [{ description: "x", ...part }],
  allowed_mentions: MENTIONS,
});
const field = { name: "n", value: "v" };
const button = (custom_id: string): Record<string, unknown> => ({
  type: 2,
  style: 2,
  label: "More",
  custom_id,
});

describe("a message is refused when", () => {
  it.each([
    ["its text is too long", { content: "x".repeat(2001), allowed_mentions: MENTIONS }],
    ["it is empty", { allowed_mentions: MENTIONS }],
    ["it may ping", { content: "x" }],
    [
      "it has eleven embeds",
      { embeds: Array.from({ length: 11 }, () => ({ title: "x" })), allowed_mentions: MENTIONS },
    ],
    ["an embed is empty", { embeds: [{ color: 1 }], allowed_mentions: MENTIONS }],
    ["a title is too long", embed({ title: "x".repeat(257) })],
    ["a description is too long", embed({ description: "x".repeat(4097) })],
    ["there are too many fields", embed({ fields: Array.from({ length: 26 }, () => field) })],
    ["a field's name is blank", embed({ fields: [{ ...field, name: " " }] })],
    ["a field's value is too long", embed({ fields: [{ ...field, value: "x".repeat(1025) }] })],
    ["a footer is too long", embed({ footer: { text: "x".repeat(2049) } })],
    ["an author is too long", embed({ author: { name: "x".repeat(257) } })],
    [
      "the embeds together are too long",
      { embeds: [0, 1].map(() => ({ description: "x".repeat(3001) })), allowed_mentions: MENTIONS },
    ],
    [
      "two embeds share a url",
      { embeds: [0, 1].map(() => ({ title: "x", url: "https://x.org" })), allowed_mentions: MENTIONS },
    ],
    ["it holds half a surrogate pair", { content: "\ud800", allowed_mentions: MENTIONS }],
    [
      "a custom_id is too long",
      { ...embed({}), components: [{ type: 1, components: [button("x".repeat(101))] }] },
    ],
    [
      "two buttons share a custom_id",
      { ...embed({}), components: [{ type: 1, components: [button("x"), button("x")] }] },
    ],
  ])("%s", (_, message) => {
    expect(messageProblems(message)).toHaveLength(1);
    expect(messageProblems(embed({ title: "x".repeat(256), fields: [field] }))).toEqual([]);
  });
});

it("commands and suggestions are refused when they break a limit", () => {
  expect(
    callbackProblems({
      type: 8,
      data: { choices: Array.from({ length: 26 }, () => ({ name: "x", value: "x" })) },
    }),
  ).toHaveLength(1);
  expect(
    callbackProblems({ type: 8, data: { choices: [{ name: "x".repeat(101), value: "" }] } }),
  ).toHaveLength(2);
  expect(commandProblems([{ name: "Ask", description: "" }])).toHaveLength(2);
  const option = { name: "a", description: "x", type: 3 };
  expect(
    commandProblems([{ name: "ask", description: "x", options: [option, { ...option, required: true }] }]),
  ).toHaveLength(1);
});

const file = fileURLToPath(new URL("../../../shared/discord/openapi.json", import.meta.url));
describe.skipIf(!existsSync(file))("Discord's own description", () => {
  const path = "/channels/{channel_id}/messages";

  it("takes what the bot sends and refuses wrong types", () => {
    const check = openApiCheck(file)!;
    expect(check("POST", path, embed({ fields: [field] }))).toEqual([]);
    expect(check("POST", path, embed({ color: "green" }))).toHaveLength(1);
    expect(
      check("POST", path, { ...embed({}), components: [{ type: 1, components: [{ type: 2 }] }] }),
    ).not.toEqual([]);
    expect(check("POST", "/nowhere", {})).toEqual(["POST /nowhere is not described"]);
  });

  it("is done without where the file is missing", () => {
    expect(openApiCheck(`${file}.missing`)).toBe(null);
  });
});
