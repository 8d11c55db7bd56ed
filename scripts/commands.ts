// npm run commands: what of the bot's commands Discord doesn't know, and telling it.

import { flag } from "../src/cli/args.ts";
import { configFor, runDoor } from "../src/cli/door.ts";
import { UserError } from "../src/errors.ts";

const COMMAND = {
  usage: "npm run commands",
  about: [
    "Compares the bot's commands with those that Discord knows, in the server of DISCORD_GUILD_ID or",
    "everywhere. `npm start` registers them by itself; this is for looking first. Exits with 1 when there is",
    "a difference that is not registered.",
  ].join("\n"),
  options: {
    diff: flag("Show what would be changed (the default)"),
    push: flag("Register what has changed"),
  },
} as const;

await runDoor(COMMAND, async ({ values }) => {
  if (values.diff && values.push) throw new UserError("--diff and --push: choose one of them.");
  const config = configFor({});
  if (config.discordToken === "") {
    throw new UserError(
      "No DISCORD_TOKEN: put the bot's token into .env. The README tells where it comes from.",
    );
  }
  // Loaded only now: what is wrong with the command line is told at once.
  const { openRegistry, registryError } = await import("../src/discord/registry.ts");
  const { isEmpty, pendingCommands, registerCommands } = await import("../src/discord/register.ts");
  const registry = await openRegistry(config);
  const diff = await (values.push ? registerCommands : pendingCommands)(registry).catch((error: unknown) => {
    throw registryError(error, config);
  });
  const where = config.discordGuildId === "" ? "everywhere" : `in server ${config.discordGuildId}`;
  for (const [names, mark] of [
    [diff.added, "+"],
    [diff.changed, "~"],
    [diff.removed, "-"],
  ] as const)
    for (const name of names) process.stdout.write(`${mark} ${name}\n`);
  const same = isEmpty(diff);
  process.stdout.write(
    same
      ? `Discord knows the commands as they are (${where}).\n`
      : `${values.push ? "Registered" : "Not registered yet; --push does it"} (${where}).\n`,
  );
  if (!same && !values.push) process.exitCode = 1;
});
