import { afterEach, expect, test, vi } from "vitest";
import { messageOf, runMain, UserError } from "../src/errors.ts";

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

/** Runs a door: its exit code and what it printed on standard error. */
async function run(main: () => Promise<void>): Promise<{ code: unknown; printed: string }> {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await runMain(main);
  return { code: process.exitCode, printed: write.mock.calls.map(([text]) => String(text)).join("") };
}

test("a door that ends well prints nothing and leaves the exit code", async () => {
  expect(await run(() => Promise.resolve())).toEqual({ code: undefined, printed: "" });
});

test("an error for people is one line without a stack, and exit code 2", async () => {
  const main = () => Promise.reject(new UserError("corpus: no such folder.", { cause: new Error("ENOENT") }));
  expect(await run(main)).toEqual({ code: 2, printed: "corpus: no such folder.\n" });
});

test("anything else is a bug: shown whole, and exit code 1", async () => {
  const bug = await run(() => Promise.reject(new TypeError("x is not a function")));
  expect(bug.code).toBe(1);
  expect(bug.printed).toMatch(/^TypeError: x is not a function\n\s+at .*errors\.test\.ts/);
  expect(await run(() => Promise.reject("thrown text"))).toEqual({
    code: 1,
    printed: expect.stringContaining("thrown text\n"),
  });
});

test("anything thrown has a message", () => {
  expect(["text", new Error("a"), new UserError("b"), undefined, 5].map(messageOf)).toEqual([
    "text",
    "a",
    "b",
    "undefined",
    "5",
  ]);
});
