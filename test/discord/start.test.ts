// npm start without what it needs: what it says, and how it ends.

import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";

function start(...args: string[]): { status: number | null; stderr: string; stdout: string } {
  return spawnSync(process.execPath, ["--import", "tsx", "scripts/start.ts", ...args], {
    cwd: PROJECT_DIR,
    env: { ...process.env, DISCORD_TOKEN: "" },
    encoding: "utf8",
  });
}

it("without a token says in three lines what to do", () => {
  const { status, stderr, stdout } = start();
  expect(stderr).toMatchInlineSnapshot(`
    "No DISCORD_TOKEN: create a bot at https://discord.com/developers/applications and put its token into .env.
    The README tells how, step by step: "Set up the Discord bot".
    To ask without Discord: npm run chat
    "
  `);
  expect(stdout).toBe("");
  expect(status).toBe(2);
});

it("with an unknown option names it", () => {
  const { status, stderr } = start("--nonsense");
  expect(stderr).toContain("--nonsense");
  expect(stderr).not.toContain("    at ");
  expect(status).toBe(2);
});
