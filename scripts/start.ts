// npm start: the Discord bot. Settings in, a running bot out, until it is told to stop.

import { resolve } from "node:path";
import { readFile } from "node:fs/promises";
import { FOLDERS } from "../src/cli/args.ts";
import { configFor, runDoor } from "../src/cli/door.ts";
import { showWork } from "../src/cli/progress.ts";
import { PROJECT_DIR } from "../src/config.ts";
import type { Reindex } from "../src/discord/admin/reindex.ts";
import { UserError } from "../src/errors.ts";
import { reindexInChild } from "../src/service/reindex.ts";

const COMMAND = {
  usage: "npm start",
  about: "Runs the Discord bot until it is told to stop.",
  options: FOLDERS,
} as const;

await runDoor(COMMAND, async ({ values }) => {
  const config = configFor(values);
  if (config.discordToken === "") {
    throw new UserError(
      [
        "No DISCORD_TOKEN: create a bot at https://discord.com/developers/applications and put its token into .env.",
        'The README tells how, step by step: "Set up the Discord bot".',
        "To ask without Discord: npm run chat",
      ].join("\n"),
    );
  }
  // Loaded only now: a missing token is told at once.
  const { pino } = await import("pino");
  const { openService } = await import("../src/service/service.ts");
  const logger = pino({ level: config.logLevel, base: null });
  const opening = openService(config, { log: logger, onProgress: showWork("Indexing") });
  const [engine, { startBot }] = await Promise.all([opening, import("../src/discord/bot.ts")]);
  const { version } = JSON.parse(await readFile(resolve(PROJECT_DIR, "package.json"), "utf8"));
  try {
    const reindex: Reindex = async (onProgress) => {
      const onNotice = (notice: string) => logger.warn(notice);
      const result = await reindexInChild(config, onProgress, { onNotice });
      await engine.caughtUp();
      return result;
    };
    const bot = await startBot({ config, engine, logger, version, reindex });
    const stop = (signal: string): void => {
      logger.info({ signal }, "stopping");
      void bot
        .stop()
        .then(() => engine.close())
        .then(() => process.exit());
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
    const reason = await bot.lost;
    await bot.stop();
    throw reason;
  } finally {
    await engine.close();
  }
});
