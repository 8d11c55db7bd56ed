// npm start: the Discord bot. Settings in, a running bot out, until it is told to stop.

import { resolve } from "node:path";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { config as loadEnv } from "dotenv";
import { PROJECT_DIR, readConfig } from "../src/config.ts";
import { messageOf, runMain, UserError } from "../src/errors.ts";

await runMain(async () => {
  loadEnv({ path: resolve(PROJECT_DIR, ".env"), quiet: true });
  const config = readConfig({ ...process.env, ...folders() });
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
  const { openEngine } = await import("../src/engine.ts");
  const { startBot } = await import("../src/discord/bot.ts");
  const { pino } = await import("pino");
  const logger = pino({ level: config.logLevel, base: null });
  const engine = await openEngine(config);
  const { version } = JSON.parse(await readFile(resolve(PROJECT_DIR, "package.json"), "utf8"));
  const bot = await startBot({ config, engine, logger, version });

  const stop = (signal: string): void => {
    logger.info({ signal }, "stopping");
    void bot.stop().then(() => process.exit());
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  const reason = await bot.lost;
  await bot.stop();
  throw reason;
});

/** `--corpus DIR` and `--index DIR`, over the environment's. */
function folders(): Record<string, string> {
  try {
    const { values } = parseArgs({ options: { corpus: { type: "string" }, index: { type: "string" } } });
    return {
      ...(values.corpus === undefined ? {} : { CORPUS_DIR: resolve(values.corpus) }),
      ...(values.index === undefined ? {} : { INDEX_DIR: resolve(values.index) }),
    };
  } catch (error) {
    throw new UserError(`${messageOf(error)}. npm start takes --corpus DIR and --index DIR.`);
  }
}
