// npm start as it is shipped: the real script with the bundled encoder, in a fake Discord, while the index
// is built anew.

import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";
import { reindexInChild } from "../../src/service/reindex.ts";
import { readable } from "../discord/room.ts";
import { startFakeDiscord } from "../fakes/discord.ts";
import { TOKEN } from "../fakes/discord-payloads.ts";
import { openRoom, QUESTION, until } from "./room.ts";

test("the bot builds its index, takes up the next one while it runs, and ends when it is told to", async () => {
  const room = await openRoom();
  const discord = await startFakeDiscord();
  const folders = ["--corpus", room.config.corpusDir, "--index", room.config.indexDir];
  const bot = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts", ...folders], {
    cwd: PROJECT_DIR,
    // Over what a developer's own .env may say.
    env: {
      PATH: process.env["PATH"],
      ENCODER_MODEL: "bundled",
      DISCORD_TOKEN: TOKEN,
      DISCORD_GUILD_ID: "",
      DISCORD_API_URL: discord.api,
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => bot.once("exit", resolve));
  let log = "";
  bot.stdout.setEncoding("utf8").on("data", (text: string) => (log += text));
  const logged = (msg: string) => until(() => log.includes(`"msg":"${msg}"`), msg, 25_000);
  const ask = async () => {
    const id = discord.slash("ask", { question: QUESTION.text });
    return readable(await until(() => discord.answered(id), "an answer"));
  };
  try {
    await logged("ready");
    expect(await ask()).toMatch(/101(\*\*)? care leavers in Fenmere/);

    await room.edit(2);
    const result = await reindexInChild(room.config, () => undefined);
    expect(result).toMatchObject({ documents: 3, passages: 9, encoded: 9 });
    await logged("a new index is in use");
    expect(await ask()).toMatch(/102(\*\*)? care leavers in Fenmere/);

    const last = discord.slash("ask", { question: QUESTION.text });
    await until(
      () => discord.requests.some(({ path }) => path.includes(`/interactions/${last}/`)),
      "its start",
    );
    bot.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(discord.answered(last)).toBeDefined();
    expect(log).not.toMatch(/"level":[45]0/);
  } finally {
    bot.kill("SIGKILL");
    await discord.close();
  }
});
