// npm run chat: a conversation in the terminal.

import { createInterface } from "node:readline/promises";
import { FOLDERS } from "../src/cli/args.ts";
import { startChat } from "../src/cli/chat.ts";
import { configFor, openForCli, runDoor } from "../src/cli/door.ts";
import { newestEngine } from "../src/cli/newest.ts";
import { printable, terminalOf } from "../src/cli/render.ts";

const COMMAND = {
  usage: "npm run chat",
  about: "Answers questions, and follow-ups to them, with quotations of the documents.",
  options: FOLDERS,
} as const;

await runDoor(COMMAND, async ({ values }) => {
  const config = configFor(values);
  const engine = await openForCli(config);
  const engineNow = await newestEngine(config, engine, (notice) =>
    process.stderr.write(`${printable(notice)}\n`),
  );
  const chat = startChat(engineNow, terminalOf(process.stdout));
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: "\n> " });
  process.stdout.write(`${engine.documents.length} documents. Ask away; /help for help, /quit to leave.\n`);
  lines.prompt();
  for await (const line of lines) {
    const reply = await chat.reply(line);
    if (reply === null) break;
    process.stdout.write(reply);
    lines.prompt();
  }
  lines.close();
});
