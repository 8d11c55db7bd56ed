// The other half of `npm run bench -- discord`: a fake Discord and its users, in a process of their own so
// that they don't take the bot's time. Tells its parent the address, asks when told to, and sends what it
// measured: milliseconds from asking to the first response and to the answer, for each question.

import { startFakeDiscord } from "../../test/fakes/discord.ts";
import { person } from "../../test/fakes/discord-payloads.ts";

export interface Task {
  /** One list of questions for each user, who asks the next when the one before is answered. */
  readonly users: readonly (readonly string[])[];
}

export interface Measured {
  readonly first: readonly number[];
  readonly answer: readonly number[];
  /** Seconds that all of it took. */
  readonly seconds: number;
  /** What was wrong with the bot's requests: none. */
  readonly problems: readonly string[];
}

const discord = await startFakeDiscord();
// As often as Discord asks for.
discord.gateway.heartbeatMs = 41_250;
process.on("message", (task: Task) => void run(task).then((measured) => process.send?.(measured)));
process.on("disconnect", () => process.exit());
process.send?.({ api: discord.api });

async function run({ users }: Task): Promise<Measured> {
  const began = performance.now();
  const asked = await Promise.all(users.map((questions, index) => ask(questions, person(index + 1))));
  const seconds = (performance.now() - began) / 1000;
  const times = asked.flat().map(({ id, at }) => {
    const token = discord.rest.interactions.get(id)?.token ?? "";
    const received = discord.requests
      .filter(({ path }) => path.includes(token))
      .map((request) => request.at - at);
    return { first: Math.min(...received), answer: Math.max(...received) };
  });
  return {
    first: times.map(({ first }) => first),
    answer: times.map(({ answer }) => answer),
    seconds,
    problems: discord.rest.problems,
  };
}

async function ask(questions: readonly string[], from: string): Promise<{ id: string; at: number }[]> {
  const asked = [];
  for (const question of questions) {
    const at = performance.now();
    const id = discord.slash("ask", { question }, { from });
    asked.push({ id, at });
    while (discord.answered(id) === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return asked;
}
